using System.Collections.Immutable;

namespace LocalAws.Templates;

/// <summary>Makes a resource from its evaluated properties.</summary>
internal delegate Made ResourceMaker(Deployment deployment, string id, Properties properties);

/// <summary>The resource types that can be deployed here.</summary>
internal static class ResourceTypes
{
    public static readonly ImmutableDictionary<string, ResourceMaker> All = ImmutableDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, ResourceMaker>(StringComparer.Ordinal)
    {
        [ServerlessFunction.Type] = ServerlessFunction.Make,
        [ServerlessStateMachine.Type] = ServerlessStateMachine.Make,
        ["AWS::SNS::Topic"] = SnsResources.Topic,
        ["AWS::SNS::TopicPolicy"] = SnsResources.TopicPolicy,
        ["AWS::SNS::Subscription"] = SnsResources.Subscription,
        ["AWS::Lambda::EventInvokeConfig"] = AsyncResources.EventInvokeConfig,
        ["AWS::Lambda::Permission"] = LambdaPermissions.Permission,
        ["AWS::SQS::Queue"] = SqsResources.Queue,
        ["AWS::SQS::QueuePolicy"] = SqsResources.QueuePolicy,
        ["AWS::Events::Rule"] = EventResources.Rule,
        ["AWS::Pipes::Pipe"] = PipeResources.Pipe,
        ["AWS::CloudWatch::Alarm"] = MonitoringResources.Alarm,
        ["AWS::CloudWatch::Dashboard"] = MonitoringResources.Dashboard,
        ["AWS::KMS::Key"] = KmsResources.Key,
        ["AWS::KMS::Alias"] = KmsResources.Alias,
        ["AWS::Logs::LogGroup"] = LogResources.LogGroup,
        ["AWS::EC2::SecurityGroup"] = SecurityGroupResources.Group,
        ["AWS::EC2::SecurityGroupIngress"] = SecurityGroupResources.Ingress,
        ["AWS::EC2::SecurityGroupEgress"] = SecurityGroupResources.Egress,
        ["AWS::IAM::Role"] = IamResources.Role,
        ["AWS::IAM::ManagedPolicy"] = IamResources.ManagedPolicy,
    });

    /// <summary>Whether a function makes a resource of this type, and not AWS (AWS CloudFormation Template Reference, "AWS::CloudFormation::CustomResource").</summary>
    public static bool IsCustom(string type) => type is "AWS::CloudFormation::CustomResource" || type.StartsWith("Custom::", StringComparison.Ordinal);
}
