using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary>What CloudWatch counted in a minute.</summary>
/// <param name="Minute">Its beginning.</param>
/// <param name="Number">How often.</param>
public sealed record Counted(DateTimeOffset Minute, double Number);

/// <summary>What a person makes of alarms and of the counted runs of the sync.</summary>
public static class UpkeepRules
{
    public const string Alarming = "ALARM";

    // As the stack's own alarm has it. A minute is known when it is over.
    private static readonly TimeSpan Silent = TimeSpan.FromMinutes(5) + TimeSpan.FromMinutes(1);

    /// <param name="looks">The runs that looked at targets as the schedule's do.</param>
    /// <param name="runs">All runs.</param>
    /// <param name="failures">Those that failed.</param>
    /// <param name="minutes">How many minutes were asked for.</param>
    public static LastSync LastSync(ImmutableArray<Counted> looks, ImmutableArray<Counted> runs, ImmutableArray<Counted> failures, int minutes)
    {
        var ran = Last(runs);
        return new(Last(looks), ran, failures.Any(one => one.Minute == ran && one.Number > 0), Sum(runs), Sum(failures), minutes);
    }

    /// <param name="alarms">How the stack's alarms stand; null: that is not known.</param>
    /// <param name="sync">When the sync ran; null: that is not known.</param>
    /// <param name="now">Now.</param>
    public static IEnumerable<string> Troubles(ImmutableArray<AlarmStatus>? alarms, LastSync? sync, DateTimeOffset now)
    {
        if (alarms is { IsEmpty: true })
            yield return "No alarm carries the tags of the stack, so nobody is told when its upkeep fails. Deploy it again.";
        foreach (var alarm in alarms ?? [])
        {
            if (alarm.State is null)
                yield return $"The alarm {alarm.Alarm} is there no more. Deploy the stack again.";
            else if (alarm.State == Alarming)
                yield return $"The alarm {alarm.Alarm} stands{(alarm.Since is { } since ? $" since {Instant.Text(since)}" : "")}: {alarm.Means ?? alarm.Why}";
        }

        if (sync is null)
            yield break;
        if (sync.LookedAt is not { } looked)
            yield return string.Create(CultureInfo.InvariantCulture, $"The sync has looked at no targets in the last {sync.Minutes} minutes, and is to do so every minute.");
        else if (now - looked > Silent)
            yield return $"The sync has looked at targets last at {Instant.Text(looked)}, and is to do so every minute.";
        if (sync.Failed)
            yield return $"The sync failed when it ran last, at {Instant.Text(sync.RanAt!.Value)}. Its log and the alerts say why.";
    }

    private static DateTimeOffset? Last(ImmutableArray<Counted> all) => all.Where(static one => one.Number > 0).Select(static one => (DateTimeOffset?)one.Minute).Max();

    private static int Sum(ImmutableArray<Counted> all) => (int)all.Sum(static one => one.Number);
}
