using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>An environment variable that a run on AWS reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Allowed">What it holds, for people.</param>
/// <param name="Fits">Whether a value can be that.</param>
internal sealed record AwsVariable(string Name, string Allowed, Func<string, bool> Fits)
{
    public static readonly AwsVariable Region = new("PRIVATELINK_AWS_REGION", "a Region of the partition aws, such as eu-central-1", Matches("(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-[0-9]"));
    public static readonly AwsVariable Account = new("PRIVATELINK_AWS_ACCOUNT", "the 12 digits of the account", Matches("[0-9]{12}"));
    public static readonly AwsVariable Vpc = new("PRIVATELINK_AWS_VPC", "the id of the database's VPC", Matches(Id("vpc")));
    public static readonly AwsVariable Subnets = new("PRIVATELINK_AWS_SUBNETS", "ids of subnets, one in each zone of the database's subnet group, separated by commas", Matches($"{Id("subnet")}(,{Id("subnet")})*"));
    public static readonly AwsVariable Database = new("PRIVATELINK_AWS_DATABASE", "the identifier of an RDS DB instance", Matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"));
    public static readonly AwsVariable DatabaseEndpoint = new("PRIVATELINK_AWS_DATABASE_ENDPOINT", "its private IPv4 address and port, such as 10.20.0.7:5432", IsEndpoint);
    public static readonly AwsVariable SecurityGroup = new("PRIVATELINK_AWS_DATABASE_SECURITY_GROUP", "the id of its one security group", Matches(Id("sg")));
    public static readonly AwsVariable AlertTopic = new("PRIVATELINK_AWS_ALERT_TOPIC", "the ARN of an SNS topic", Matches(Topic));
    public static readonly AwsVariable ConnectionTopic = new("PRIVATELINK_AWS_CONNECTION_TOPIC", "the ARN of an SNS topic to which vpce.amazonaws.com may publish", Matches(Topic));
    public static readonly AwsVariable Consumers = new("PRIVATELINK_AWS_CONSUMERS", "the ids of two other accounts, separated by a comma", Matches("([0-9]{12}),(?!\\1)[0-9]{12}"));
    public static readonly AwsVariable AccessKey = new("AWS_ACCESS_KEY_ID", "of temporary credentials", Matches(".+"));
    public static readonly AwsVariable SecretKey = new("AWS_SECRET_ACCESS_KEY", "of temporary credentials", Matches(".+"));
    public static readonly AwsVariable SessionToken = new("AWS_SESSION_TOKEN", "of temporary credentials", Matches(".+"));

    public static readonly IReadOnlyList<AwsVariable> All =
        [Region, Account, Vpc, Subnets, Database, DatabaseEndpoint, SecurityGroup, AlertTopic, ConnectionTopic, Consumers, AccessKey, SecretKey, SessionToken];

    private const string Topic = "arn:aws:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}";

    /// <exception cref="AwsVariableException">The value cannot be what the variable holds.</exception>
    public string Of(IReadOnlyDictionary<string, string> environment)
    {
        var value = environment[Name];
        return Fits(value) ? value : throw new AwsVariableException($"{Name} is '{value}'; it must be {Allowed}");
    }

    private static string Id(string kind) => $"{kind}-(?:[0-9a-f]{{8}}|[0-9a-f]{{17}})";

    private static Func<string, bool> Matches(string pattern) => value => Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static bool IsEndpoint(string value) =>
        IPEndPoint.TryParse(value, out var endpoint) && endpoint.AddressFamily is AddressFamily.InterNetwork && endpoint.Port > 0
        && value == string.Create(CultureInfo.InvariantCulture, $"{endpoint.Address}:{endpoint.Port}");
}

/// <summary>A variable says something that cannot be.</summary>
internal sealed class AwsVariableException(string message) : Exception(message);
