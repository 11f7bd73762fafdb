using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>What a consumer's support team asks for, and nothing of what lies behind the link.</summary>
/// <param name="Link">What both sides may call it.</param>
/// <param name="ServiceName">What the endpoint is created for.</param>
/// <param name="Region">Where the service stands.</param>
/// <param name="AccountId">Who owns it.</param>
/// <param name="Ports">The ports that lead to databases.</param>
/// <param name="ZoneIds">Where endpoints can be placed.</param>
/// <param name="Tls">How to connect with TLS.</param>
public sealed record SharedReport(string Link, string ServiceName, string Region, string AccountId, ImmutableArray<int> Ports, ImmutableArray<string> ZoneIds, string Tls)
{
    private const string TlsAdvice =
        "Connect with TLS. The server's certificate names the database's own host, not your endpoint's DNS name: verify-ca works as it is; "
        + "for verify-full, ask the owner for that name and give it as the host, with the endpoint's address as the one to connect to (hostaddr in libpq, or an entry in your private DNS).";

    public static SharedReport Of(string link, VendorSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return new(link, sheet.ServiceName, sheet.ServiceRegion, sheet.AccountId, [.. sheet.Databases.Select(static database => database.Port)], [.. sheet.Zones.Select(static zone => zone.ZoneId)], TlsAdvice);
    }

    private ImmutableArray<(string What, string Value)> Facts =>
    [
        ("Service name", ServiceName),
        ("Region", Region),
        ("AWS account", AccountId),
        (Ports.Length == 1 ? "Port" : "Ports", string.Join(", ", Ports.Select(static port => port.ToString(CultureInfo.InvariantCulture)))),
        ("Zone ids", string.Join(", ", ZoneIds)),
    ];

    public IEnumerable<string> Text() => [$"PrivateLink service {Link}", "", .. Facts.Select(static fact => $"{fact.What,-13} {fact.Value}"), "", Tls];

    public IEnumerable<string> Markdown() =>
        [$"### PrivateLink service {Link}", "", "| | |", "|---|---|", .. Facts.Select(static fact => $"| {fact.What} | `{fact.Value}` |"), "", Tls];
}
