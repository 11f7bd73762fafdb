using LocalAws.States.Definitions;

namespace LocalAws.States.Running;

/// <summary>Runs a Wait.</summary>
internal static class WaitRun
{
    public static async Task<Step> RunAsync(Visit visit, WaitState wait)
    {
        var selected = visit.Selected();
        await visit.Engine.Time.Delay(Length(visit, wait.Until), visit.Run.Token).ConfigureAwait(false);
        visit.Assign(wait.Shape.Assign, selected);
        return new(visit.Passed(selected), wait.Next);
    }

    private static TimeSpan Length(Visit visit, WaitTime until)
    {
        var view = visit.See(visit.Selected());
        if (until.Seconds is { } seconds)
            return TimeSpan.FromSeconds(seconds.Get(view, "SecondsPath", 0));
        if (until.Timestamp is { } fixedInstant)
            return fixedInstant - visit.Engine.Time.GetUtcNow();
        var value = view.Get(until.TimestampPath!, "TimestampPath");
        return Timestamps.Read(Json.String(value)) is { } instant
            ? instant - visit.Engine.Time.GetUtcNow()
            : throw StatesErrors.Runtimes($"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {until.TimestampPath!.Text} == {Json.Text(value)}");
    }
}
