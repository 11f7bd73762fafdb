using System.Globalization;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether there is a load balancer that works and takes what comes over PrivateLink.</summary>
internal static class BalancerCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts)
    {
        if (facts.Balancer is not { } balancer)
        {
            yield return new("load balancer", null, "The link has no load balancer.", "none carries its tags", "Build it: privatelink up LINK.json", Bearing.Cause);
            yield break;
        }

        if (balancer.Fact.State != "active")
            yield return new("load balancer", null, "The load balancer is not active.", $"{balancer.Fact.Name} is {balancer.Fact.State}", "Wait for some minutes; one that stays so is built again: privatelink up LINK.json", Bearing.Cause);
        if (Enforced(facts, balancer) is { } enforced) yield return enforced;
    }

    // PrivateLink hides nobody: with enforcement on, the rules are asked about each consumer's own private address.
    private static Complaint? Enforced(DoctorFacts facts, ExaminedBalancer balancer)
    {
        if (balancer.Fact.PrivateLinkEnforcement is not "on") return null;

        var ports = balancer.Fact.Listeners.Where(listener => !facts.Network.Rules.Any(rule => !rule.Egress
            && balancer.GroupIds.Contains(rule.GroupId, StringComparer.Ordinal)
            && !rule.Peer.StartsWith("sg-", StringComparison.Ordinal)
            && (rule.Protocol == "-1" || (rule.FromPort <= listener.Port && listener.Port <= rule.ToPort))));
        return ports.Any()
            ? new(
                "enforcement",
                null,
                "The load balancer's security groups are asked about consumers' own addresses, and no rule names any.",
                $"inbound rules are enforced on PrivateLink traffic, and none of {string.Join(", ", balancer.GroupIds)} has one for port {string.Join(", ", ports.Select(static one => one.Port.ToString(CultureInfo.InvariantCulture)))}",
                $"Turn it off, as it was built: privatelink repair {facts.Name}",
                Bearing.Apart)
            : null;
    }
}
