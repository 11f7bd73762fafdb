using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>What exists under the link's names must be the link's, and what does not exist must still fit into the account's quotas.</summary>
public static class StandingRule
{
    private const string LoadBalancers = "network-load-balancers";
    private const string TargetGroups = "target-groups";
    private const string Listeners = "listeners-per-network-load-balancer";

    // With cross-zone load balancing on, a load balancer's targets count together as if in one zone ("Quotas for your Network Load Balancers").
    private const string Targets = "targets-per-availability-zone-per-network-load-balancer";

    /// <summary>What is left to do where AWS changes nothing in place.</summary>
    internal static string BuildAnew(string link) => $"take the link down (privatelink down {link}) and build it anew; consumers then need new endpoints for a new service name.";

    public static IEnumerable<Finding> Of(string link, ImmutableArray<Exposure> exposures, StandingLink standing, FoundQuotas quotas, StackSettings stack) =>
        [.. OfOwners(standing), .. standing.Balancer is { IsOurs: true } balancer ? OfBalancer(link, balancer, stack) : [], .. OfQuotas(exposures, standing, quotas)];

    private static IEnumerable<Finding> OfBalancer(string link, StandingBalancer balancer, StackSettings stack)
    {
        if (balancer.VpcId != stack.VpcId)
            yield return new Finding.Refusal(RefusalCode.LoadBalancerInOtherVpc, "$.name",
                $"The link's load balancer {balancer.Name} stands in {balancer.VpcId}, and the stack serves {stack.VpcId}; a load balancer never moves to another VPC.",
                $"Update this stack with the parameter VpcId set to {balancer.VpcId} again, and install a second stack for {stack.VpcId}.");
        if (!balancer.HasSecurityGroup)
            yield return new Finding.Refusal(RefusalCode.LoadBalancerWithoutSecurityGroup, "$.name",
                $"The link's load balancer {balancer.Name} was made without a security group, and can never get one.",
                $"To have one, {BuildAnew(link)}");
    }

    private static IEnumerable<Finding> OfOwners(StandingLink standing)
    {
        if (standing.Balancer is { IsOurs: false } balancer) yield return Taken("load balancer", balancer.Name);
        if (standing.SecurityGroup is { IsOurs: false } group) yield return Taken("security group", group.Name);
        foreach (var target in standing.TargetGroups.Where(static one => !one.IsOurs)) yield return Taken("target group", target.Name);
    }

    private static Finding.Refusal Taken(string kind, string name) => new(RefusalCode.NameTaken, "$.name",
        $"A {kind} named {name} exists, and its tags do not say that it is this link's; what others made is never changed.",
        $"Give the link another name, or delete that {kind} if it is the remains of something.");

    private static IEnumerable<Finding> OfQuotas(ImmutableArray<Exposure> exposures, StandingLink standing, FoundQuotas quotas)
    {
        var standingPorts = standing.Balancer?.Ports ?? [];
        var newPorts = exposures.Count(exposure => !standingPorts.Contains(exposure.ListenerPort));
        var (newBalancers, newGroups) = (standing.Balancer is null ? 1 : 0, Math.Max(0, exposures.Length - standing.TargetGroups.Length));
        (string Name, string What, int Used, int Wanted)[] counts =
        [
            (LoadBalancers, "network load balancers in the Region", quotas.LoadBalancers, newBalancers),
            (TargetGroups, "target groups in the Region", quotas.TargetGroups, newGroups),
            (Listeners, "listeners of one network load balancer", standingPorts.Length, newPorts),
            (Targets, "targets of one network load balancer", 0, exposures.Sum(static exposure => exposure.Hosts.Length)),
        ];
        foreach (var (name, what, used, wanted) in counts)
        {
            if (wanted > 0 && quotas.Limits.TryGetValue(name, out var most) && used + wanted > most)
                yield return new Finding.Refusal(RefusalCode.QuotaPassed, name is Listeners or Targets ? "$.databases" : "$.name",
                    string.Create(CultureInfo.InvariantCulture, $"The link needs {wanted} more {what}, {used} are in use, and the account's quota \"{name}\" is {most}."),
                    name is Listeners ? used > 0 ? "A listener goes only when those that are new serve: take databases out in one run and add the others in the next, or split the link in two." : "Split the link in two." : "Ask AWS for more (Service Quotas, Elastic Load Balancing), or remove what is not needed.");
        }
    }
}
