using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace ServerlessPrivateLink.Calls;

/// <summary>Reads of Elastic Load Balancing, to the last page.</summary>
internal static class LoadBalancingReads
{
    // DescribeTags takes 20 ARNs (Elastic Load Balancing API Reference).
    private const int TagsPerCall = 20;

    public static Task<ImmutableArray<TargetGroup>> TargetGroupsAsync(this IAmazonElasticLoadBalancingV2 elb, CancellationToken token) =>
        Pages.ReadAsync(
            marker => elb.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Marker = marker }, token),
            static answer => answer.TargetGroups,
            static answer => answer.NextMarker);

    public static Task<ImmutableArray<Listener>> ListenersAsync(this IAmazonElasticLoadBalancingV2 elb, string loadBalancerArn, CancellationToken token) =>
        Pages.ReadAsync(
            marker => elb.DescribeListenersAsync(new DescribeListenersRequest { LoadBalancerArn = loadBalancerArn, Marker = marker }, token),
            static answer => answer.Listeners,
            static answer => answer.NextMarker);

    /// <summary>From the whole list: that something is not found says that it is not shown yet, so nothing is asked by a name that may be free.</summary>
    public static async Task<LoadBalancer?> LoadBalancerAsync(this IAmazonElasticLoadBalancingV2 elb, string name, CancellationToken token) =>
        (await elb.LoadBalancersAsync(token)).FirstOrDefault(balancer => balancer.LoadBalancerName == name);

    public static Task<ImmutableArray<LoadBalancer>> LoadBalancersAsync(this IAmazonElasticLoadBalancingV2 elb, CancellationToken token) =>
        Pages.ReadAsync(
            marker => elb.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Marker = marker }, token),
            static answer => answer.LoadBalancers,
            static answer => answer.NextMarker);

    public static async Task<ImmutableDictionary<string, ImmutableDictionary<string, string>>> TagsAsync(
        this IAmazonElasticLoadBalancingV2 elb,
        IEnumerable<string> arns,
        CancellationToken token)
    {
        var tags = ImmutableDictionary.CreateBuilder<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var some in arns.Chunk(TagsPerCall))
        {
            var answer = await elb.DescribeTagsAsync(new DescribeTagsRequest { ResourceArns = [.. some] }, token);
            foreach (var description in answer.TagDescriptions ?? []) tags[description.ResourceArn] = description.Tags.Read();
        }

        return tags.ToImmutable();
    }

    public static async Task<ImmutableArray<TargetHealthDescription>> TargetsAsync(this IAmazonElasticLoadBalancingV2 elb, string targetGroupArn, CancellationToken token)
    {
        var answer = await elb.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = targetGroupArn }, token);
        return [.. answer.TargetHealthDescriptions ?? []];
    }
}
