using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record EnsureLoadBalancerInput(string Link, ImmutableArray<PlannedSubnet> Subnets, string SecurityGroupId, string MadeBy, string ProbedGroupId = "")
{
    internal ImmutableArray<string> SecurityGroupIds => ProbedGroupId.Length == 0 ? [SecurityGroupId] : [SecurityGroupId, ProbedGroupId];
}

public sealed record EnsureLoadBalancerOutput(string LoadBalancerArn);

public sealed partial class EnsureLoadBalancer(
    IAmazonElasticLoadBalancingV2 elb,
    StackSettings settings,
    TimeProvider clock,
    ILogger<EnsureLoadBalancer> log)
{
    [LambdaFunction]
    public async Task<EnsureLoadBalancerOutput> Handle(EnsureLoadBalancerInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var owner = new Owner(settings.Stack, input.Link);
        var name = ResourceName.LoadBalancer(owner.Stack, owner.Link);
        var balancer = await FindAsync(name, owner, deadline.Token) ?? await CreateAsync(name, owner, input, deadline.Token);
        var plan = LoadBalancerPlan.Between(input.Subnets, input.SecurityGroupIds, await ReadAsync(balancer, deadline.Token));
        await ApplyAsync(balancer.LoadBalancerArn, plan, deadline.Token);
        return new(balancer.LoadBalancerArn);
    }

    private async Task<LoadBalancer?> FindAsync(string name, Owner owner, CancellationToken token)
    {
        if (await elb.LoadBalancerAsync(name, token) is not { } found) return null;
        var tags = await elb.TagsAsync([found.LoadBalancerArn], token);
        return owner.Owns(tags.GetValueOrDefault(found.LoadBalancerArn, ImmutableDictionary<string, string>.Empty))
            ? found
            : throw new NameTakenException("load balancer", name, owner.Stack, owner.Link);
    }

    private async Task<LoadBalancer> CreateAsync(string name, Owner owner, EnsureLoadBalancerInput input, CancellationToken token)
    {
        var created = await elb.CreateLoadBalancerAsync(
            new CreateLoadBalancerRequest
            {
                Name = name,
                Type = LoadBalancerTypeEnum.Network,
                Scheme = LoadBalancerSchemeEnum.Internal,
                IpAddressType = IpAddressType.Ipv4,
                Subnets = [.. input.Subnets.Select(static subnet => subnet.SubnetId)],
                // Only at its creation can a network load balancer get security groups at all.
                SecurityGroups = [.. input.SecurityGroupIds],
                Tags = owner.Tags().Marked(input.MadeBy).ForLoadBalancing(),
            },
            token);
        LogCreated(log, name, created.LoadBalancers[0].LoadBalancerArn);
        return created.LoadBalancers[0];
    }

    private async Task<FoundLoadBalancer> ReadAsync(LoadBalancer balancer, CancellationToken token)
    {
        var read = await elb.DescribeLoadBalancerAttributesAsync(
            new DescribeLoadBalancerAttributesRequest { LoadBalancerArn = balancer.LoadBalancerArn },
            token);
        return new(
            [.. (balancer.AvailabilityZones ?? []).Select(static zone => new ZoneSubnet(zone.ZoneName, zone.SubnetId))],
            [.. balancer.SecurityGroups ?? []],
            balancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic ?? "on",
            (read.Attributes ?? []).Find(static one => one.Key == LoadBalancerPlan.CrossZoneAttribute)?.Value ?? "false");
    }

    private async Task ApplyAsync(string arn, LoadBalancerPlan plan, CancellationToken token)
    {
        if (!plan.SecurityGroups.IsEmpty)
        {
            // With enforcement on, the group would be asked about each consumer's own private address, in VPCs whose blocks we neither
            // know nor can tell apart. Who may connect is decided by allowed principals and acceptance; the databases' groups admit only this group.
            await elb.SetSecurityGroupsAsync(
                new SetSecurityGroupsRequest
                {
                    LoadBalancerArn = arn,
                    SecurityGroups = [.. plan.SecurityGroups],
                    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum.Off,
                },
                token);
        }

        if (plan.TurnCrossZoneOn)
        {
            await elb.ModifyLoadBalancerAttributesAsync(
                new ModifyLoadBalancerAttributesRequest { LoadBalancerArn = arn, Attributes = [new() { Key = LoadBalancerPlan.CrossZoneAttribute, Value = "true" }] },
                token);
        }

        if (!plan.Subnets.IsEmpty)
        {
            await elb.SetSubnetsAsync(new SetSubnetsRequest { LoadBalancerArn = arn, Subnets = [.. plan.Subnets] }, token);
            LogZonesAdded(log, arn, plan.Subnets.Length);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Created load balancer {Name}: {Arn}")]
    private static partial void LogCreated(ILogger logger, string name, string arn);

    [LoggerMessage(Level = LogLevel.Information, Message = "Load balancer {Arn} now stands in {Count} zones")]
    private static partial void LogZonesAdded(ILogger logger, string arn, int count);
}
