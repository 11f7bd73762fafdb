using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>Elastic Load Balancing v2 on the wire, API version 2015-12-01.</summary>
public sealed class LoadBalancingApi(LoadBalancingState elb) : ServiceApi
{
    /// <inheritdoc/>
    public override string SigningName => "elasticloadbalancing";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new QueryProtocol("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/");

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("ThrottlingException", "Rate exceeded");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        .. new LoadBalancerCalls(elb).All,
        .. new LoadBalancerChanges(elb).All,
        .. new TargetGroupCalls(elb).All,
        .. new TargetCalls(elb).All,
        .. new ListenerCalls(elb).All,
        .. new AttributeCalls(elb).All,
        .. new ElbTagCalls(elb).All,
        Operation.Reads("DescribeAccountLimits", AccountLimits.Describe),
    ];
}

/// <summary>
/// What a call must be allowed to do (Service Authorization Reference: "Actions, resources, and condition keys for AWS Elastic Load
/// Balancing V2"). All demands come before anything changes.
/// </summary>
internal static class ElbDemands
{
    /// <summary>What Elastic Load Balancing asks of EC2 in the caller's name: "Elastic Load Balancing API permissions", User Guide.</summary>
    public static void DemandOfEc2(this ApiCall call, params string[] operations)
    {
        foreach (var operation in operations)
            call.DemandAction($"ec2:{operation}", "*");
    }

    public static void DemandOn(this ApiCall call, string arn, ElbResource? resource, ConditionKeys? more = null) =>
        call.Demand(arn, (resource?.Keys ?? ConditionKeys.None).And(more ?? ConditionKeys.None));

    /// <summary>Tags that come with a create need the right to add tags in that way.</summary>
    public static void DemandTagOnCreate(this ApiCall call, string arnPattern, Tags tags)
    {
        if (tags.Any)
            call.DemandAction("elasticloadbalancing:AddTags", arnPattern, ConditionKeys.None.RequestTags(tags).With("elasticloadbalancing:CreateAction", call.Operation.Name));
    }
}
