using System.Collections.Immutable;
using LocalAws;
using LocalAws.Access;
using LocalAws.Templates;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deployment;

/// <summary>The template that is deployed, evaluated by LocalAws with each way of setting its parameters.</summary>
public sealed class TemplateOnLocalAwsTests
{
    private static readonly Template Template = Template.Load(Path.Combine(Root, "template.yaml"));

    private static readonly ImmutableDictionary<string, string> Parameters = ImmutableDictionary<string, string>.Empty
        .Add("VpcId", "vpc-0123456789abcdef0")
        .Add("SubnetIds", "subnet-0123456789abcdef0,subnet-0123456789abcdef1");

    private static string Root
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory.FullName, "template.yaml")))
                directory = directory.Parent ?? throw new DirectoryNotFoundException("No template.yaml above the tests.");
            return directory.FullName;
        }
    }

    [Theory]
    [InlineData("aws", "eu-central-1")]
    [InlineData("aws-cn", "cn-north-1")]
    [InlineData("aws-us-gov", "us-gov-west-1")]
    public void It_deploys_in_every_partition_and_names_no_other(string partition, string region)
    {
        var stack = Deploy(CloudOptions.Default with { Partition = partition, Region = region }, Parameters);

        var statements = stack.Roles.Values
            .SelectMany(role => role.Policies)
            .SelectMany(policy => policy.Statements)
            .Concat(stack.Keys.Values.SelectMany(key => key.Policy.Statements).Select(at => at.Statement));
        Assert.All(statements.SelectMany(statement => statement.Resources).Where(resource => resource != "*"), resource =>
            Assert.StartsWith($"arn:{partition}:", resource, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_parameters_reach_what_they_are_for()
    {
        const string Group = "arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0123456789abcdef0";
        var stack = Deploy(CloudOptions.Default, Parameters.Add("AlertEmail", "me@example.org").Add("DatabaseSecurityGroups", Group).Add("LogRetentionDays", "30"));

        var email = Assert.Single(stack.Subscriptions, static one => one.Protocol == "email");
        Assert.Equal(("me@example.org", stack.Topics["AlertTopic"].Arn), (email.Endpoint, email.TopicArn));
        Assert.Contains(stack.Functions["AuthorizeDatabaseIngress"].Role.Policies.SelectMany(policy => policy.Statements), statement =>
            statement.Resources is [Group] && statement.Actions is ["ec2:AuthorizeSecurityGroupIngress"]);
        Assert.All(stack.LogGroups.Values, group => Assert.Equal(30, group.RetentionDays));
    }

    [Fact]
    public void Only_resolver_and_probe_are_in_the_vpc_and_their_code_may_use_nothing_there()
    {
        var stack = Deploy(CloudOptions.Default, Parameters);

        Assert.Equal(["ProbeDatabase", "ResolveAddresses"], stack.Functions.Values.Where(function => function.Vpc is not null).Select(function => function.LogicalId));
        Assert.All(stack.Functions.Values.Where(function => function.Vpc is not null), function => Assert.Contains(
            function.Role.Policies.SelectMany(policy => policy.Statements),
            statement => statement.Deny && statement.Actions is ["ec2:*"] && statement.Conditions.Any(condition => condition.Key == "lambda:SourceFunctionArn")));
    }

    [Theory]
    [InlineData("Provision")]
    [InlineData("Release")]
    public void The_machine_may_invoke_its_functions_and_no_others(string id)
    {
        var stack = Deploy(CloudOptions.Default, Parameters);
        var machine = stack.StateMachines[id];

        var allowed = machine.Role.Policies.SelectMany(policy => policy.Statements).Where(statement => statement.Actions is ["lambda:InvokeFunction"]).SelectMany(statement => statement.Resources);
        Assert.Equal(
            stack.Functions.Values.Select(function => function.Arn).Where(arn => machine.Definition.Contains($"\"{arn}\"", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            allowed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_topics_are_under_the_one_key()
    {
        var stack = Deploy(CloudOptions.Default, Parameters);

        var key = Assert.Single(stack.Keys.Values);
        Assert.Equal(2, stack.Topics.Count);
        Assert.All(stack.Topics.Values, topic => Assert.Equal(key.Arn, topic.KmsKeyArn));
        Assert.All(stack.Topics.Values, topic => Assert.NotNull(topic.Policy));
    }

    [Theory]
    [InlineData("cloudwatch.amazonaws.com", "AlertTopic", "cloudwatch", "alarm:unhealthy")]
    [InlineData("vpce.amazonaws.com", "ConnectionTopic", "ec2", "vpc-endpoint-service/vpce-svc-0123456789abcdef0")]
    public void A_service_publishes_to_its_topic_alone_and_for_this_account_alone(string service, string topic, string sourceService, string source)
    {
        var cloud = new Cloud(CloudOptions.Default);
        var stack = Template.Deploy(cloud, "exposed", Parameters);
        var other = stack.Topics.Values.Single(candidate => candidate.LogicalId != topic);
        var ours = ConditionKeys.None.With("aws:SourceAccount", "111122223333").With("aws:SourceArn", cloud.Arn(sourceService, source));
        var theirs = ours.With("aws:SourceAccount", "444455556666");
        var publish = new AccessRequest("sns:Publish", stack.Topics[topic].Arn, ours);
        var encrypt = new AccessRequest("kms:GenerateDataKey", stack.Topics[topic].KmsKeyArn!, ours);

        cloud.Access.DemandOfService(service, publish);
        cloud.Access.DemandOfService(service, encrypt);
        cloud.Access.DemandOfService(service, encrypt with { Action = "kms:Decrypt" });

        Assert.Throws<AccessDeniedException>(() => cloud.Access.DemandOfService(service, publish with { Resource = other.Arn }));
        Assert.Throws<AccessDeniedException>(() => cloud.Access.DemandOfService(service, publish with { Keys = theirs }));
        Assert.Throws<AccessDeniedException>(() => cloud.Access.DemandOfService(service, encrypt with { Keys = theirs }));
        Assert.Throws<AccessDeniedException>(() => cloud.Access.DemandOfService("s3.amazonaws.com", publish));
    }

    [Fact]
    public void No_policy_allows_all_actions_of_a_service() =>
        Assert.All(
            Deploy(CloudOptions.Default, Parameters).Roles.Values.SelectMany(role => role.Policies).SelectMany(policy => policy.Statements).Where(statement => !statement.Deny),
            statement => Assert.DoesNotContain(statement.Actions, action => action.Contains('*', StringComparison.Ordinal)));

    private static Stack Deploy(CloudOptions options, ImmutableDictionary<string, string> parameters) => Template.Deploy(new(options), "exposed", parameters);
}
