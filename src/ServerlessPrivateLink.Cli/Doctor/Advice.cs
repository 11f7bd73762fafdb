using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Probing;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>What a person should know of a link that is not broken.</summary>
internal static class Advice
{
    public static ImmutableArray<string> Of(DoctorFacts facts, string region) =>
    [
        .. Zones(facts),
        .. Probes(facts),
        .. facts.Databases.SelectMany(static database => Tls(database)),
        .. facts.Databases.SelectMany(database => ConnectErrors(database, region)),
        "Connections that say nothing for 350 seconds are dropped by the load balancer, without a word to either side: let clients or the database send TCP keep-alives every 300 seconds or less (tcp_keepalives_idle for PostgreSQL).",
    ];

    // EC2 does not show the owner of a service where a consumer's endpoint has its interfaces.
    private static IEnumerable<string> Zones(DoctorFacts facts) => facts.Balancer is { } balancer && facts.ConsumerZones.IsEmpty
        ? [$"The service is in {string.Join(", ", ZoneCheck.ZonesOf(facts, balancer))}. Where a consumer's subnets are, EC2 shows the consumer alone: give their zone ids with --zones to have them compared."]
        : [];

    private static IEnumerable<string> Probes(DoctorFacts facts) => ProbeCheck.LetsProbesIn(facts)
        ? []
        : [$"The load balancer does not carry the security group that lets probes in, so its databases were not heard. Consumers need none; to have it put there: privatelink repair {facts.Name}, or privatelink up LINK.json for a link of an older stack."];

    private static IEnumerable<string> Tls(ExaminedDatabase database)
    {
        if (database.Probe is { Tls: TlsOffer.NotOffered })
            yield return $"{database.Name} offers no TLS: what goes over the link is readable at both of its ends.";
        else if (Hosts(database) is [var host, ..])
            yield return $"{database.Name}: its certificate names {host}, and a client connects to the endpoint's name. With verify-full, let {host} lead to the endpoint in the consumer's private hosted zone; or else use verify-ca.";
    }

    private static ImmutableArray<string> Hosts(ExaminedDatabase database) => database.Rds is { } rds
        ? [.. rds.Instances.Where(instance => instance.Host is not null && (database.Kind is not DatabaseKind.ClusterWriter || instance.IsWriter)).Select(static instance => instance.Host!)]
        : database.Host is { } host ? [host] : [];

    private static IEnumerable<string> ConnectErrors(ExaminedDatabase database, string region) => database.Rds is { } rds
        ? ConnectErrorRule.Of(database.Name, "", region, rds).Select(static finding => finding switch
        {
            Finding.Refusal refusal => $"{refusal.Reason} {refusal.Remedy}",
            Finding.Warning warning => warning.Text,
            _ => "",
        })
        : [];
}
