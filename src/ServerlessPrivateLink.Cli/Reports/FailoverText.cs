using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Writes what failovers did as lines of plain text.</summary>
public static class FailoverText
{
    private const int Indent = 2;
    private const double Lead = 15;

    public static void Write(TextWriter to, DrillReport report, int width)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(report);
        to.WriteLine($"Drill on the link {report.Link}, seed {report.Seed}: {report.Status}");
        foreach (var note in report.Notes)
            to.WriteLine($"  {note}");
        foreach (var line in ReportText.Failure(report.Failure).Concat(Lines(report.SteadyState, report.Failovers, width)))
            to.WriteLine(line);
    }

    public static IEnumerable<string> Lines(SteadyState? steady, ImmutableArray<FailoverReport> failovers, int width) =>
        [.. Steady(steady), .. failovers.SelectMany(failover => Failover(failover, width))];

    private static IEnumerable<string> Steady(SteadyState? steady) => steady is null ? [] :
    [
        "",
        $"Steady state, {steady.Minutes} minutes of the schedule",
        $"  {Number(steady.CallsPerMinute)} AWS calls a minute, mutating calls: {steady.MutatingCalls}, alerts: {steady.Alerts}",
    ];

    private static IEnumerable<string> Failover(FailoverReport failover, int width) =>
    [
        "",
        $"Failover of {failover.Database} behind the link {failover.Link} ({failover.Kind}, {failover.Course}): {(failover.Followed ? "followed" : "NOT FOLLOWED")}",
        "      at s       +s",
        .. Timeline(failover.Timeline),
        "",
        "  Targets able to serve",
        .. ServingChart.Draw(failover.Serving, Until(failover), width - Indent).Select(static line => $"  {line}"),
        "",
        $"  The database answered nowhere for {Number(failover.DownSeconds)} s; no target could serve though it did for {Number(failover.EmptySeconds)} s"
            + (failover.MisleadingSeconds > 0 ? $"; a target led elsewhere for {Number(failover.MisleadingSeconds)} s." : "."),
        $"  Followed by {failover.Cost.Executions} execution(s): {failover.Cost.Transitions} state transitions, {failover.Cost.Invocations} invocations, ${failover.Cost.Usd.ToString("0.0000", CultureInfo.InvariantCulture)}",
        $"  ({failover.Cost.How})",
        .. failover.Alerts.IsEmpty ? ["  No alert."] : failover.Alerts.SelectMany(ReportText.Alert).Prepend("Alerts").Select(static line => $"  {line}".TrimEnd()),
    ];

    private static IEnumerable<string> Timeline(ImmutableArray<TimelineEntry> entries) => entries.Select((entry, index) =>
        $"  {Number(entry.At),8} {(index == 0 ? "" : "+" + Number(entry.At - entries[index - 1].At)),8}  {entry.What}");

    // Until a little after the last thing that happened to the targets.
    private static double Until(FailoverReport failover) =>
        new[] { failover.HealthyAt, failover.RegisteredAt, failover.OldRemovedAt, failover.DnsMovedAt }.Max()!.Value + Lead;

    private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
