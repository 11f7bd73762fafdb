using System.Collections.Immutable;
using ServerlessPrivateLink.Alerts;

namespace ServerlessPrivateLink;

/// <summary>What the stack tells its functions through their environment.</summary>
/// <param name="Stack">The CloudFormation stack's name: the owner in every tag.</param>
/// <param name="AccountId">The account that the stack stands in.</param>
/// <param name="Region">Its Region.</param>
/// <param name="Partition"><c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="VpcId">The one VPC that the stack serves.</param>
/// <param name="SubnetIds">The subnets in which names are resolved.</param>
/// <param name="AlertTopicArn">Where alerts are published.</param>
/// <param name="ConnectionTopicArn">Where EC2 publishes endpoint connection events.</param>
public sealed record StackSettings(
    string Stack,
    string AccountId,
    string Region,
    string Partition,
    string VpcId,
    ImmutableArray<string> SubnetIds,
    string AlertTopicArn,
    string ConnectionTopicArn)
{
    public const string StackVariable = "STACK_NAME";
    public const string AccountVariable = "ACCOUNT_ID";
    public const string RegionVariable = "AWS_REGION";
    public const string PartitionVariable = "AWS_PARTITION";
    public const string VpcVariable = "VPC_ID";
    public const string SubnetsVariable = "SUBNET_IDS";
    public const string AlertTopicVariable = "ALERT_TOPIC_ARN";
    public const string ConnectionTopicVariable = "CONNECTION_TOPIC_ARN";
    public const string AlertFormatVariable = "ALERT_FORMAT";
    public const string DatabaseSecurityGroupsVariable = "DATABASE_SECURITY_GROUPS";
    public const string ProbedGroupVariable = "PROBED_SECURITY_GROUP";

    /// <summary>What subscribers by HTTPS get.</summary>
    public AlertFormat AlertFormat { get; init; }

    /// <summary>ARNs of the security groups that the stack may open; empty: every one of the VPC.</summary>
    public ImmutableArray<string> DatabaseSecurityGroups { get; init; } = [];

    /// <summary>The security group that lets <c>ProbeDatabase</c> in, for the load balancers; empty: there is none.</summary>
    public string ProbedGroupId { get; init; } = "";

    public static StackSettings From(IReadOnlyDictionary<string, string> environment) => new(
        Value(environment, StackVariable),
        Value(environment, AccountVariable),
        Value(environment, RegionVariable),
        Value(environment, PartitionVariable),
        Value(environment, VpcVariable),
        Listed(Value(environment, SubnetsVariable)),
        Value(environment, AlertTopicVariable),
        Value(environment, ConnectionTopicVariable))
    {
        AlertFormat = Value(environment, AlertFormatVariable) == "chat" ? AlertFormat.Chat : AlertFormat.Standard,
        // Only the step that plans a link has these.
        DatabaseSecurityGroups = Listed(environment.GetValueOrDefault(DatabaseSecurityGroupsVariable, "")),
        ProbedGroupId = environment.GetValueOrDefault(ProbedGroupVariable, ""),
    };

    private static ImmutableArray<string> Listed(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    internal static string Value(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new SettingMissingException(name);
}

public sealed class SettingMissingException(string variable)
    : Exception($"The environment variable {variable} is not set; template.yaml gives it to every function.");
