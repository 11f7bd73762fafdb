using System.Collections.Immutable;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using ServerlessPrivateLink.Links;
using Filter = Amazon.EC2.Model.Filter;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Asks AWS what there is of a link, by its tags and with the operator's credentials.</summary>
/// <param name="aws">The operator's clients.</param>
/// <param name="stack">The stack in the tags.</param>
public sealed class LinkInspection(OperatorClients aws, string stack)
{
    public async Task<LinkFacts> ReadAsync(Link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        var databases = await new DatabaseInspection(aws.Rds).ReadAsync(link.Databases);
        return await ReadAsync(link.Name) with { Databases = databases };
    }

    /// <summary>Likewise, where no document says which databases RDS is to be asked for.</summary>
    public async Task<LinkFacts> ReadAsync(string link)
    {
        var mine = OfLink(link);
        return new(
            [],
            await SubnetsAsync(),
            await TargetGroupsAsync(link),
            await LoadBalancerAsync(link),
            await ServiceAsync(mine),
            await SecurityGroupAsync(mine),
            await RulesAsync(mine));
    }

    /// <summary>The names of the stack's links, also of those that are half built.</summary>
    public async Task<ImmutableArray<string>> LinksAsync()
    {
        var services = await Pages.AllAsync(
            token => aws.Ec2.DescribeVpcEndpointServiceConfigurationsAsync(new() { Filters = [new() { Name = $"tag:{ResourceTags.Stack}", Values = [stack] }], NextToken = token }), page => page.ServiceConfigurations, page => page.NextToken);
        var groups = await Pages.AllAsync(
            token => aws.LoadBalancing.DescribeTargetGroupsAsync(new() { Marker = token }), page => page.TargetGroups, page => page.NextMarker);
        var tags = await TagsAsync([.. groups.Select(group => group.TargetGroupArn)]);
        return
        [
            .. services.Select(service => Value(service.Tags, ResourceTags.Link))
                .Concat(tags.Values.Where(one => one.GetValueOrDefault(ResourceTags.Stack) == stack).Select(one => one.GetValueOrDefault(ResourceTags.Link)))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The tags of load balancers, listeners or target groups, by ARN.</summary>
    public async Task<ImmutableDictionary<string, ImmutableDictionary<string, string>>> TagsAsync(ImmutableArray<string> arns)
    {
        var tags = ImmutableDictionary.CreateBuilder<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal);
        // One call takes at most 20 ARNs.
        foreach (var some in arns.Chunk(20))
        {
            var answer = await aws.LoadBalancing.DescribeTagsAsync(new() { ResourceArns = [.. some] });
            foreach (var description in answer.TagDescriptions ?? [])
                tags[description.ResourceArn] = (description.Tags ?? []).ToImmutableDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
        }

        foreach (var arn in arns.Where(arn => !tags.ContainsKey(arn)))
            tags[arn] = ImmutableDictionary<string, string>.Empty;
        return tags.ToImmutable();
    }

    private async Task<ImmutableArray<SubnetFact>> SubnetsAsync()
    {
        var subnets = await Pages.AllAsync(
            token => aws.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { NextToken = token }), page => page.Subnets, page => page.NextToken);
        return [.. subnets.Select(subnet => new SubnetFact(subnet.SubnetId, subnet.VpcId, subnet.AvailabilityZone, subnet.AvailabilityZoneId, subnet.CidrBlock))];
    }

    private async Task<ImmutableArray<TargetGroupFact>> TargetGroupsAsync(string link)
    {
        var groups = await Pages.AllAsync(
            token => aws.LoadBalancing.DescribeTargetGroupsAsync(new() { Marker = token }), page => page.TargetGroups, page => page.NextMarker);
        var tags = await TagsAsync([.. groups.Select(group => group.TargetGroupArn)]);
        var facts = ImmutableArray.CreateBuilder<TargetGroupFact>();
        foreach (var group in groups.Where(group => IsOfLink(tags[group.TargetGroupArn], link)))
        {
            var health = await aws.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = group.TargetGroupArn });
            facts.Add(new(
                group.TargetGroupArn,
                group.TargetGroupName,
                group.VpcId,
                group.Port ?? 0,
                tags[group.TargetGroupArn].GetValueOrDefault(ResourceTags.Database),
                $"{group.HealthCheckProtocol?.Value} every {group.HealthCheckIntervalSeconds} s, {group.HealthyThresholdCount} to rise, {group.UnhealthyThresholdCount} to fall",
                [.. (health.TargetHealthDescriptions ?? []).Select(target => new TargetFact(target.Target.Id, target.Target.Port ?? 0, target.TargetHealth.State.Value)
                {
                    Why = $"{target.TargetHealth.Reason?.Value} {target.TargetHealth.Description}".Trim(),
                })])
            {
                Tags = tags[group.TargetGroupArn],
            });
        }

        return facts.ToImmutable();
    }

    private async Task<LoadBalancerFact?> LoadBalancerAsync(string link)
    {
        var balancers = await Pages.AllAsync(
            token => aws.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Marker = token }), page => page.LoadBalancers, page => page.NextMarker);
        var tags = await TagsAsync([.. balancers.Select(balancer => balancer.LoadBalancerArn)]);
        if (balancers.FirstOrDefault(balancer => IsOfLink(tags[balancer.LoadBalancerArn], link)) is not { } mine)
            return null;
        var attributes = await aws.LoadBalancing.DescribeLoadBalancerAttributesAsync(new DescribeLoadBalancerAttributesRequest { LoadBalancerArn = mine.LoadBalancerArn });
        var listeners = await Pages.AllAsync(
            token => aws.LoadBalancing.DescribeListenersAsync(new DescribeListenersRequest { LoadBalancerArn = mine.LoadBalancerArn, Marker = token }), page => page.Listeners, page => page.NextMarker);
        return new(
            mine.LoadBalancerArn,
            mine.LoadBalancerName,
            mine.Type.Value,
            mine.Scheme.Value,
            mine.State.Code.Value,
            (attributes.Attributes ?? []).Exists(attribute => attribute is { Key: "load_balancing.cross_zone.enabled", Value: "true" }),
            mine.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic,
            [.. (mine.AvailabilityZones ?? []).Select(zone => new ZoneFact(zone.ZoneName, zone.SubnetId))],
            [.. listeners.Select(listener => new ListenerFact(listener.ListenerArn, listener.Port ?? 0, listener.Protocol.Value, (listener.DefaultActions ?? []).Select(action => action.TargetGroupArn).FirstOrDefault() ?? ""))]);
    }

    private async Task<ServiceFact?> ServiceAsync(List<Filter> mine)
    {
        var services = await Pages.AllAsync(
            token => aws.Ec2.DescribeVpcEndpointServiceConfigurationsAsync(new() { Filters = mine, NextToken = token }), page => page.ServiceConfigurations, page => page.NextToken);
        if (services.FirstOrDefault() is not { } service)
            return null;
        var principals = await Pages.AllAsync(
            token => aws.Ec2.DescribeVpcEndpointServicePermissionsAsync(new() { ServiceId = service.ServiceId, NextToken = token }), page => page.AllowedPrincipals, page => page.NextToken);
        var notifications = await Pages.AllAsync(
            token => aws.Ec2.DescribeVpcEndpointConnectionNotificationsAsync(new() { NextToken = token }), page => page.ConnectionNotificationSet, page => page.NextToken);
        return new(
            service.ServiceId,
            service.ServiceName,
            service.ServiceState.Value,
            service.AcceptanceRequired ?? false,
            [.. service.NetworkLoadBalancerArns ?? []],
            [.. (service.SupportedRegions ?? []).Select(region => region.Region)],
            [.. principals.Select(principal => new PrincipalFact(principal.Principal, principal.ServicePermissionId, Value(principal.Tags, ResourceTags.Accept)))],
            [.. notifications.Where(notification => notification.ServiceId == service.ServiceId).Select(notification => new NotificationFact(notification.ConnectionNotificationId, notification.ConnectionNotificationArn, [.. notification.ConnectionEvents ?? []]))],
            Value(service.Tags, ResourceTags.Announced));
    }

    private async Task<SecurityGroupFact?> SecurityGroupAsync(List<Filter> mine)
    {
        var groups = await Pages.AllAsync(
            token => aws.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { Filters = mine, NextToken = token }), page => page.SecurityGroups, page => page.NextToken);
        return groups.Select(group => new SecurityGroupFact(group.GroupId, group.GroupName)).FirstOrDefault();
    }

    private async Task<ImmutableArray<RuleFact>> RulesAsync(List<Filter> mine)
    {
        var rules = await Pages.AllAsync(
            token => aws.Ec2.DescribeSecurityGroupRulesAsync(new() { Filters = mine, NextToken = token }), page => page.SecurityGroupRules, page => page.NextToken);
        return [.. rules.Where(rule => rule.IsEgress is not true).Select(rule => new RuleFact(rule.SecurityGroupRuleId, rule.GroupId, rule.FromPort ?? 0, rule.ToPort ?? 0, rule.ReferencedGroupInfo?.GroupId ?? rule.CidrIpv4 ?? ""))];
    }

    private bool IsOfLink(ImmutableDictionary<string, string> tags, string link) =>
        tags.GetValueOrDefault(ResourceTags.Stack) == stack && tags.GetValueOrDefault(ResourceTags.Link) == link;

    private List<Filter> OfLink(string link) =>
    [
        new() { Name = $"tag:{ResourceTags.Stack}", Values = [stack] },
        new() { Name = $"tag:{ResourceTags.Link}", Values = [link] },
    ];

    private static string? Value(IEnumerable<Amazon.EC2.Model.Tag>? tags, string key) => tags?.FirstOrDefault(tag => tag.Key == key)?.Value;
}
