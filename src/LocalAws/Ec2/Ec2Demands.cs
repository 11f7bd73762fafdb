using System.Net;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>
/// What an EC2 call must be allowed to do (Service Authorization Reference: "Actions, resources, and condition keys for Amazon EC2").
/// All demands come before anything changes, and a dry run ends after them.
/// </summary>
internal static class Ec2Demands
{
    public static void DemandInRegion(this ApiCall call, string resource, ConditionKeys? keys = null) =>
        call.Demand(resource, InRegion(call, keys));

    /// <summary>Demands the operation on a resource that may exist or not.</summary>
    public static void DemandOn(this ApiCall call, Ec2State ec2, string kind, string id, ConditionKeys? more = null) =>
        call.DemandInRegion(ec2.Arn(kind, id), ec2.KeysOf(ec2.Find<Ec2Resource>(id)).And(more ?? ConditionKeys.None));

    /// <summary>Demands the operation on a resource that it makes and, when tags come with it, the right to tag it in that way.</summary>
    public static void DemandCreate(this ApiCall call, Ec2State ec2, string kind, Tags tags, ConditionKeys? more = null)
    {
        var resource = ec2.Arn(kind, "*");
        call.DemandInRegion(resource, (more ?? ConditionKeys.None).RequestTags(tags));
        if (tags.Any)
            call.DemandAction("ec2:CreateTags", resource, InRegion(call, ConditionKeys.None.RequestTags(tags).With("ec2:CreateAction", call.Operation.Name)));
    }

    public static void StopIfDryRun(this ApiCall call)
    {
        if (call.Form.Flag("DryRun") is true)
            throw new AwsErrorException("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", HttpStatusCode.PreconditionFailed);
    }

    private static ConditionKeys InRegion(ApiCall call, ConditionKeys? keys) =>
        (keys ?? ConditionKeys.None).With("ec2:Region", call.Cloud.Options.Region);
}
