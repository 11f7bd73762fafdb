using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Templates;

namespace LocalAws.Sns;

/// <summary>A message that was published.</summary>
/// <param name="At">When.</param>
/// <param name="TopicArn">Where.</param>
/// <param name="Publisher">The caller's short name, or the AWS service.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Message">Its text; of a message by protocol, the default text.</param>
/// <param name="Attributes">Its attributes of type String and Number, by name.</param>
public sealed record PublishedMessage(
    DateTimeOffset At,
    string TopicArn,
    string Publisher,
    string MessageId,
    string? Subject,
    string Message,
    ImmutableSortedDictionary<string, string> Attributes);

/// <summary>The account's topics, their subscriptions, and all that was published.</summary>
public sealed class SnsState
{
    private readonly OrderedDictionary<string, TopicSettings> topics = new(StringComparer.Ordinal);
    private readonly List<SnsSubscription> subscriptions = [];
    private readonly List<PublishedMessage> published = [];
    private readonly Cloud cloud;

    internal SnsState(Cloud cloud) => this.cloud = cloud;

    /// <summary>The topics, oldest first.</summary>
    public IReadOnlyCollection<TopicSettings> Topics => topics.Values;

    /// <summary>The subscriptions, oldest first.</summary>
    public IReadOnlyCollection<SnsSubscription> Subscriptions => subscriptions;

    /// <summary>All that was published, oldest first.</summary>
    public IReadOnlyList<PublishedMessage> Published => published;

    /// <summary>Told of each message after it was published: where subscribers that run here are called from.</summary>
    public Action<PublishedMessage>? OnPublished { get; set; }

    /// <summary>Adds a topic of a deployed template.</summary>
    public void Add(TopicSettings topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        topics.Add(topic.Arn, topic);
    }

    /// <summary>Adds a subscription of a deployed template; one by e-mail waits for its confirmation.</summary>
    public void Add(SubscriptionSettings subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        var isConfirmed = subscription.Protocol is not ("email" or "email-json" or "http" or "https");
        subscriptions.Add(new(subscription, isConfirmed ? $"{subscription.TopicArn}:{cloud.Chance.Uuid()}" : "PendingConfirmation"));
    }

    /// <summary>The topic with an ARN; null: none.</summary>
    public TopicSettings? Find(string arn) => topics.GetValueOrDefault(arn);

    /// <summary>Lets an AWS service pass that may publish to a topic for one of its resources.</summary>
    /// <exception cref="AccessDeniedException">The topic's policy does not allow it.</exception>
    internal void DemandOfService(string service, string sourceArn, string topicArn) =>
        cloud.Access.DemandOfService(service, new("sns:Publish", topicArn, Source(sourceArn)));

    /// <summary>An AWS service publishes. What it may not publish, or not encrypt, is lost without a trace, as in AWS.</summary>
    internal void PublishAs(string service, string sourceArn, string topicArn, string message)
    {
        if (Find(topicArn) is not { } topic)
            return;
        try
        {
            DemandOfService(service, sourceArn, topicArn);
            foreach (var action in KeyActions(topic))
                cloud.Access.DemandOfService(service, new(action, topic.KmsKeyArn!, Source(sourceArn)));
        }
        catch (AccessDeniedException)
        {
            return;
        }

        Keep(topicArn, service, null, message, ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>What a publisher must be allowed to do with the key of an encrypted topic.</summary>
    internal static ImmutableArray<string> KeyActions(TopicSettings topic) => topic.KmsKeyArn is null ? [] : ["kms:GenerateDataKey", "kms:Decrypt"];

    internal PublishedMessage Keep(string topicArn, string publisher, string? subject, string message, ImmutableSortedDictionary<string, string> attributes)
    {
        var kept = new PublishedMessage(cloud.Time.GetUtcNow(), topicArn, publisher, cloud.Chance.Uuid(), subject, message, attributes);
        published.Add(kept);
        OnPublished?.Invoke(kept);
        return kept;
    }

    private ConditionKeys Source(string sourceArn) => ConditionKeys.None
        .With("aws:SourceArn", sourceArn)
        .With("aws:SourceAccount", cloud.Options.AccountId);
}

/// <summary>A subscription.</summary>
/// <param name="Settings">What it was asked to be.</param>
/// <param name="Arn">Its ARN, or <c>PendingConfirmation</c>.</param>
public sealed record SnsSubscription(SubscriptionSettings Settings, string Arn);
