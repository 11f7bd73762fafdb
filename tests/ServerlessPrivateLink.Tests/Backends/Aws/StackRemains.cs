using System.Collections.Immutable;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using ServerlessPrivateLink.Cli.Rehearsal;
using Filter = Amazon.EC2.Model.Filter;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>Something that still carries a stack's tag.</summary>
/// <param name="What">Its kind and id.</param>
/// <param name="RemoveAsync">Removes it; gives what AWS says against that in an answer that is no error.</param>
internal sealed record Remainder(string What, Func<Task<string?>> RemoveAsync);

/// <summary>All that carries a stack's tag, found through the API alone.</summary>
/// <param name="aws">The clients of the person who cleans up.</param>
/// <param name="stack">The stack in the tags.</param>
internal sealed class StackRemains(OperatorClients aws, string stack)
{
    private List<Filter> Tagged => [new() { Name = $"tag:{ResourceTags.Stack}", Values = [stack] }];

    /// <summary>Whatever there is.</summary>
    public async Task<ImmutableArray<Remainder>> AllAsync()
    {
        var all = ImmutableArray.CreateBuilder<Remainder>();
        foreach (var find in LastMadeFirst())
            all.AddRange(await find());
        return all.ToImmutable();
    }

    /// <summary>Of what there is the kind that was made last: the others are still needed by it.</summary>
    public async Task<ImmutableArray<Remainder>> LastMadeAsync()
    {
        foreach (var find in LastMadeFirst())
        {
            if (await find() is { IsEmpty: false } found)
                return found;
        }

        return [];
    }

    private Func<Task<ImmutableArray<Remainder>>>[] LastMadeFirst() =>
        [NotificationsAsync, ServicesAsync, LoadBalancersAsync, TargetGroupsAsync, RulesAsync, SecurityGroupsAsync];

    /// <summary>Notifications have no tags: they are those of the stack's services.</summary>
    private async Task<ImmutableArray<Remainder>> NotificationsAsync()
    {
        var services = (await OwnServicesAsync()).Select(static service => service.ServiceId).ToImmutableArray();
        var all = await Pages.AllAsync(
            token => aws.Ec2.DescribeVpcEndpointConnectionNotificationsAsync(new() { NextToken = token }), page => page.ConnectionNotificationSet, page => page.NextToken);
        return
        [
            .. all.Where(one => services.Contains(one.ServiceId, StringComparer.Ordinal)).Select(one => new Remainder($"connection notification {one.ConnectionNotificationId}", async () =>
                Refusal((await aws.Ec2.DeleteVpcEndpointConnectionNotificationsAsync(new() { ConnectionNotificationIds = [one.ConnectionNotificationId] })).Unsuccessful))),
        ];
    }

    private async Task<ImmutableArray<Remainder>> ServicesAsync() =>
    [
        .. (await OwnServicesAsync()).Select(one => new Remainder($"endpoint service {one.ServiceId}", async () =>
            Refusal((await aws.Ec2.DeleteVpcEndpointServiceConfigurationsAsync(new() { ServiceIds = [one.ServiceId] })).Unsuccessful))),
    ];

    private async Task<ImmutableArray<Remainder>> LoadBalancersAsync()
    {
        var all = await Pages.AllAsync(
            token => aws.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Marker = token }), page => page.LoadBalancers, page => page.NextMarker);
        return
        [
            .. (await OwnAsync(all.Select(static one => one.LoadBalancerArn))).Select(arn => Plain("load balancer", arn, () =>
                aws.LoadBalancing.DeleteLoadBalancerAsync(new DeleteLoadBalancerRequest { LoadBalancerArn = arn }))),
        ];
    }

    private async Task<ImmutableArray<Remainder>> TargetGroupsAsync()
    {
        var all = await Pages.AllAsync(
            token => aws.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Marker = token }), page => page.TargetGroups, page => page.NextMarker);
        return
        [
            .. (await OwnAsync(all.Select(static one => one.TargetGroupArn))).Select(arn => Plain("target group", arn, () =>
                aws.LoadBalancing.DeleteTargetGroupAsync(new DeleteTargetGroupRequest { TargetGroupArn = arn }))),
        ];
    }

    private async Task<ImmutableArray<Remainder>> RulesAsync()
    {
        var all = await Pages.AllAsync(
            token => aws.Ec2.DescribeSecurityGroupRulesAsync(new() { Filters = Tagged, NextToken = token }), page => page.SecurityGroupRules, page => page.NextToken);
        return
        [
            .. all.Where(static one => one.IsEgress is not true).Select(one => Plain($"security group rule of {one.GroupId}", one.SecurityGroupRuleId, () =>
                aws.Ec2.RevokeSecurityGroupIngressAsync(new RevokeSecurityGroupIngressRequest { GroupId = one.GroupId, SecurityGroupRuleIds = [one.SecurityGroupRuleId] }))),
        ];
    }

    private async Task<ImmutableArray<Remainder>> SecurityGroupsAsync()
    {
        var all = await Pages.AllAsync(
            token => aws.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { Filters = Tagged, NextToken = token }), page => page.SecurityGroups, page => page.NextToken);
        return [.. all.Select(one => Plain("security group", one.GroupId, () => aws.Ec2.DeleteSecurityGroupAsync(new DeleteSecurityGroupRequest { GroupId = one.GroupId })))];
    }

    private async Task<IEnumerable<ServiceConfiguration>> OwnServicesAsync()
    {
        var all = await Pages.AllAsync(
            token => aws.Ec2.DescribeVpcEndpointServiceConfigurationsAsync(new() { Filters = Tagged, NextToken = token }), page => page.ServiceConfigurations, page => page.NextToken);
        // Moto does not look at the filter.
        return all.Where(one => (one.Tags ?? []).Exists(tag => tag.Key == ResourceTags.Stack && tag.Value == stack));
    }

    // One call takes at most 20 ARNs.
    private async Task<ImmutableArray<string>> OwnAsync(IEnumerable<string> arns)
    {
        var own = ImmutableArray.CreateBuilder<string>();
        foreach (var some in arns.Chunk(20))
        {
            var answer = await aws.LoadBalancing.DescribeTagsAsync(new() { ResourceArns = [.. some] });
            own.AddRange((answer.TagDescriptions ?? [])
                .Where(one => (one.Tags ?? []).Exists(tag => tag.Key == ResourceTags.Stack && tag.Value == stack))
                .Select(static one => one.ResourceArn));
        }

        return own.ToImmutable();
    }

    private static Remainder Plain(string kind, string id, Func<Task> remove) => new($"{kind} {id}", async () =>
    {
        await remove();
        return null;
    });

    private static string? Refusal(List<UnsuccessfulItem>? items) => items is { Count: > 0 } ? $"{items[0].Error.Code}: {items[0].Error.Message}" : null;
}
