using System.Collections.Immutable;

namespace LocalAws.Sqs;

/// <summary>A message in a queue.</summary>
/// <param name="MessageId">Its id, which it keeps in a dead-letter queue.</param>
/// <param name="Body">Its text.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="SenderId">Who sent it, as its <c>SenderId</c> says.</param>
/// <param name="SentAt">When it was sent to its first queue.</param>
public sealed record QueueMessage(
    string MessageId,
    string Body,
    ImmutableSortedDictionary<string, MessageAttribute> Attributes,
    string SenderId,
    DateTimeOffset SentAt)
{
    /// <summary>What the sender gave of AWS's own attributes: the trace header.</summary>
    internal ImmutableSortedDictionary<string, MessageAttribute> SystemAttributes { get; init; } = MessageAttributes.None;

    /// <summary>How often it was received.</summary>
    public int ReceiveCount { get; init; }

    /// <summary>When it was received first; null: never.</summary>
    public DateTimeOffset? FirstReceivedAt { get; init; }

    /// <summary>From when on it can be received.</summary>
    public DateTimeOffset VisibleAt { get; init; }

    /// <summary>The queue whose dead letter it is; null: none.</summary>
    public string? DeadLetterOf { get; init; }

    /// <summary>Whether somebody has it and may still delete it in time.</summary>
    internal bool IsInFlight(DateTimeOffset now) => WasTaken && VisibleAt > now;

    /// <summary>Whether it was received from the queue where it is now.</summary>
    internal bool WasTaken { get; init; }
}
