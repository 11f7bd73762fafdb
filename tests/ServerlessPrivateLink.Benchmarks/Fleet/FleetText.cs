using System.Globalization;

namespace ServerlessPrivateLink.Benchmarks.Fleet;

/// <summary>Writes a report of a fleet as lines.</summary>
public static class FleetText
{
    public static void Write(TextWriter to, FleetReport report)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(report);
        var steady = report.Steady;
        to.WriteLine($"{report.Links} links, each with one Multi-AZ instance. {steady.Runs} steady runs of SyncTargets:");
        to.WriteLine(Line($"  {steady.CallsPerRun} AWS calls each ({string.Join(", ", steady.Actions.Select(static one => Line($"{one.Key} {one.Value}")))}), {steady.Throttles} throttled"));
        to.WriteLine(Line($"  at most {steady.LongestSeconds} simulated seconds, {steady.CpuMillisecondsPerRun} ms of processor time each and {steady.PeakMegabytes} MB at most in a process of its own"));
        Write(to, "with their events", report.WithEvents);
        Write(to, "with all events lost", report.WithoutEvents);
        to.WriteLine();
        GoalText.Write(to, report.Goals);
    }

    private static void Write(TextWriter to, string how, MoveFigures move) => to.WriteLine(Line(
        $"{move.Databases} databases moved at once, {how}, {move.Times} times: registered after {move.MedianSeconds} s (median), the last after {move.LastSeconds} s; {move.NeverRegistered} never; {move.Throttles} calls throttled"));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
