using System.Collections.Immutable;
using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>
/// The policies of AWS's own that SAM attaches or a template may name (AWS Managed Policy Reference; AWS X-Ray Developer Guide,
/// "AWS managed policies").
/// </summary>
internal static class ManagedPolicies
{
    public const string Basic = "AWSLambdaBasicExecutionRole";
    public const string Vpc = "AWSLambdaVPCAccessExecutionRole";

    private static readonly ImmutableArray<string> Logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

    private static readonly ImmutableArray<string> Interfaces =
    [
        "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
    ];

    private static readonly ImmutableArray<string> Traces =
    [
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:GetSamplingStatisticSummaries",
    ];

    private static readonly ImmutableSortedDictionary<string, Policy> Known = new[]
    {
        Everywhere(Basic, Logs),
        Everywhere(Vpc, Logs.AddRange(Interfaces)),
        Everywhere("AWSXrayWriteOnlyAccess", Traces),
        Everywhere("AWSXRayDaemonWriteAccess", Traces),
    }.ToImmutableSortedDictionary(policy => policy.Name, policy => policy, StringComparer.Ordinal);

    /// <summary>SAM takes the older name in the commercial partition and the newer one elsewhere.</summary>
    public static Policy Tracing(Deployment deployment) => Known[deployment.Cloud.Options.Partition is "aws" ? "AWSXrayWriteOnlyAccess" : "AWSXRayDaemonWriteAccess"];

    public static Policy ByName(string name, string path) =>
        Known.GetValueOrDefault(name) ?? throw new TemplateException(path, $"'{name}'", string.Join(", ", Known.Keys));

    public static Policy ByArn(Deployment deployment, string arn, string path) =>
        deployment.Made.ManagedPolicies.GetValueOrDefault(arn)
        ?? (arn.StartsWith($"arn:{deployment.Cloud.Options.Partition}:iam::aws:policy/", StringComparison.Ordinal)
            ? ByName(arn[(arn.LastIndexOf('/') + 1)..], path)
            : throw new TemplateException(path, arn, "a managed policy of this template or of AWS"));

    private static Policy Everywhere(string name, ImmutableArray<string> actions) => new(name, [new(name, false, actions, ["*"], [])]);
}
