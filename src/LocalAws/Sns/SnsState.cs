using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Sqs;
using LocalAws.Templates;

namespace LocalAws.Sns;

/// <summary>A message that was published.</summary>
/// <param name="At">When.</param>
/// <param name="TopicArn">Where.</param>
/// <param name="Publisher">The caller's short name, or the AWS service.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Message">Its text; of a message by protocol, the default text.</param>
/// <param name="Attributes">Its attributes, by name.</param>
public sealed record PublishedMessage(
    DateTimeOffset At,
    string TopicArn,
    string Publisher,
    string MessageId,
    string? Subject,
    string Message,
    ImmutableSortedDictionary<string, MessageAttribute> Attributes)
{
    /// <summary>The texts of a message by protocol; empty: there is but one.</summary>
    public ImmutableSortedDictionary<string, string> ByProtocol { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a subscriber by this protocol reads.</summary>
    public string TextFor(string protocol) => ByProtocol.GetValueOrDefault(protocol, Message);
}

/// <summary>The account's topics, their subscriptions, and all that was published.</summary>
public sealed class SnsState
{
    private readonly OrderedDictionary<string, TopicSettings> topics = new(StringComparer.Ordinal);
    private readonly List<SnsSubscription> subscriptions = [];
    private readonly List<PublishedMessage> published = [];
    private readonly Cloud cloud;

    private readonly Deliveries deliveries;

    internal SnsState(Cloud cloud)
    {
        this.cloud = cloud;
        Mail = new(cloud.Options.MailFolder);
        deliveries = new(cloud, this);
    }

    /// <summary>The topics, oldest first.</summary>
    public IReadOnlyCollection<TopicSettings> Topics => topics.Values;

    /// <summary>The subscriptions, oldest first.</summary>
    public IReadOnlyCollection<SnsSubscription> Subscriptions => subscriptions;

    /// <summary>All that was published, oldest first.</summary>
    public IReadOnlyList<PublishedMessage> Published => published;

    /// <summary>All e-mail that was sent, oldest first.</summary>
    public IReadOnlyList<SentMail> SentMail => Mail.Sent;

    /// <summary>How web servers on the loopback are reached; null: they are not.</summary>
    public SendHttp? Http { get; set; }

    internal MailBox Mail { get; }

    /// <summary>Adds a topic of a deployed template.</summary>
    public void Add(TopicSettings topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        topics.Add(topic.Arn, topic);
    }

    /// <summary>Deletes a topic with its subscriptions.</summary>
    internal void Remove(string arn)
    {
        topics.Remove(arn);
        subscriptions.RemoveAll(subscription => subscription.Settings.TopicArn == arn);
        cloud.Access.Detach(arn);
    }

    /// <summary>Adds a subscription, such as one of a deployed template; one by e-mail or HTTP waits for its confirmation.</summary>
    public SnsSubscription Subscribe(SubscriptionSettings subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        var arn = subscription.Arn ?? $"{subscription.TopicArn}:{cloud.Chance.Uuid()}";
        var made = new SnsSubscription(subscription, arn, SubscriptionRules.MustConfirm(subscription.Protocol) ? cloud.Chance.Hex(64) : null);
        subscriptions.Add(made);
        if (!made.IsConfirmed)
            _ = deliveries.AskAsync(made);
        return made;
    }

    /// <summary>Confirms the subscription that was asked to by this token, as a click on its link does; null: there is none.</summary>
    public SnsSubscription? Confirm(string topicArn, string token)
    {
        if (subscriptions.FirstOrDefault(subscription => subscription.Token == token && subscription.Settings.TopicArn == topicArn) is not { } found)
            return null;
        var confirmed = found with { Token = null };
        Replace(found, confirmed);
        return confirmed;
    }

    /// <summary>The topic with an ARN; null: none.</summary>
    public TopicSettings? Find(string arn) => topics.GetValueOrDefault(arn);

    /// <summary>Lets an AWS service pass that may publish to a topic for one of its resources.</summary>
    /// <exception cref="AccessDeniedException">The topic's policy does not allow it.</exception>
    internal void DemandOfService(string service, string sourceArn, string topicArn) =>
        cloud.Access.DemandOfService(service, new("sns:Publish", topicArn, Source(sourceArn)));

    /// <summary>An AWS service publishes. What it may not publish, or not encrypt, is lost without a trace, as in AWS.</summary>
    internal void PublishAs(string service, string sourceArn, string topicArn, string message, string? subject = null)
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

        Keep(topicArn, service, new(subject, message, ImmutableSortedDictionary<string, string>.Empty, MessageAttributes.None));
    }

    /// <summary>What a publisher must be allowed to do with the key of an encrypted topic.</summary>
    internal static ImmutableArray<string> KeyActions(TopicSettings topic) => topic.KmsKeyArn is null ? [] : ["kms:GenerateDataKey", "kms:Decrypt"];

    /// <summary>A role publishes, as the Lambda service does in a function's name.</summary>
    /// <exception cref="AccessDeniedException">The role may not publish, or not use the topic's key.</exception>
    /// <exception cref="Wire.AwsErrorException">There is no such topic, or the message is too large.</exception>
    internal void PublishAs(Caller role, string topicArn, PublishForm message)
    {
        cloud.Access.Demand(role, new("sns:Publish", topicArn, role.Facts));
        var topic = Find(topicArn) ?? throw new Wire.AwsErrorException("NotFound", "Topic does not exist", System.Net.HttpStatusCode.NotFound);
        foreach (var action in KeyActions(topic))
            cloud.Access.Demand(role, new(action, topic.KmsKeyArn!, KeyFacts(role, topic)));
        Keep(topicArn, role.Name, message);
    }

    /// <summary>What is true of a use of a topic's key in a publisher's name (Amazon SNS Developer Guide: "Key management").</summary>
    internal ConditionKeys KeyFacts(Caller publisher, TopicSettings topic) => publisher.Facts
        .With("kms:ViaService", $"sns.{cloud.Options.Region}.{cloud.Options.DnsSuffix}")
        .With("kms:CallerAccount", publisher.AccountId)
        .With("kms:EncryptionContext:aws:sns:topicArn", topic.Arn);

    internal PublishedMessage Keep(string topicArn, string publisher, PublishForm message)
    {
        var kept = new PublishedMessage(cloud.Time.GetUtcNow(), topicArn, publisher, cloud.Chance.Uuid(), message.Subject, message.Text, message.Attributes) { ByProtocol = message.ByProtocol };
        published.Add(kept);
        foreach (var subscription in subscriptions.Where(subscription => subscription.IsConfirmed && subscription.Settings.TopicArn == topicArn && subscription.Settings.Attributes.Take(kept)).ToList())
            _ = deliveries.DeliverAsync(subscription, kept);
        return kept;
    }

    internal void Replace(SnsSubscription subscription, SnsSubscription? other)
    {
        var at = subscriptions.IndexOf(subscription);
        if (other is null)
            subscriptions.RemoveAt(at);
        else
            subscriptions[at] = other;
    }

    private ConditionKeys Source(string sourceArn) => ConditionKeys.None
        .With("aws:SourceArn", sourceArn)
        .With("aws:SourceAccount", cloud.Options.AccountId);
}
