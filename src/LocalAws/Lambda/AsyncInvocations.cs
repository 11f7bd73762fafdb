using System.Net;
using LocalAws.Templates;
using LocalAws.Wire;

namespace LocalAws.Lambda;

/// <summary>An event that waits for its function.</summary>
/// <param name="Function">The function.</param>
/// <param name="Payload">The event.</param>
/// <param name="RequestId">The id of the invocation, the same for every attempt.</param>
/// <param name="At">When it was accepted.</param>
internal sealed record QueuedEvent(FunctionSettings Function, ReadOnlyMemory<byte> Payload, string RequestId, DateTimeOffset At)
{
    public AsyncSettings Settings => Function.Async ?? AsyncSettings.Usual;
}

/// <summary>
/// Invokes functions for callers that do not wait. One that fails is tried again after one and after two minutes; throttles and
/// errors of the service are tried again ever more slowly, until the event is too old
/// (AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation").
/// </summary>
internal sealed class AsyncInvocations(Cloud cloud, LambdaFunctions functions)
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    private readonly Outcomes outcomes = new(cloud, functions);

    public async Task RunAsync(QueuedEvent queued)
    {
        var (invoked, refused) = (0, 0);
        while (true)
        {
            var (invocation, refusal) = await TryAsync(queued).ConfigureAwait(false);
            invoked += invocation is null ? 0 : 1;
            refused += invocation is null ? 1 : 0;
            var outcome = new Outcome(queued, "", invoked, invocation, refusal);
            if (End(outcome) is { } condition)
            {
                outcomes.Report(outcome with { Condition = condition });
                return;
            }

            var wait = invocation is null ? BackOff(refused) : TimeSpan.FromMinutes(invoked);
            var left = queued.At + queued.Settings.MaximumEventAge - cloud.Time.GetUtcNow();
            await cloud.Time.Delay(wait < left ? wait : left, CancellationToken.None).ConfigureAwait(false);
            if (wait >= left)
            {
                outcomes.Report(outcome with { Condition = Outcome.EventAgeExceeded });
                return;
            }
        }
    }

    /// <summary>How it ends with the last attempt; null: it is tried again.</summary>
    private static string? End(Outcome outcome) =>
        outcome.Last is null ? outcome.Event.Function.ReservedConcurrency is 0 ? Outcome.ZeroReservedConcurrency : null
        : outcome.Last.FunctionError is null ? Outcome.Success
        : outcome.Invoked > outcome.Event.Settings.MaximumRetryAttempts ? Outcome.RetriesExhausted
        : null;

    private async Task<(Invocation? Invocation, AwsErrorException? Refusal)> TryAsync(QueuedEvent queued)
    {
        try
        {
            return (await functions.InvokeAsync(queued.Function, queued.Payload, queued.RequestId).ConfigureAwait(false), null);
        }
        catch (AwsErrorException error) when (error.Status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            return (null, error);
        }
    }

    private static TimeSpan BackOff(int refused)
    {
        const int Doublings = 9;
        var wait = TimeSpan.FromSeconds(1 << Math.Min(refused - 1, Doublings));
        return wait < LongestBackOff ? wait : LongestBackOff;
    }
}
