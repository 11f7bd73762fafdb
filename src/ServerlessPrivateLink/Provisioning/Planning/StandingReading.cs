using System.Collections.Immutable;
using System.Globalization;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>Asks for what exists under a link's names, and how much of the quotas is used.</summary>
internal sealed class StandingReading(IAmazonEC2 ec2, IAmazonElasticLoadBalancingV2 elb, StackSettings stack, CancellationToken token)
{
    public async Task<(StandingLink Standing, FoundQuotas Quotas)> ReadAsync(Link link, ImmutableArray<FoundDatabase> databases)
    {
        var owner = new Owner(stack.Stack, link.Name);
        var balancers = await elb.LoadBalancersAsync(token);
        var balancer = balancers.FirstOrDefault(one => one.LoadBalancerName == ResourceName.LoadBalancer(owner.Stack, owner.Link));
        var groups = await elb.TargetGroupsAsync(token);
        var names = NamesOf(owner, link, databases);
        var named = groups.Where(group => names.Contains(group.TargetGroupName)).ToImmutableArray();
        var tags = await elb.TagsAsync([.. named.Select(static group => group.TargetGroupArn), .. balancer is null ? (string[])[] : [balancer.LoadBalancerArn]], token);
        bool IsOurs(string arn) => owner.Owns(tags.GetValueOrDefault(arn, ImmutableDictionary<string, string>.Empty));

        var standing = new StandingLink(
            balancer is null ? null : await ReadAsync(balancer, IsOurs(balancer.LoadBalancerArn)),
            [.. named.Select(group => new StandingResource(group.TargetGroupName, IsOurs(group.TargetGroupArn)))],
            await SecurityGroupAsync(owner));
        return (standing, new FoundQuotas(await LimitsAsync(), balancers.Count(static one => one.Type == LoadBalancerTypeEnum.Network), groups.Length));
    }

    private async Task<StandingBalancer> ReadAsync(LoadBalancer balancer, bool isOurs) => new(
        balancer.LoadBalancerName,
        isOurs,
        [.. (balancer.AvailabilityZones ?? []).Select(static zone => zone.SubnetId)],
        balancer.VpcId ?? "",
        balancer.SecurityGroups is [_, ..],
        [.. (await elb.ListenersAsync(balancer.LoadBalancerArn, token)).Select(static listener => listener.Port ?? 0)]);

    private static ImmutableHashSet<string> NamesOf(Owner owner, Link link, ImmutableArray<FoundDatabase> databases) =>
    [
        .. link.Databases.Zip(databases).Select(pair => (pair.First, Port: pair.First.Port ?? (pair.Second as FoundDatabase.Rds)?.Port))
            .Where(static pair => pair.Port is not null)
            .Select(pair => ResourceName.TargetGroup(owner.Stack, owner.Link, DatabaseRule.NameOf(pair.First), pair.Port!.Value)),
    ];

    private async Task<StandingResource?> SecurityGroupAsync(Owner owner)
    {
        var name = ResourceName.SecurityGroup(owner.Stack, owner.Link);
        var groups = await ec2.SecurityGroupsAsync([Ec2Reads.Filter("group-name", name), Ec2Reads.Filter("vpc-id", stack.VpcId)], token);
        return groups.IsEmpty ? null : new StandingResource(name, owner.Owns(groups[0].Tags.Read()));
    }

    private async Task<ImmutableDictionary<string, int>> LimitsAsync()
    {
        var limits = await Pages.ReadAsync(
            marker => elb.DescribeAccountLimitsAsync(new DescribeAccountLimitsRequest { Marker = marker }, token),
            static answer => answer.Limits,
            static answer => answer.NextMarker);
        return limits.Where(static limit => int.TryParse(limit.Max, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToImmutableDictionary(static limit => limit.Name, static limit => int.Parse(limit.Max, CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }
}
