using System.Collections.Immutable;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>How many targets a group, a load balancer and a zone of it may have.</summary>
internal static class TargetQuotas
{
    private const string AllZones = "all";

    /// <exception cref="AwsErrorException"><c>TooManyTargets</c>.</exception>
    public static void DemandOfGroup(Quotas quotas, int targets)
    {
        if (targets > quotas.TargetsPerGroup)
            throw new AwsErrorException("TooManyTargets", "You've reached the limit on the number of targets");
    }

    /// <summary>
    /// Each registration counts, also of one address in two groups. With cross-zone load balancing every target counts in every zone
    /// ("Quotas for your Network Load Balancers"); the wording is that of github.com/kubernetes/kubernetes, issue 86441.
    /// </summary>
    /// <exception cref="AwsErrorException"><c>TooManyTargets</c>.</exception>
    public static void DemandOfLoadBalancer(Quotas quotas, LoadBalancer owner, IEnumerable<Target> targets)
    {
        var registered = targets.Where(static target => target.DrainsUntil is null).ToImmutableArray();
        var crossesZones = owner.Attributes["load_balancing.cross_zone.enabled"] == "true";
        var most = crossesZones ? Math.Min(quotas.TargetsPerZone, quotas.TargetsPerLoadBalancer) : quotas.TargetsPerLoadBalancer;
        if (registered.Length > most)
            throw new AwsErrorException("TooManyTargets", $"The maximum number of targets per load balancer '{most}' has been reached on load balancer '{owner.Arn}'");
        var everywhere = registered.Count(static target => target.Zone == AllZones);
        foreach (var zone in registered.Where(static target => target.Zone != AllZones).CountBy(static target => target.Zone).Where(zone => zone.Value + everywhere > quotas.TargetsPerZone))
            throw new AwsErrorException("TooManyTargets", $"The maximum number of targets per Availability Zone '{quotas.TargetsPerZone}' has been reached on load balancer '{owner.Arn}' in '{zone.Key}'");
    }
}
