using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Templates;

namespace LocalAws.Sqs;

/// <summary>The account's queues and what is in them.</summary>
public sealed class SqsState
{
    private readonly SortedDictionary<string, Queue> queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> deleted = new(StringComparer.Ordinal);
    private readonly Cloud cloud;

    internal SqsState(Cloud cloud) => this.cloud = cloud;

    /// <summary>Adds a queue of a deployed template.</summary>
    public void Add(QueueSettings queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        Set(Create(queue.Name), queue.Attributes);
    }

    /// <summary>What lies in a queue, in flight or not, oldest first.</summary>
    public ImmutableArray<QueueMessage> Messages(string queueArn) => Find(queueArn)?.Messages ?? [];

    internal IEnumerable<Queue> All => queues.Values;

    internal static string ArnOf(Cloud cloud, string name) => cloud.Arn("sqs", name);

    internal static string UrlOf(Cloud cloud, string name) => $"https://sqs.{cloud.Options.Region}.{cloud.Options.DnsSuffix}/{cloud.Options.AccountId}/{name}";

    /// <summary>The queue with an ARN; null: none.</summary>
    internal Queue? Find(string arn) => queues.Values.FirstOrDefault(queue => queue.Arn == arn);

    internal Queue? Named(string name) => queues.GetValueOrDefault(name);

    internal Queue Create(string name)
    {
        var queue = new Queue(cloud.Time, name, ArnOf(cloud, name), cloud.Time.GetUtcNow());
        queues.Add(name, queue);
        return queue;
    }

    /// <exception cref="Wire.AwsErrorException">The dead-letter queue does not exist.</exception>
    internal void CheckTarget(QueueAttributes attributes)
    {
        if (attributes.Redrive is { } redrive && Find(redrive.DeadLetterTargetArn) is null)
            throw SqsErrors.Invalid("RedrivePolicy", attributes.Given["RedrivePolicy"], "Dead letter target does not exist.");
    }

    internal void Set(Queue queue, QueueAttributes attributes)
    {
        queue.Attributes = attributes;
        queue.ChangedAt = cloud.Time.GetUtcNow();
        if (attributes.Policy is { } policy)
            cloud.Access.Attach(queue.Arn, policy);
        else
            cloud.Access.Detach(queue.Arn);
    }

    internal void Delete(Queue queue)
    {
        queues.Remove(queue.Name);
        deleted[queue.Name] = cloud.Time.GetUtcNow();
        cloud.Access.Detach(queue.Arn);
    }

    internal bool WasJustDeleted(string name) => deleted.TryGetValue(name, out var at) && cloud.Time.GetUtcNow() - at < TimeSpan.FromSeconds(60);

    /// <summary>Puts a message into the dead-letter queue; where that is gone, the message is lost.</summary>
    internal void Bury(QueueMessage message, RedrivePolicy redrive) => Find(redrive.DeadLetterTargetArn)?.Put(message);

    /// <summary>A role sends, as the Lambda service does in a function's name.</summary>
    /// <exception cref="AccessDeniedException">The role may not send, or not use the queue's key.</exception>
    /// <exception cref="Wire.AwsErrorException">There is no such queue, or the message is too large.</exception>
    internal void SendAs(Caller role, string queueArn, string body, ImmutableSortedDictionary<string, MessageAttribute> attributes)
    {
        cloud.Access.Demand(role, new("sqs:SendMessage", queueArn, role.Facts));
        var queue = Find(queueArn) ?? throw SqsErrors.NoQueue();
        DemandKey(role, queue, "kms:GenerateDataKey", "kms:Decrypt");
        Keep(queue, body, attributes, role.Name);
    }

    /// <summary>
    /// An AWS service sends for one of its resources: the policies of queue and key decide alone
    /// (Amazon SQS Developer Guide, "Configuring KMS permissions for AWS services": the key must be the customer's own).
    /// </summary>
    /// <exception cref="AccessDeniedException">They do not let it.</exception>
    /// <exception cref="Wire.AwsErrorException">There is no such queue, or the message is too large.</exception>
    internal void SendAs(string service, string sourceArn, string queueArn, string body, ImmutableSortedDictionary<string, MessageAttribute> attributes)
    {
        var keys = ConditionKeys.None.With("aws:SourceArn", sourceArn).With("aws:SourceAccount", cloud.Options.AccountId);
        var queue = Find(queueArn) ?? throw SqsErrors.NoQueue();
        cloud.Access.DemandOfService(service, new("sqs:SendMessage", queueArn, keys));
        if (queue.Attributes.HasManagedKey)
            throw new AccessDeniedException($"The key alias/aws/sqs of {queueArn} does not admit {service}", new("kms:GenerateDataKey", queueArn, keys));
        if (queue.Attributes.Key is { } key)
        {
            cloud.Access.DemandOfService(service, new("kms:GenerateDataKey", key, keys));
            cloud.Access.DemandOfService(service, new("kms:Decrypt", key, keys));
        }

        Keep(queue, body, attributes, service);
    }

    /// <summary>Whoever sends to or receives from an encrypted queue uses its key (Amazon SQS Developer Guide, "Key management").</summary>
    internal void DemandKey(Caller caller, Queue queue, params ReadOnlySpan<string> actions)
    {
        if (queue.Attributes.Key is not { } key)
            return;
        var keys = caller.Facts
            .With("kms:ViaService", $"sqs.{cloud.Options.Region}.{cloud.Options.DnsSuffix}")
            .With("kms:CallerAccount", caller.AccountId)
            .With("kms:EncryptionContext:aws:sqs:arn", queue.Arn);
        foreach (var action in actions)
            cloud.Access.Demand(caller, new(action, key, keys));
    }

    internal QueueMessage Keep(Queue queue, string body, ImmutableSortedDictionary<string, MessageAttribute> attributes, string senderId, TimeSpan? delay = null, ImmutableSortedDictionary<string, MessageAttribute>? system = null)
    {
        MessageRules.Check(queue, body, attributes);
        var now = cloud.Time.GetUtcNow();
        var message = new QueueMessage(cloud.Chance.Uuid(), body, attributes, senderId, now)
        {
            VisibleAt = now + (delay ?? queue.Attributes.Delay),
            SystemAttributes = system ?? MessageAttributes.None,
        };
        queue.Put(message);
        return message;
    }
}
