using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.States;

namespace LocalAws.Sns;

/// <summary>What a subscription is set to (Amazon SNS API Reference: SetSubscriptionAttributes).</summary>
/// <param name="Given">What was set, by the attribute's name.</param>
public sealed record SubscriptionAttributes(ImmutableSortedDictionary<string, string> Given)
{
    /// <summary>Nothing set.</summary>
    public static readonly SubscriptionAttributes None = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    private const string Policy = "FilterPolicy";
    private const string Scope = "FilterPolicyScope";
    private const string Raw = "RawMessageDelivery";
    private const string Redrive = "RedrivePolicy";

    /// <summary>The names that can be set.</summary>
    public static ImmutableArray<string> Names { get; } = [Policy, Scope, Raw, Redrive];

    internal bool IsRaw => Given.GetValueOrDefault(Raw) is "true";

    /// <summary>The queue for what cannot be delivered; null: it is lost.</summary>
    internal string? DeadLetterTarget => Given.TryGetValue(Redrive, out var text) ? Target(text) : null;

    private bool OfBody => Given.GetValueOrDefault(Scope) is "MessageBody";

    /// <summary>These attributes with others set; an empty value takes one away.</summary>
    /// <exception cref="Wire.AwsErrorException">One has no such name, or no such value for this protocol.</exception>
    public SubscriptionAttributes With(string protocol, IEnumerable<KeyValuePair<string, string>> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        var attributes = new SubscriptionAttributes(more.Aggregate(Given, (given, attribute) =>
        {
            Check(protocol, attribute.Key, attribute.Value);
            return attribute.Value.Length > 0 ? given.SetItem(attribute.Key, attribute.Value) : given.Remove(attribute.Key);
        }));
        _ = attributes.Filter;
        return attributes;
    }

    /// <summary>Whether the subscription wants a message.</summary>
    internal bool Take(PublishedMessage message) => Filter is not { } filter || (OfBody ? filter.Takes(message.Message) : filter.Takes(message.Attributes));

    private FilterPolicy? Filter => Given.TryGetValue(Policy, out var text) ? FilterPolicyReader.Read(text, OfBody) : null;

    private static void Check(string protocol, string name, string value)
    {
        switch (name)
        {
            case Policy:
                return;
            case Scope when value is "MessageAttributes" or "MessageBody":
                return;
            case Scope:
                throw PublishForm.Invalid($"FilterPolicyScope: Invalid value [{value}]. Please use either MessageBody or MessageAttributes");
            case Raw when value is not ("true" or "false"):
                throw PublishForm.Invalid($"Attributes Reason: RawMessageDelivery: Invalid value [{value}]. Must be true or false.");
            case Raw when value is "true" && protocol is not ("sqs" or "http" or "https"):
                throw PublishForm.Invalid($"Attributes Reason: Delivery protocol [{protocol}] does not support raw message delivery.");
            case Raw:
                return;
            case Redrive when value.Length == 0:
                return;
            case Redrive:
                Target(value);
                return;
            default:
                throw PublishForm.Invalid($"AttributeName. Known here: {string.Join(", ", Names)}");
        }
    }

    private static string Target(string text)
    {
        try
        {
            var target = Json.String((Json.Read(text) as JsonObject)?["deadLetterTargetArn"]) ?? "";
            return target.Split(':') is ["arn", _, "sqs", _, _, { Length: > 0 }] ? target : throw PublishForm.Invalid("RedrivePolicy: deadLetterTargetArn is not the ARN of a queue");
        }
        catch (JsonException)
        {
            throw PublishForm.Invalid("RedrivePolicy: failed to parse JSON");
        }
    }
}
