using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Cli.Costs;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Writes a report as lines of plain text.</summary>
public static class ReportText
{
    public static void Write(TextWriter to, RehearsalReport report, int width)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(report);
        foreach (var line in Lines(report).Concat(FailoverText.Lines(report.SteadyState, report.Failovers, width)).Concat(ConnectionText.Lines(report.Connections)).Concat(ReleaseText.Lines(report.Release)))
            to.WriteLine(line);
    }

    private static IEnumerable<string> Lines(RehearsalReport report) =>
    [
        $"Link {report.Link}: {report.Status} after {Seconds(report.SimulatedSeconds)} of simulated time",
        .. Failure(report.Failure),
        .. Section("Assumed in this rehearsal", report.Notes),
        .. Section("Warnings", report.Warnings),
        .. Section("States (entered, spent, visits)", report.States.Where(IsWorthALine).Select(State)),
        .. Section("Resources", report.Resources.Select(resource => $"{resource.Type,-44} {resource.Name}  {resource.Id}")),
        .. report.Status is RehearsalReport.Refused ? [] : Section("Checklist", report.Checklist.SelectMany(Item)),
        .. Vendor(report.Vendor),
        .. Cost(report.Cost),
        .. Section("Alerts", report.Alerts.Except(report.Connections.SelectMany(static one => one.Alerts)).Except(report.Release?.Alerts ?? []).SelectMany(Alert)),
        .. Calls(report),
    ];

    internal static IEnumerable<string> Failure(RunFailure? failure) => failure switch
    {
        null => [],
        { Reasons.IsEmpty: false } => Section("Refused", failure.Reasons.SelectMany(reason => new[] { $"- {reason.Reason}", $"  Remedy: {reason.Remedy}" })),
        _ => Section(failure.Error, failure.Cause.Split('\n')),
    };

    private static bool IsWorthALine(StateRun state) => state.Attempts > 0 || state.Seconds >= 1;

    private static string State(StateRun state) =>
        $"{Seconds(state.Entered),9} {Seconds(state.Seconds),9} {state.Visits,4}  {state.Name}{(state.Attempts > state.Visits ? $"  ({state.Attempts} attempts)" : "")}";

    private static IEnumerable<string> Item(ChecklistItem item) => [$"[{(item.Done ? "x" : " ")}] {item.Item}", $"    {item.Evidence}"];

    private static IEnumerable<string> Vendor(VendorSheet? vendor) => vendor is null ? [] : Section("Send to the vendor",
    [
        $"Service name    {vendor.ServiceName}",
        $"Service Region  {vendor.ServiceRegion}",
        $"AWS account     {vendor.AccountId}",
        .. vendor.Databases.Select(database => $"Port            {database.Port} for {database.Name}"),
        $"Zones           {string.Join(", ", vendor.Zones.Select(zone => $"{zone.ZoneId} (here {zone.Zone})"))}",
    ]);

    private static IEnumerable<string> Cost(CostEstimate? cost) => cost is null ? [] : Section(
        $"Costs about {Usd(cost.Total)} a month ({cost.Region}, list prices of {cost.PricesOf})",
        [
            .. cost.Lines.Select(line => $"{Usd(line.Usd),9}  {line.Item,-26} {line.How}"),
            .. cost.Assumptions.Select(assumption => $"Assumed: {assumption}"),
        ]);

    internal static IEnumerable<string> Alert(SentAlert alert) =>
        [$"{Seconds(alert.At)}  {alert.Subject}", .. alert.Message.Split('\n').Select(line => $"    {line.TrimEnd('\r')}")];

    private static IEnumerable<string> Calls(RehearsalReport report) => Section($"AWS calls: {report.Calls.Total}, of them mutating: {report.Calls.Mutating}",
    [
        $"Second run: {report.SecondRun.Status} after {Seconds(report.SecondRun.SimulatedSeconds)}, mutating calls: {report.SecondRun.MutatingCalls}"
            + (report.SecondRun.MutatingActions.IsEmpty ? "" : $" ({string.Join(", ", report.SecondRun.MutatingActions)})"),
    ]);

    private static IEnumerable<string> Section(string title, IEnumerable<string> lines)
    {
        var body = lines.ToImmutableArray();
        return body.IsEmpty ? [] : ["", title, .. body.Select(line => $"  {line}".TrimEnd())];
    }

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    private static string Usd(decimal amount) => "$" + amount.ToString("#,0.00", CultureInfo.InvariantCulture);
}
