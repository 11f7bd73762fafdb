using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>What a role is for, beside what its own code does.</summary>
public enum RoleDuty
{
    /// <summary>A function's logs.</summary>
    FunctionLogs,

    /// <summary>A function's network interfaces.</summary>
    FunctionInVpc,

    /// <summary>Traces of a function or state machine.</summary>
    Tracing,

    /// <summary>A state machine's logs.</summary>
    StateMachineLogs,

    /// <summary>Making the first load balancer or target group of an account.</summary>
    FirstLoadBalancer,
}

/// <summary>A permission that an AWS service uses in a role's name.</summary>
/// <param name="Duty">For what.</param>
/// <param name="Action">The action.</param>
/// <param name="Required">Whether AWS refuses to create the function or state machine without it.</param>
/// <param name="Source">The public document that says so.</param>
public sealed record ServiceUse(RoleDuty Duty, string Action, bool Required, string Source);

/// <summary>The one list of permissions that no call of ours uses, because AWS uses them for us.</summary>
public static class UsedByServices
{
    private const string LambdaLogs = "AWS Lambda Developer Guide, \"Sending Lambda function logs to CloudWatch Logs\"";
    private const string LambdaVpc = "AWS Lambda Developer Guide, \"Giving Lambda functions access to resources in an Amazon VPC\"";
    private const string XRay = "AWS Managed Policy Reference, AWSXRayDaemonWriteAccess";
    private const string StatesXRay = "AWS Step Functions Developer Guide, \"AWS X-Ray and Step Functions\"";
    private const string StatesLogs = "AWS Step Functions Developer Guide, \"Using CloudWatch Logs to log execution history\"";
    private const string LinkedRole = "Elastic Load Balancing User Guide, \"Elastic Load Balancing service-linked role\"";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<ServiceUse> All =
    [
        new(RoleDuty.FunctionLogs, "logs:CreateLogGroup", false, LambdaLogs),
        new(RoleDuty.FunctionLogs, "logs:CreateLogStream", false, LambdaLogs),
        new(RoleDuty.FunctionLogs, "logs:PutLogEvents", false, LambdaLogs),
        new(RoleDuty.FunctionInVpc, "ec2:CreateNetworkInterface", true, LambdaVpc),
        new(RoleDuty.FunctionInVpc, "ec2:DescribeNetworkInterfaces", true, LambdaVpc),
        new(RoleDuty.FunctionInVpc, "ec2:DeleteNetworkInterface", true, LambdaVpc),
        new(RoleDuty.FunctionInVpc, "ec2:DescribeSubnets", false, LambdaVpc),
        new(RoleDuty.FunctionInVpc, "ec2:AssignPrivateIpAddresses", false, LambdaVpc),
        new(RoleDuty.FunctionInVpc, "ec2:UnassignPrivateIpAddresses", false, LambdaVpc),
        new(RoleDuty.Tracing, "xray:PutTraceSegments", false, XRay),
        new(RoleDuty.Tracing, "xray:PutTelemetryRecords", false, XRay),
        new(RoleDuty.Tracing, "xray:GetSamplingRules", false, StatesXRay),
        new(RoleDuty.Tracing, "xray:GetSamplingTargets", false, StatesXRay),
        new(RoleDuty.Tracing, "xray:GetSamplingStatisticSummaries", false, XRay),
        new(RoleDuty.StateMachineLogs, "logs:CreateLogDelivery", true, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:GetLogDelivery", true, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:UpdateLogDelivery", true, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:DeleteLogDelivery", true, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:ListLogDeliveries", true, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:PutResourcePolicy", true, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:DescribeResourcePolicies", true, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:DescribeLogGroups", true, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:CreateLogStream", false, StatesLogs),
        new(RoleDuty.StateMachineLogs, "logs:PutLogEvents", false, StatesLogs),
        new(RoleDuty.FirstLoadBalancer, "iam:CreateServiceLinkedRole", false, LinkedRole),
    ];

    /// <summary>Whether AWS uses an action in the name of a role with these duties.</summary>
    public static bool Covers(string action, params IEnumerable<RoleDuty> duties) =>
        All.Any(use => duties.Contains(use.Duty) && use.Action.Equals(action, StringComparison.OrdinalIgnoreCase));
}
