using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using LocalAws.Access;
using Xunit;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>What a run on AWS itself needs to be told; its owner has prepared all of it, and the run changes none of it but the security group's rules.</summary>
/// <param name="Region">Where.</param>
/// <param name="AccountId">In which account.</param>
/// <param name="VpcId">The database's VPC.</param>
/// <param name="SubnetIds">The load balancer's subnets, one in each zone of the database's subnet group.</param>
/// <param name="Database">The identifier of an RDS DB instance that is available.</param>
/// <param name="DatabaseEndpoint">Its private address and its port.</param>
/// <param name="SecurityGroupId">The one security group of the database, the only one that is opened.</param>
/// <param name="AlertTopicArn">A topic that the credentials may publish to.</param>
/// <param name="ConnectionTopicArn">A topic whose policy lets <c>vpce.amazonaws.com</c> publish.</param>
/// <param name="Consumers">Two accounts that become allowed principals of the endpoint service.</param>
/// <param name="Key">Temporary credentials.</param>
internal sealed record AwsAccount(
    string Region,
    string AccountId,
    string VpcId,
    ImmutableArray<string> SubnetIds,
    string Database,
    IPEndPoint DatabaseEndpoint,
    string SecurityGroupId,
    string AlertTopicArn,
    string ConnectionTopicArn,
    ImmutableArray<string> Consumers,
    IssuedKey Key)
{
    public const string OptIn = "PRIVATELINK_AWS_TESTS";

    /// <summary>The stack's name in names and tags. Nobody else's stack is called so, or the run is refused.</summary>
    public const string Stack = "privatelink-test";

    public Remote Remote => new(
        new StackSettings(Stack, AccountId, Region, "aws", VpcId, SubnetIds, AlertTopicArn, ConnectionTopicArn)
        {
            DatabaseSecurityGroups = [$"arn:aws:ec2:{Region}:{AccountId}:security-group/{SecurityGroupId}"],
        },
        Key,
        [DatabaseEndpoint.Address]);

    /// <summary>The account, when somebody wants it used and says what it has; else the test is skipped with the reason.</summary>
    /// <exception cref="AwsVariableException">Something that is said cannot be.</exception>
    public static AwsAccount OrSkip(IReadOnlyDictionary<string, string> environment)
    {
        Skip.IfNot(environment.GetValueOrDefault(OptIn) == "1", $"{OptIn} is not 1");
        var missing = AwsVariable.All.Where(variable => string.IsNullOrEmpty(environment.GetValueOrDefault(variable.Name))).ToImmutableArray();
        Skip.IfNot(missing.IsEmpty, $"{OptIn} is 1, but these are not set: {string.Join("; ", missing.Select(static variable => $"{variable.Name} ({variable.Allowed})"))}");
        return Read(environment);
    }

    private static AwsAccount Read(IReadOnlyDictionary<string, string> environment)
    {
        string Value(AwsVariable variable) => variable.Of(environment);
        var account = new AwsAccount(
            Value(AwsVariable.Region),
            Value(AwsVariable.Account),
            Value(AwsVariable.Vpc),
            Listed(Value(AwsVariable.Subnets)),
            Value(AwsVariable.Database),
            IPEndPoint.Parse(Value(AwsVariable.DatabaseEndpoint)),
            Value(AwsVariable.SecurityGroup),
            Value(AwsVariable.AlertTopic),
            Value(AwsVariable.ConnectionTopic),
            Listed(Value(AwsVariable.Consumers)),
            new(Value(AwsVariable.AccessKey), Value(AwsVariable.SecretKey), Value(AwsVariable.SessionToken)));
        account.DemandHere(AwsVariable.AlertTopic, account.AlertTopicArn);
        account.DemandHere(AwsVariable.ConnectionTopic, account.ConnectionTopicArn);
        return account;
    }

    private void DemandHere(AwsVariable variable, string topicArn)
    {
        var here = string.Create(CultureInfo.InvariantCulture, $"arn:aws:sns:{Region}:{AccountId}:");
        if (!topicArn.StartsWith(here, StringComparison.Ordinal))
            throw new AwsVariableException($"{variable.Name} is '{topicArn}'; a topic of {AwsVariable.Region.Name} and {AwsVariable.Account.Name} begins with {here}");
    }

    private static ImmutableArray<string> Listed(string text) => [.. text.Split(',')];
}
