using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether a consumer has a subnet in a zone of the service. Names of zones differ from account to account; ids do not.</summary>
internal static class ZoneCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts)
    {
        if (facts.Balancer is not { } balancer || facts.ConsumerZones.IsEmpty) yield break;

        var ours = ZonesOf(facts, balancer);
        if (ours.Intersect(facts.ConsumerZones, StringComparer.Ordinal).Any()) yield break;
        yield return new(
            "zones",
            null,
            "Consumer and service have no zone in common, so the consumer can create no endpoint.",
            $"the consumer has {string.Join(", ", facts.ConsumerZones)}, the service {string.Join(", ", ours)}",
            $"The consumer adds a subnet in one of {string.Join(", ", ours)}; or you add a subnet in one of theirs to \"subnetIds\" of the document: privatelink up LINK.json",
            Bearing.Apart);
    }

    public static ImmutableArray<string> ZonesOf(DoctorFacts facts, ExaminedBalancer balancer) =>
    [
        .. balancer.Fact.Zones
            .Select(zone => facts.Network.Subnets.FirstOrDefault(subnet => subnet.SubnetId == zone.SubnetId)?.ZoneId)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];
}
