using System.Collections.Immutable;
using System.Net.Sockets;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>A rival's target group, as its script sees it: those that drain are in the list like all others.</summary>
internal sealed class RivalTargets(IAmazonElasticLoadBalancingV2 elb, string arn, Func<Task<ImmutableArray<string>>> resolve, Dictionary<string, int> missing)
{
    /// <summary>In how many runs on end an address was absent from DNS, kept from run to run.</summary>
    public Dictionary<string, int> Missing => missing;

    /// <exception cref="SocketException">There is no address.</exception>
    public async Task<ImmutableArray<string>> ResolveAsync() =>
        await resolve() is { IsEmpty: false } found ? found : throw new SocketException((int)SocketError.NoData);

    public async Task<ImmutableArray<string>> ListAsync() =>
        [.. ((await elb.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = arn })).TargetHealthDescriptions ?? []).Select(static one => one.Target.Id)];

    public async Task RegisterAsync(IEnumerable<string> addresses)
    {
        if (Describe(addresses) is { Count: > 0 } targets) await elb.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = arn, Targets = targets });
    }

    public async Task DeregisterAsync(IEnumerable<string> addresses)
    {
        if (Describe(addresses) is { Count: > 0 } targets) await elb.DeregisterTargetsAsync(new DeregisterTargetsRequest { TargetGroupArn = arn, Targets = targets });
    }

    private static List<TargetDescription> Describe(IEnumerable<string> addresses) => [.. addresses.Select(static address => new TargetDescription { Id = address })];
}
