using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Events;
using LocalAws.Sqs;
using LocalAws.Wire;

namespace LocalAws.Piping;

/// <summary>
/// A pipe at work: it takes what is visible in its queue, puts events, deletes what was delivered. What was not becomes visible again,
/// and goes to the queue's own dead letters in the end (Amazon EventBridge User Guide, "Amazon Simple Queue Service as a source",
/// "Amazon EventBridge Pipes error handling and troubleshooting"). It long-polls in AWS; here the queue tells it, so an idle cloud rests.
/// </summary>
public sealed class Pipe
{
    /// <summary>How many batches are read at a time.</summary>
    private const int BatchesAtOnce = 5;

    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Latest = TimeSpan.FromMilliseconds(200);

    private readonly Cloud cloud;
    private readonly Chance chance;
    private readonly Queue queue;
    private readonly ITimer timer;
    private DateTimeOffset? due;

    internal Pipe(Cloud cloud, Chance chance, PipeSettings settings)
    {
        this.cloud = cloud;
        this.chance = chance;
        Settings = settings;
        queue = cloud.Sqs.Find(settings.SourceArn) ?? throw SqsErrors.NoQueue();
        timer = cloud.Time.CreateTimer(_ => Poll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        IsRunning = settings.Enabled;
        queue.Stirred += Look;
        Look();
    }

    /// <summary>What it is.</summary>
    public PipeSettings Settings { get; }

    /// <summary>Whether it takes messages: a pipe that cannot read its queue is switched off.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Why it was switched off; null: it was not.</summary>
    public string? StateReason { get; private set; }

    /// <summary>It takes nothing any more.</summary>
    internal void Stop()
    {
        IsRunning = false;
        queue.Stirred -= Look;
        timer.Dispose();
    }

    private TimeSpan Latency => chance.Between(Soonest, Latest);

    /// <summary>Sets the timer for the next message that can be had, or for as many as make a batch.</summary>
    private void Look()
    {
        var now = cloud.Time.GetUtcNow();
        if (!IsRunning || due <= now + Soonest || queue.NextVisible is not { } next)
            return;
        var isFull = Settings.Window == TimeSpan.Zero || queue.CountVisible >= Settings.BatchSize;
        var at = isFull ? next : next + Settings.Window;
        at = (at > now ? at : now) + Latency;
        if (due <= at)
            return;
        due = at;
        timer.Change(at - now, Timeout.InfiniteTimeSpan);
    }

    private void Poll()
    {
        due = null;
        for (var batch = 0; IsRunning && batch < BatchesAtOnce && Receive() is { IsEmpty: false } messages; batch++)
            _ = DeliverAsync(messages);
        Look();
    }

    private ImmutableArray<QueueMessage> Receive()
    {
        try
        {
            if (cloud.Sqs.Find(queue.Arn) != queue)
                throw SqsErrors.NoQueue();
            Demand("sqs:ReceiveMessage");
            cloud.Sqs.DemandKey(Settings.Role, queue, "kms:Decrypt");
            return queue.Take(Settings.BatchSize, queue.Attributes.Visibility, cloud.Sqs.Bury);
        }
        catch (Exception error) when (error is AccessDeniedException or AwsErrorException)
        {
            (IsRunning, StateReason) = (false, error.Message);
            return [];
        }
    }

    private async Task DeliverAsync(ImmutableArray<QueueMessage> messages)
    {
        await cloud.Time.Delay(Latency, CancellationToken.None).ConfigureAwait(false);
        var now = cloud.Time.GetUtcNow();
        var entries = messages.Select(message => (Message: message, Entry: PipeRecord.Of(Settings, cloud.Options.Region, message, now).ToEntry())).ToImmutableArray();
        foreach (var request in Requests(entries))
            Put(request);
    }

    private void Put(ImmutableArray<(QueueMessage Message, EventEntry Entry)> request)
    {
        try
        {
            cloud.Access.Demand(Settings.Role, new("events:PutEvents", Settings.TargetArn, Settings.Role.Facts.And(EventEntry.KeysOf(request.Select(one => one.Entry)))));
            foreach (var (message, _) in request.Where(one => cloud.Events.Put(one.Entry).Refusal is null).ToImmutableArray())
            {
                Demand("sqs:DeleteMessage");
                queue.Delete(new(queue.Name, message.MessageId, message.ReceiveCount));
            }
        }
        catch (AccessDeniedException)
        {
            // What was not delivered, or not deleted, becomes visible again.
        }
    }

    /// <summary>A batch in as many requests as the limit on their size asks for; how a pipe divides it is not documented. What is too large by itself stays in the queue.</summary>
    private static List<ImmutableArray<(QueueMessage Message, EventEntry Entry)>> Requests(ImmutableArray<(QueueMessage Message, EventEntry Entry)> entries)
    {
        var (requests, open, size) = (new List<ImmutableArray<(QueueMessage, EventEntry)>>(), ImmutableArray<(QueueMessage, EventEntry)>.Empty, 0);
        foreach (var one in entries.Where(one => one.Entry.Size <= EventEntry.LargestRequest))
        {
            if (size + one.Entry.Size > EventEntry.LargestRequest)
            {
                requests.Add(open);
                (open, size) = ([], 0);
            }

            open = open.Add(one);
            size += one.Entry.Size;
        }

        if (!open.IsEmpty)
            requests.Add(open);
        return requests;
    }

    private void Demand(string action) => cloud.Access.Demand(Settings.Role, new(action, queue.Arn, Settings.Role.Facts));
}
