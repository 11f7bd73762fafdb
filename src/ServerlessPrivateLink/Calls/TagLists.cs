using System.Collections.Immutable;
using Ec2 = Amazon.EC2.Model;
using Elb = Amazon.ElasticLoadBalancingV2.Model;

namespace ServerlessPrivateLink.Calls;

/// <summary>Tags in the two shapes in which AWS takes and gives them.</summary>
internal static class TagLists
{
    public static ImmutableDictionary<string, string> Read(this List<Ec2.Tag>? tags) =>
        (tags ?? []).ToImmutableDictionary(static tag => tag.Key, static tag => tag.Value ?? "", StringComparer.Ordinal);

    public static ImmutableDictionary<string, string> Read(this List<Elb.Tag>? tags) =>
        (tags ?? []).ToImmutableDictionary(static tag => tag.Key, static tag => tag.Value ?? "", StringComparer.Ordinal);

    public static List<Ec2.Tag> ForEc2(this IReadOnlyDictionary<string, string> tags) =>
        [.. tags.Select(static tag => new Ec2.Tag { Key = tag.Key, Value = tag.Value })];

    public static List<Elb.Tag> ForLoadBalancing(this IReadOnlyDictionary<string, string> tags) =>
        [.. tags.Select(static tag => new Elb.Tag { Key = tag.Key, Value = tag.Value })];

    public static List<Ec2.TagSpecification> OnCreate(this IReadOnlyDictionary<string, string> tags, Amazon.EC2.ResourceType kind) =>
        [new() { ResourceType = kind, Tags = tags.ForEc2() }];
}
