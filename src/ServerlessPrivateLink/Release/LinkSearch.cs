using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <summary>
/// Finds what carries the tags of a link. Each service is asked for itself: the one search over all services
/// hears of deletions late, so that it proves nothing.
/// </summary>
internal static class LinkSearch
{
    public static async Task<ImmutableArray<Remnant>> EverythingOfAsync(this IAmazonEC2 ec2, IAmazonElasticLoadBalancingV2 elb, Owner link, CancellationToken token) =>
    [
        .. (await ec2.EndpointServicesOfAsync(link, token)).Select(static service => new Remnant("endpoint service", service.ServiceId)),
        .. (await elb.LoadBalancersOfAsync(link, token)).Select(static balancer => new Remnant("load balancer", balancer.LoadBalancerArn)),
        .. link.MadeBy.Length == 0 ? [] : (await elb.ListenersOfAsync(link, token)).Select(static listener => new Remnant("listener", listener.Arn)),
        .. (await elb.TargetGroupsOfAsync(link, token)).Select(static group => new Remnant("target group", group.TargetGroupArn)),
        .. (await ec2.IngressRulesOfAsync(link, token)).Select(static rule => new Remnant("ingress rule", rule.SecurityGroupRuleId)),
        .. (await ec2.SecurityGroupsOfAsync(link, token)).Select(static group => new Remnant("security group", group.GroupId)),
    ];

    /// <summary>One that is being deleted is among them, one that is deleted is not.</summary>
    public static async Task<ImmutableArray<ServiceConfiguration>> EndpointServicesOfAsync(this IAmazonEC2 ec2, Owner link, CancellationToken token) =>
        [.. (await ec2.EndpointServicesAsync(token)).Where(service => service.ServiceState != ServiceState.Deleted && link.Owns(service.Tags.Read()))];

    public static async Task<ImmutableArray<LoadBalancer>> LoadBalancersOfAsync(this IAmazonElasticLoadBalancingV2 elb, Owner link, CancellationToken token)
    {
        var named = (await elb.LoadBalancersAsync(token)).Where(static balancer => ResourceName.MayBeOurs(balancer.LoadBalancerName)).ToImmutableArray();
        var tags = await elb.TagsAsync(named.Select(static balancer => balancer.LoadBalancerArn), token);
        return [.. named.Where(balancer => tags.TryGetValue(balancer.LoadBalancerArn, out var found) && link.Owns(found))];
    }

    /// <summary>All listeners go with their load balancer; an execution may have made one on a load balancer that stood before.</summary>
    public static async Task<ImmutableArray<FoundListener>> ListenersOfAsync(this IAmazonElasticLoadBalancingV2 elb, Owner link, CancellationToken token) =>
        [.. (await elb.EveryListenerAsync(link, token)).Where(listener => link.Owns(listener.Tags))];

    /// <summary>Those of the link's load balancers, whoever made them.</summary>
    public static async Task<ImmutableArray<FoundListener>> EveryListenerAsync(this IAmazonElasticLoadBalancingV2 elb, Owner link, CancellationToken token)
    {
        var found = ImmutableArray.CreateBuilder<FoundListener>();
        foreach (var balancer in await elb.LoadBalancersOfAsync(link with { MadeBy = "" }, token)) found.AddRange(await elb.FoundListenersAsync(balancer.LoadBalancerArn, token));
        return found.ToImmutable();
    }

    public static async Task<ImmutableArray<TargetGroup>> TargetGroupsOfAsync(this IAmazonElasticLoadBalancingV2 elb, Owner link, CancellationToken token)
    {
        var named = (await elb.TargetGroupsAsync(token)).Where(static group => ResourceName.MayBeOurs(group.TargetGroupName)).ToImmutableArray();
        var tags = await elb.TagsAsync(named.Select(static group => group.TargetGroupArn), token);
        return [.. named.Where(group => tags.TryGetValue(group.TargetGroupArn, out var found) && link.Owns(found))];
    }

    public static async Task<ImmutableArray<SecurityGroupRule>> IngressRulesOfAsync(this IAmazonEC2 ec2, Owner link, CancellationToken token) =>
        [.. (await ec2.SecurityGroupRulesAsync(Tagged(link), token)).Where(rule => rule.IsEgress is not true && link.Owns(rule.Tags.Read()))];

    public static async Task<ImmutableArray<SecurityGroup>> SecurityGroupsOfAsync(this IAmazonEC2 ec2, Owner link, CancellationToken token) =>
        [.. (await ec2.SecurityGroupsAsync(Tagged(link), token)).Where(group => link.Owns(group.Tags.Read()))];

    /// <summary>The names of a stack's links of which anything is there.</summary>
    public static async Task<ImmutableArray<string>> LinksOfAsync(this IAmazonEC2 ec2, IAmazonElasticLoadBalancingV2 elb, string stack, CancellationToken token)
    {
        List<Filter> tagged = [Ec2Reads.Filter($"tag:{ResourceTags.Stack}", stack)];
        var services = (await ec2.EndpointServicesAsync(token)).Where(static service => service.ServiceState != ServiceState.Deleted).Select(static service => service.Tags.Read());
        var rules = (await ec2.SecurityGroupRulesAsync(tagged, token)).Where(static rule => rule.IsEgress is not true).Select(static rule => rule.Tags.Read());
        var groups = (await ec2.SecurityGroupsAsync(tagged, token)).Select(static group => group.Tags.Read());
        ImmutableArray<string> named =
        [
            .. (await elb.LoadBalancersAsync(token)).Where(static balancer => ResourceName.MayBeOurs(balancer.LoadBalancerName)).Select(static balancer => balancer.LoadBalancerArn),
            .. (await elb.TargetGroupsAsync(token)).Where(static group => ResourceName.MayBeOurs(group.TargetGroupName)).Select(static group => group.TargetGroupArn),
        ];
        return
        [
            .. services.Concat(rules).Concat(groups).Concat((await elb.TagsAsync(named, token)).Values)
                .Where(tags => tags.GetValueOrDefault(ResourceTags.Stack) == stack)
                .Select(static tags => tags.GetValueOrDefault(ResourceTags.Link, ""))
                .Where(static link => link.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static List<Filter> Tagged(Owner link) =>
        [Ec2Reads.Filter($"tag:{ResourceTags.Stack}", link.Stack), Ec2Reads.Filter($"tag:{ResourceTags.Link}", link.Link)];
}
