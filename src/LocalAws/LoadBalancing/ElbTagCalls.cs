using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Tags put on, taken off and looked at.</summary>
internal sealed class ElbTagCalls(LoadBalancingState elb)
{
    private const int MostDescribed = 20;

    public IEnumerable<Operation> All =>
    [
        Operation.Writes("AddTags", Add),
        Operation.Writes("RemoveTags", Remove),
        Operation.Reads("DescribeTags", Describe),
    ];

    private Answer Add(ApiCall call)
    {
        var tags = ElbNames.Tags(call.Form);
        foreach (var resource in Allowed(call, ConditionKeys.None.RequestTags(tags)))
        {
            var all = resource.Tags.With(tags.Values);
            ElbNames.CheckCount(all);
            resource.Tags = all;
        }

        return Answer.Of();
    }

    private Answer Remove(ApiCall call)
    {
        var keys = call.Form.Texts("TagKeys.member");
        foreach (var resource in Allowed(call, ConditionKeys.None.With("aws:TagKeys", keys)))
            resource.Tags = resource.Tags.Without(keys);
        return Answer.Of();
    }

    private Answer Describe(ApiCall call)
    {
        call.Demand("*");
        var arns = Arns(call);
        if (arns.Length > MostDescribed)
            throw ElbErrors.Invalid($"Up to {MostDescribed} resources can be described in a single call");
        return Answer.Of(Xml.List("TagDescriptions", "member", arns.Select(Find), resource =>
        [
            Xml.Of("ResourceArn", resource.Arn),
            Xml.List("Tags", "member", resource.Tags.Values, tag => [Xml.Of("Key", tag.Key), Xml.Of("Value", tag.Value)]),
        ]));
    }

    private ImmutableArray<ElbResource> Allowed(ApiCall call, ConditionKeys keys)
    {
        var arns = Arns(call);
        foreach (var arn in arns)
            call.DemandOn(arn, elb.Find<ElbResource>(arn), keys);
        return [.. arns.Select(Find)];
    }

    private static ImmutableArray<string> Arns(ApiCall call) =>
        call.Form.Texts("ResourceArns.member") is { IsEmpty: false } arns ? arns : throw ElbErrors.Invalid("At least one resource ARN must be specified");

    private ElbResource Find(string arn) => elb.FindShown<ElbResource>(arn) ?? throw arn.Split(':')[^1].Split('/')[0] switch
    {
        "loadbalancer" => ElbErrors.LoadBalancerNotFound(),
        "targetgroup" => ElbErrors.TargetGroupNotFound(),
        "listener" => ElbErrors.ListenerNotFound(),
        _ => ElbErrors.Invalid($"'{arn}' is not a valid ARN"),
    };
}
