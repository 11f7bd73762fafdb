using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Writes how connections were answered as lines of plain text.</summary>
public static class ConnectionText
{
    public static IEnumerable<string> Lines(ImmutableArray<ConnectionReport> connections) =>
        connections.IsEmpty ? [] : ["", "Connections", .. connections.SelectMany(One)];

    private static IEnumerable<string> One(ConnectionReport one) =>
    [
        "",
        $"  {one.What}",
        "      at s       +s",
        $"  {Number(one.RequestedAt),8}           the account {one.Owner} asks to connect with {one.Endpoint}{(one.NotifiedAt is null ? "; EC2's notification is lost" : "")}",
        one.DecidedAt is { } at
            ? $"  {Number(at),8} {"+" + Number(at - one.RequestedAt),8}  {one.Decision}{(one.Foreseen ? "" : " (NOT FORESEEN)")}: {one.Reason}"
            : "                     NOT DECIDED",
        .. one.Alerts.SelectMany(ReportText.Alert).Select(static line => $"    {line}".TrimEnd()),
    ];

    private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
