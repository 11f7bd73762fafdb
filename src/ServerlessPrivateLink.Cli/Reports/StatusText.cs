using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Writes how links stand as plain text.</summary>
internal static class StatusText
{
    private static readonly ImmutableArray<string> Titles = ["LINK", "SERVING", "SERVICE", "STATE", "BALANCER", "HEALTHY", "CONNECTED", "WAITING"];

    /// <summary>One line for each link.</summary>
    public static void WriteTable(TextWriter to, StatusReport report)
    {
        if (report.Links.IsEmpty)
        {
            to.WriteLine($"The stack {report.Stack} in {report.Region} has no links.");
            return;
        }

        foreach (var line in Columns.Lines([Titles, .. report.Links.Select(Row)]))
            to.WriteLine(line);
    }

    /// <summary>All that is known of each link, and of the stack.</summary>
    public static void Write(TextWriter to, StatusReport report)
    {
        if (report.Links.IsEmpty)
            WriteTable(to, report);
        for (var at = 0; at < report.Links.Length; at++)
        {
            if (at > 0)
                to.WriteLine();
            foreach (var line in Lines(report.Links[at]))
                to.WriteLine(line.TrimEnd());
        }

        if (report.Upkeep is not { } upkeep)
            return;
        to.WriteLine();
        foreach (var line in UpkeepText.Lines(report.Stack, upkeep))
            to.WriteLine(line);
    }

    private static ImmutableArray<string> Row(LinkStatus link)
    {
        var targets = link.Databases.SelectMany(static database => database.Targets).ToImmutableArray();
        return
        [
            link.Link,
            link.Serving ? "yes" : "NO",
            link.Service?.Name ?? "none",
            link.Service?.State ?? "",
            link.LoadBalancer?.State ?? "none",
            string.Create(CultureInfo.InvariantCulture, $"{targets.Count(static target => target.Why is null)}/{targets.Length}"),
            Count(link, "Established"),
            Count(link, "Pending"),
        ];
    }

    private static IEnumerable<string> Lines(LinkStatus link) =>
    [
        $"{link.Link}: {(link.Serving ? "serving" : "NOT SERVING")}",
        .. link.Troubles.Select(static trouble => $"  ! {trouble}"),
        .. link.Service is { } service
            ?
            [
                $"  Service        {service.Name}  {service.State}",
                $"  Regions        {(service.OtherRegions.IsEmpty ? "its own alone" : $"its own, {string.Join(", ", service.OtherRegions)}")}",
                $"  Consumers      {string.Join(", ", service.Principals)}",
            ]
            : ImmutableArray<string>.Empty,
        .. link.LoadBalancer is { } balancer ? [$"  Load balancer  {balancer.Name}  {balancer.State}  {string.Join(", ", balancer.ZoneIds)}"] : ImmutableArray<string>.Empty,
        .. link.Databases.SelectMany(Database),
        .. Connections(link),
        .. link.UsdPerMonth is { } usd ? [$"  Costs about    ${usd.ToString("0.00", CultureInfo.InvariantCulture)} a month, with 100 GB"] : ImmutableArray<string>.Empty,
    ];

    private static IEnumerable<string> Database(DatabaseStatus database) =>
    [
        $"  Port {database.ListenerPort?.ToString(CultureInfo.InvariantCulture) ?? "none",-9} {database.Database}{(database.Since is { } since ? $"  there since {Instant.Text(since)}" : "")}",
        .. database.Targets.Select(static target => string.Create(CultureInfo.InvariantCulture, $"                 {target.Address}:{target.Port}  {target.Health}{(target.Why is { Length: > 0 } why ? $": {why}" : "")}")),
        .. database.Sync is { } sync ? [$"                 last told of its sync: {sync}"] : ImmutableArray<string>.Empty,
    ];

    private static IEnumerable<string> Connections(LinkStatus link) =>
    [
        $"  Connections    {Count(link, "Established")} connected, {Count(link, "Pending")} waiting",
        .. link.Connections
            .Where(static connection => connection.State is "Pending" or "Established")
            .Select(static connection => $"                 {connection.Endpoint}  {connection.Owner}  {connection.State}  {connection.Rule}{(connection.Override is null ? "" : "  overridden")}"),
    ];

    private static string Count(LinkStatus link, string state) => link.Connections.Count(connection => connection.State == state).ToString(CultureInfo.InvariantCulture);
}
