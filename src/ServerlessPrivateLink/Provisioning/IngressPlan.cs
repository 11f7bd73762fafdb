using System.Collections.Immutable;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>A rule that a database's security group needs.</summary>
/// <param name="GroupId">The database's security group.</param>
/// <param name="Port">The database's port.</param>
/// <param name="Source">A security group or a CIDR block.</param>
/// <param name="SourceIsGroup">Which of the two.</param>
/// <param name="Database">For whose sake, as its tag says.</param>
public sealed record IngressRule(string GroupId, int Port, string Source, bool SourceIsGroup, string Database);

public sealed record FoundRule(
    string RuleId,
    string GroupId,
    string Protocol,
    int FromPort,
    int ToPort,
    string Source,
    ImmutableDictionary<string, string> Tags)
{
    public bool Is(IngressRule rule) =>
        GroupId == rule.GroupId && Source == rule.Source && Protocol == "tcp" && FromPort == rule.Port && ToPort == rule.Port;
}

/// <summary>What to do about the databases' security groups.</summary>
/// <param name="Add">Rules that are missing.</param>
/// <param name="Leftovers">Rules that the link owns and its document no longer asks for.</param>
public sealed record IngressPlan(ImmutableArray<IngressRule> Add, ImmutableArray<LeftoverRule> Leftovers)
{
    public static ImmutableArray<IngressRule> Wanted(
        Ingress ingress,
        ImmutableArray<Exposure> exposures,
        string loadBalancerGroupId,
        ImmutableArray<PlannedSubnet> subnets)
    {
        var sources = ingress is Ingress.SecurityGroup
            ? [loadBalancerGroupId]
            : subnets.Select(static subnet => subnet.Cidr).ToImmutableArray();
        return [.. from exposure in exposures
                   from groupId in exposure.SecurityGroupIds
                   from source in sources
                   select new IngressRule(groupId, exposure.Port, source, ingress is Ingress.SecurityGroup, exposure.Database)];
    }

    public static IngressPlan Between(Owner owner, ImmutableArray<IngressRule> wanted, ImmutableArray<FoundRule> found) => new(
        [.. wanted
            .Where(rule => !found.Any(standing => standing.Is(rule)))
            .DistinctBy(static rule => (rule.GroupId, rule.Port, rule.Source))],
        [.. found
            .Where(rule => owner.Owns(rule.Tags) && !wanted.Any(rule.Is))
            .OrderBy(static rule => rule.RuleId, StringComparer.Ordinal)
            .Select(static rule => new LeftoverRule(rule.RuleId, rule.GroupId, rule.Source, rule.FromPort))]);
}
