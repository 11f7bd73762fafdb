using System.Collections.Immutable;

namespace ServerlessPrivateLink.Provisioning;

public sealed record ZoneSubnet(string Zone, string SubnetId);

public sealed record FoundLoadBalancer(
    ImmutableArray<ZoneSubnet> Zones,
    ImmutableArray<string> SecurityGroupIds,
    string PrivateLinkEnforcement,
    string CrossZone);

/// <summary>What to change about a load balancer that stands.</summary>
/// <param name="Subnets">All subnets it shall have from now on; empty: nothing to change.</param>
/// <param name="SecurityGroups">All security groups it shall have; empty: they and their enforcement are right already.</param>
/// <param name="TurnCrossZoneOn">A database lives in one zone at a time and consumers arrive in all of them.</param>
public sealed record LoadBalancerPlan(ImmutableArray<string> Subnets, ImmutableArray<string> SecurityGroups, bool TurnCrossZoneOn)
{
    public const string CrossZoneAttribute = "load_balancing.cross_zone.enabled";

    public static LoadBalancerPlan Between(ImmutableArray<PlannedSubnet> wanted, ImmutableArray<string> securityGroupIds, FoundLoadBalancer found) => new(
        Changed(wanted, found.Zones),
        IsOff(found.PrivateLinkEnforcement) && securityGroupIds.All(id => found.SecurityGroupIds.Contains(id, StringComparer.Ordinal))
            ? []
            : [.. found.SecurityGroupIds.Union(securityGroupIds, StringComparer.Ordinal)],
        found.CrossZone != "true");

    // Which subnet a zone has is decided in PlanLink, which keeps the one that consumers' endpoints hang on.
    private static ImmutableArray<string> Changed(ImmutableArray<PlannedSubnet> wanted, ImmutableArray<ZoneSubnet> zones)
    {
        var subnets = wanted.Select(static subnet => subnet.SubnetId).ToImmutableArray();
        return zones.Select(static zone => zone.SubnetId).ToHashSet(StringComparer.Ordinal).SetEquals(subnets) ? [] : subnets;
    }

    private static bool IsOff(string enforcement) => enforcement.Equals("off", StringComparison.OrdinalIgnoreCase);
}
