using System.Collections.Immutable;
using LocalAws.Timing;

namespace LocalAws.Sqs;

/// <summary>A standard queue and the messages in it, oldest first.</summary>
internal sealed class Queue(SimulatedTime time, string name, string arn, DateTimeOffset createdAt)
{
    private static readonly TimeSpan BetweenPurges = TimeSpan.FromSeconds(60);

    private readonly List<TaskCompletionSource> waiting = [];
    private List<QueueMessage> messages = [];
    private DateTimeOffset? purgedAt;

    public string Name => name;

    public string Arn => arn;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset ChangedAt { get; set; } = createdAt;

    public QueueAttributes Attributes { get; set; } = QueueAttributes.Default;

    public Tags Tags { get; set; } = Tags.None;

    /// <summary>Told whenever something may have become visible sooner than was known.</summary>
    public Action? Stirred { get; set; }

    /// <summary>All messages that are kept, in flight or not.</summary>
    public ImmutableArray<QueueMessage> Messages
    {
        get
        {
            Expire();
            return [.. messages];
        }
    }

    /// <summary>When the next message can be received, which may be past; null: there is none, in flight or not.</summary>
    public DateTimeOffset? NextVisible => messages.Count == 0 ? null : messages.Min(message => message.VisibleAt);

    /// <summary>How many messages can be received now.</summary>
    public int CountVisible => messages.Count(message => message.VisibleAt <= time.GetUtcNow());

    public void Put(QueueMessage message)
    {
        messages.Add(message);
        Wake();
    }

    /// <summary>Takes what is visible, waiting for it if there is nothing; a message that was received too often goes to the dead letters.</summary>
    public async Task<ImmutableArray<QueueMessage>> ReceiveAsync(int most, TimeSpan wait, TimeSpan visibility, Action<QueueMessage, RedrivePolicy> bury, CancellationToken token)
    {
        var until = time.GetUtcNow() + wait;
        while (true)
        {
            var taken = Take(most, visibility, bury);
            if (!taken.IsEmpty || time.GetUtcNow() >= until)
                return taken;
            await WaitAsync(until, token).ConfigureAwait(false);
        }
    }

    /// <summary>Takes what is visible now; a message that was received too often goes to the dead letters.</summary>
    public ImmutableArray<QueueMessage> Take(int most, TimeSpan visibility, Action<QueueMessage, RedrivePolicy> bury)
    {
        Expire();
        var now = time.GetUtcNow();
        var redrive = Attributes.Redrive;
        var (taken, kept, dead) = (ImmutableArray.CreateBuilder<QueueMessage>(), new List<QueueMessage>(messages.Count), new List<QueueMessage>());
        foreach (var message in messages)
        {
            if (message.VisibleAt > now || taken.Count == most)
            {
                kept.Add(message);
            }
            else if (redrive is not null && message.ReceiveCount >= redrive.MaxReceiveCount)
            {
                dead.Add(message);
            }
            else
            {
                taken.Add(message with { ReceiveCount = message.ReceiveCount + 1, FirstReceivedAt = message.FirstReceivedAt ?? now, VisibleAt = now + visibility, WasTaken = true });
                kept.Add(taken[^1]);
            }
        }

        messages = kept;
        dead.ForEach(message => bury(message with { DeadLetterOf = arn, VisibleAt = now, WasTaken = false }, redrive!));
        return taken.ToImmutable();
    }

    /// <summary>Deletes a message if this was its last receipt; an older receipt deletes nothing.</summary>
    public void Delete(Receipt receipt) => messages.RemoveAll(receipt.IsLastOf);

    /// <summary>Sets how long from now on a message that is in flight stays so.</summary>
    public void ChangeVisibility(Receipt receipt, TimeSpan visibility)
    {
        const int LongestSeconds = 43_200;
        Expire();
        var now = time.GetUtcNow();
        var at = messages.FindIndex(receipt.IsLastOf);
        if (at < 0)
            throw SqsErrors.Invalid("ReceiptHandle", receipt.ToString(), "Message does not exist or is not available for visibility timeout change.");
        if (!messages[at].IsInFlight(now))
            throw new Wire.AwsErrorException("MessageNotInflight", "The specified message isn't in flight.");
        if (now + visibility > messages[at].FirstReceivedAt + TimeSpan.FromSeconds(LongestSeconds))
            throw SqsErrors.Invalid("VisibilityTimeout", $"{visibility.TotalSeconds}", $"Total VisibilityTimeout for the message is beyond the limit [{LongestSeconds} seconds].");
        messages[at] = messages[at] with { VisibleAt = now + visibility };
        Wake();
    }

    /// <exception cref="Wire.AwsErrorException">It was purged within the last minute.</exception>
    public void Purge()
    {
        var now = time.GetUtcNow();
        if (now - purgedAt < BetweenPurges)
            throw new Wire.AwsErrorException("PurgeQueueInProgress", $"Only one PurgeQueue operation on {name} is allowed every {BetweenPurges.TotalSeconds} seconds.");
        purgedAt = now;
        messages = [];
    }

    private void Expire()
    {
        var oldest = time.GetUtcNow() - Attributes.Retention;
        messages.RemoveAll(message => message.SentAt <= oldest);
    }

    private void Wake()
    {
        TaskCompletionSource[] woken = [.. waiting];
        waiting.Clear();
        foreach (var one in woken)
            one.TrySetResult();
        Stirred?.Invoke();
    }

    private async Task WaitAsync(DateTimeOffset until, CancellationToken token)
    {
        var woken = new TaskCompletionSource();
        waiting.Add(woken);
        var next = messages.Select(message => message.VisibleAt).Append(until).Min();
        await using var timer = time.CreateTimer(_ => woken.TrySetResult(), null, next - time.GetUtcNow(), Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using var cancelled = token.UnsafeRegister(_ => woken.TrySetCanceled(token), null).ConfigureAwait(false);
        try
        {
            await woken.Task.ConfigureAwait(false);
        }
        finally
        {
            waiting.Remove(woken);
        }
    }
}
