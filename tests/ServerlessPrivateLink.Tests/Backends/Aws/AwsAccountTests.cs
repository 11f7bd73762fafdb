using Xunit;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>What a run on AWS is told, and what it makes of it.</summary>
public sealed class AwsAccountTests
{
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal)
    {
        ["PRIVATELINK_AWS_TESTS"] = "1",
        ["PRIVATELINK_AWS_REGION"] = "eu-central-1",
        ["PRIVATELINK_AWS_ACCOUNT"] = "123456789012",
        ["PRIVATELINK_AWS_VPC"] = "vpc-0a100000000000001",
        ["PRIVATELINK_AWS_SUBNETS"] = "subnet-0a100000000000001,subnet-0a100000000000002",
        ["PRIVATELINK_AWS_DATABASE"] = "orders-test",
        ["PRIVATELINK_AWS_DATABASE_ENDPOINT"] = "10.20.0.7:5433",
        ["PRIVATELINK_AWS_DATABASE_SECURITY_GROUP"] = "sg-0a100000000000001",
        ["PRIVATELINK_AWS_ALERT_TOPIC"] = "arn:aws:sns:eu-central-1:123456789012:alerts",
        ["PRIVATELINK_AWS_CONNECTION_TOPIC"] = "arn:aws:sns:eu-central-1:123456789012:connections",
        ["PRIVATELINK_AWS_CONSUMERS"] = "210987654321,133737826969",
        ["AWS_ACCESS_KEY_ID"] = "ASIAEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "not-a-secret",
        ["AWS_SESSION_TOKEN"] = "not-a-token",
    };

    public static TheoryData<string> Variables => [.. AwsVariable.All.Select(static variable => variable.Name)];

    [Fact]
    public void The_stack_opens_the_named_security_group_alone()
    {
        var remote = AwsAccount.OrSkip(environment).Remote;

        Assert.Equal(["arn:aws:ec2:eu-central-1:123456789012:security-group/sg-0a100000000000001"], remote.Settings.DatabaseSecurityGroups.AsEnumerable());
        Assert.Equal(["subnet-0a100000000000001", "subnet-0a100000000000002"], remote.Settings.SubnetIds.AsEnumerable());
        Assert.Equal(("privatelink-test", "vpc-0a100000000000001", "not-a-token"), (remote.Settings.Stack, remote.Settings.VpcId, remote.Key.SessionToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("true")]
    public void Nobody_is_surprised_by_a_run(string optIn)
    {
        environment["PRIVATELINK_AWS_TESTS"] = optIn;

        Assert.Equal("PRIVATELINK_AWS_TESTS is not 1", Assert.Throws<SkipException>(() => AwsAccount.OrSkip(environment)).Message);
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void A_variable_that_is_missing_is_named_as_the_reason(string name)
    {
        environment[name] = "";

        Assert.StartsWith($"PRIVATELINK_AWS_TESTS is 1, but these are not set: {name} (", Assert.Throws<SkipException>(() => AwsAccount.OrSkip(environment)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRIVATELINK_AWS_REGION", "cn-north-1")]
    [InlineData("PRIVATELINK_AWS_REGION", "Frankfurt")]
    [InlineData("PRIVATELINK_AWS_ACCOUNT", "12345678901")]
    [InlineData("PRIVATELINK_AWS_VPC", "vpc-1234")]
    [InlineData("PRIVATELINK_AWS_SUBNETS", "subnet-0a100000000000001, subnet-0a100000000000002")]
    [InlineData("PRIVATELINK_AWS_DATABASE", "Orders.corp")]
    [InlineData("PRIVATELINK_AWS_DATABASE_ENDPOINT", "10.20.0.7")]
    [InlineData("PRIVATELINK_AWS_DATABASE_ENDPOINT", "orders.corp.example:5432")]
    [InlineData("PRIVATELINK_AWS_DATABASE_ENDPOINT", "[fd00::1]:5432")]
    [InlineData("PRIVATELINK_AWS_DATABASE_SECURITY_GROUP", "sg-0a100000000000001,sg-0a100000000000002")]
    [InlineData("PRIVATELINK_AWS_ALERT_TOPIC", "arn:aws:sns:eu-west-1:123456789012:alerts")]
    [InlineData("PRIVATELINK_AWS_CONNECTION_TOPIC", "arn:aws:sns:eu-central-1:210987654321:connections")]
    [InlineData("PRIVATELINK_AWS_CONSUMERS", "210987654321")]
    [InlineData("PRIVATELINK_AWS_CONSUMERS", "210987654321,210987654321")]
    public void A_variable_that_cannot_be_is_an_error_with_its_name_and_value(string name, string value)
    {
        environment[name] = value;

        Assert.StartsWith($"{name} is '{value}'; ", Assert.Throws<AwsVariableException>(() => AwsAccount.OrSkip(environment)).Message, StringComparison.Ordinal);
    }
}
