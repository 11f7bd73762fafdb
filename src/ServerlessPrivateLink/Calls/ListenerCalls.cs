using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using ServerlessPrivateLink.Provisioning;
using Action = Amazon.ElasticLoadBalancingV2.Model.Action;

namespace ServerlessPrivateLink.Calls;

/// <summary>Listeners as Elastic Load Balancing gives and takes them.</summary>
internal static class ListenerCalls
{
    public static async Task<ImmutableArray<FoundListener>> FoundListenersAsync(this IAmazonElasticLoadBalancingV2 elb, string loadBalancerArn, CancellationToken token)
    {
        var standing = await elb.ListenersAsync(loadBalancerArn, token);
        var tags = await elb.TagsAsync(standing.Select(static listener => listener.ListenerArn), token);
        return [.. standing.Select(listener => new FoundListener(
            listener.ListenerArn,
            listener.Port ?? 0,
            listener.DefaultActions?.FirstOrDefault()?.TargetGroupArn ?? "",
            tags.GetValueOrDefault(listener.ListenerArn, ImmutableDictionary<string, string>.Empty)))];
    }

    public static List<Action> ForwardTo(string targetGroupArn) => [new() { Type = ActionTypeEnum.Forward, TargetGroupArn = targetGroupArn }];
}
