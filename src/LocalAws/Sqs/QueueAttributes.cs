using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Access;

namespace LocalAws.Sqs;

/// <summary>
/// What a queue is set to, within the ranges of the API (Amazon SQS API Reference: SetQueueAttributes; a message may be 1 MiB since
/// August 2025).
/// </summary>
/// <param name="Given">What was set, by the attribute's name; all else has its default.</param>
public sealed record QueueAttributes(ImmutableSortedDictionary<string, string> Given)
{
    /// <summary>All as AWS sets it.</summary>
    public static readonly QueueAttributes Default = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    private const string Policies = "Policy";
    private const string RedriveName = "RedrivePolicy";
    private const string KeyName = "KmsMasterKeyId";
    private const string OwnKeys = "SqsManagedSseEnabled";
    private const string ManagedKey = "alias/aws/sqs";

    private static readonly ImmutableSortedDictionary<string, (int From, int To, int Default)> Numbers = new Dictionary<string, (int From, int To, int Default)>(StringComparer.Ordinal)
    {
        ["DelaySeconds"] = (0, 900, 0),
        ["KmsDataKeyReusePeriodSeconds"] = (60, 86_400, 300),
        ["MaximumMessageSize"] = (1024, 1_048_576, 1_048_576),
        ["MessageRetentionPeriod"] = (60, 1_209_600, 345_600),
        ["ReceiveMessageWaitTimeSeconds"] = (0, 20, 0),
        ["VisibilityTimeout"] = (0, 43_200, 30),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The names that can be set.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Numbers.Keys.Append(Policies).Append(RedriveName).Append(KeyName).Append(OwnKeys).Order(StringComparer.Ordinal)];

    internal TimeSpan Delay => Seconds("DelaySeconds");

    internal TimeSpan Retention => Seconds("MessageRetentionPeriod");

    internal TimeSpan Visibility => Seconds("VisibilityTimeout");

    internal TimeSpan Wait => Seconds("ReceiveMessageWaitTimeSeconds");

    internal int LargestMessage => Number("MaximumMessageSize");

    internal ResourcePolicy? Policy => Given.TryGetValue(Policies, out var text) ? ResourcePolicy.Read(Policies, Parse(Policies, text)) : null;

    internal RedrivePolicy? Redrive => Given.TryGetValue(RedriveName, out var text) ? ReadRedrive(text) : null;

    /// <summary>The customer's key that encrypts the messages; null: none, or one of AWS's that everybody in the account may use through SQS.</summary>
    internal string? Key => Given.GetValueOrDefault(KeyName) is { } key && key != ManagedKey ? key : null;

    /// <summary>Whether AWS's own key encrypts the messages, which no policy can open to another service.</summary>
    internal bool HasManagedKey => Given.GetValueOrDefault(KeyName) is ManagedKey;

    /// <summary>These attributes with others set; an empty policy or key takes it away.</summary>
    /// <exception cref="Wire.AwsErrorException">One has no such name, or no such value.</exception>
    public QueueAttributes With(IEnumerable<KeyValuePair<string, string>> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return new(more.Aggregate(Given, (given, attribute) => Check(attribute.Key, attribute.Value)
            ? given.SetItem(attribute.Key, attribute.Value)
            : given.Remove(attribute.Key)));
    }

    /// <summary>Each attribute's value, given or default.</summary>
    internal ImmutableSortedDictionary<string, string> All => Numbers
        .Where(number => number.Key is not "KmsDataKeyReusePeriodSeconds" || Given.ContainsKey(KeyName))
        .ToImmutableSortedDictionary(number => number.Key, number => Text(number.Value.Default), StringComparer.Ordinal)
        .SetItem(OwnKeys, Given.ContainsKey(KeyName) ? "false" : "true")
        .SetItems(Given);

    private static bool Check(string name, string value)
    {
        if (Numbers.TryGetValue(name, out var range))
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= range.From && number <= range.To
                ? true
                : throw SqsErrors.Attribute(name, $"Must be an integer from {range.From} to {range.To}.");
        }

        switch (name)
        {
            case Policies:
                return value.Length > 0 && CheckPolicy(value);
            case RedriveName:
                return value.Length > 0 && ReadRedrive(value) is not null;
            case KeyName:
                return value.Length > 0 && (value is ManagedKey || value.StartsWith("arn:", StringComparison.Ordinal)
                    ? true
                    : throw SqsErrors.Unsupported($"The key '{value}' must be named by its ARN, or be {ManagedKey}."));
            case OwnKeys:
                return value is "true" or "false" ? true : throw SqsErrors.Attribute(name, "Must be true or false.");
            case "FifoQueue" or "ContentBasedDeduplication" or "DeduplicationScope" or "FifoThroughputLimit":
                throw SqsErrors.Unsupported($"{name}: only standard queues are imitated.");
            case "RedriveAllowPolicy":
                throw SqsErrors.Unsupported($"{name} is not imitated.");
            default:
                throw SqsErrors.UnknownAttribute(name);
        }
    }

    private static bool CheckPolicy(string text)
    {
        try
        {
            ResourcePolicy.Read(Policies, Parse(Policies, text));
            return true;
        }
        catch (PolicyException error)
        {
            throw SqsErrors.Attribute(Policies, error.Message);
        }
    }

    private static RedrivePolicy ReadRedrive(string text)
    {
        const int Most = 1000;
        if (Parse(RedriveName, text) is not JsonObject fields)
            throw SqsErrors.Attribute(RedriveName, "Must be an object.");
        if (fields["deadLetterTargetArn"]?.ToString() is not { Length: > 0 } target)
            throw SqsErrors.Attribute(RedriveName, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        return int.TryParse(fields["maxReceiveCount"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Most
            ? new(target, count)
            : throw SqsErrors.Attribute(RedriveName, $"Invalid value for maxReceiveCount: {fields["maxReceiveCount"]?.ToJsonString() ?? "none"}, valid values are from 1 to {Most} both inclusive.");
    }

    private static JsonNode? Parse(string name, string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw SqsErrors.Attribute(name, "Must be JSON.");
        }
    }

    private TimeSpan Seconds(string name) => TimeSpan.FromSeconds(Number(name));

    private int Number(string name) => Given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : Numbers[name].Default;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Where messages go that nobody could handle.</summary>
/// <param name="DeadLetterTargetArn">The dead-letter queue.</param>
/// <param name="MaxReceiveCount">How often a message is received before it goes there.</param>
internal sealed record RedrivePolicy(string DeadLetterTargetArn, int MaxReceiveCount);
