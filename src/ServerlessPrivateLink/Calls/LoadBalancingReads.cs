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

    public static async Task<LoadBalancer?> LoadBalancerAsync(this IAmazonElasticLoadBalancingV2 elb, string name, CancellationToken token)
    {
        try
        {
            var answer = await elb.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = [name] }, token);
            return answer.LoadBalancers?.FirstOrDefault();
        }
        catch (LoadBalancerNotFoundException)
        {
            return null;
        }
    }

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
