using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Probing;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>What a consumer needs to connect, and the output of the execution.</summary>
/// <param name="Link">The link's name.</param>
/// <param name="ServiceName">What a consumer creates an endpoint for.</param>
/// <param name="ServiceId">The endpoint service.</param>
/// <param name="Region">The service's Region.</param>
/// <param name="AccountId">The account that owns it.</param>
/// <param name="Listeners">Which port leads to which database.</param>
/// <param name="Zones">Where consumers' subnets may lie; compare by id, since names differ from account to account.</param>
/// <param name="OtherRegions">Regions beside the service's own from which endpoints can be created.</param>
/// <param name="Principals">Who may ask for a connection.</param>
/// <param name="Warnings">What a person should know though the link stands.</param>
/// <param name="Removed">What the link had and its document no longer asks for.</param>
/// <param name="Probes">What the databases said to a client in the VPC.</param>
public sealed record Announcement(
    string Link,
    string ServiceName,
    string ServiceId,
    string Region,
    string AccountId,
    ImmutableArray<AnnouncedListener> Listeners,
    ImmutableArray<AnnouncedZone> Zones,
    ImmutableArray<string> OtherRegions,
    ImmutableArray<string> Principals,
    ImmutableArray<string> Warnings,
    ImmutableArray<string> Removed,
    ImmutableArray<DatabaseProbe> Probes)
{
    public const string Event = "link.ready";

    /// <summary>Of what consumers are told; a warning alone announces nothing again.</summary>
    [JsonIgnore]
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Facts.Select(static fact => $"{fact.Key}={fact.Value}")))));

    [JsonIgnore]
    public Alert Alert => new(
        Event,
        Severity.Info,
        Link,
        $"The link {Link} is ready: consumers can create endpoints for {ServiceName} in {Region}.",
        Facts.AddRange(Notes),
        "Send the service name, Region, account, ports and zone ids to the consumers.");

    private IEnumerable<KeyValuePair<string, string>> Notes =>
    [
        .. Removed.IsEmpty ? (KeyValuePair<string, string>[])[] : [new("removed", string.Join("; ", Removed))],
        .. Warnings.IsEmpty ? (KeyValuePair<string, string>[])[] : [new("warnings", string.Join("; ", Warnings))],
    ];

    private ImmutableSortedDictionary<string, string> Facts => ImmutableSortedDictionary<string, string>.Empty
        .Add("account", AccountId)
        .Add("listeners", string.Join(", ", Listeners.Select(static listener => string.Create(CultureInfo.InvariantCulture, $"{listener.Port} leads to {listener.Database}"))))
        .Add("otherRegions", OtherRegions.IsEmpty ? "none" : string.Join(", ", OtherRegions))
        .Add("principals", string.Join(", ", Principals))
        .Add("region", Region)
        .Add("serviceId", ServiceId)
        .Add("serviceName", ServiceName)
        .Add("zones", string.Join(", ", Zones.Select(static zone => zone.ZoneId)));

    public static Announcement Of(AnnounceServiceInput input, string accountId, string region) => new(
        input.Link,
        input.ServiceName,
        input.ServiceId,
        region,
        accountId,
        [.. input.Exposures.Select(static exposure => new AnnouncedListener(exposure.ListenerPort, exposure.Database))],
        [.. input.Subnets.Select(static subnet => new AnnouncedZone(subnet.ZoneId, subnet.Zone)).OrderBy(static zone => zone.ZoneId, StringComparer.Ordinal)],
        [.. input.Consumers.SelectMany(static consumer => consumer.Rule.Regions).Distinct(StringComparer.Ordinal).Where(other => other != region).Order(StringComparer.Ordinal)],
        [.. input.Consumers.Select(static consumer => consumer.Principal).Order(StringComparer.Ordinal)],
        [.. Told(input.Warnings), .. input.Probed.Warnings],
        input.Removed,
        input.Probed.Probes);

    private static ImmutableArray<string> Told(FoundWarnings found) =>
    [
        .. found.Plan,
        .. found.Targets,
        .. found.ForeignPorts.Select(static port => string.Create(CultureInfo.InvariantCulture, $"The load balancer listens on port {port}, too, by a listener that is not the link's; it is left alone.")),
    ];
}

public sealed record AnnouncedListener(int Port, string Database);

public sealed record AnnouncedZone(string ZoneId, string Zone);
