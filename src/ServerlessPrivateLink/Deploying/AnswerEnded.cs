using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Deploying;

/// <param name="Answered">The requests that were answered.</param>
/// <param name="Waiting">Those that wait on.</param>
public sealed record AnswerEndedOutput(ImmutableArray<string> Answered, ImmutableArray<string> Waiting);

/// <summary>
/// Answers the requests whose executions ended, however they ended, and those that take longer than CloudFormation waits. An event is only
/// a wake-up call, and a schedule calls too: all that waits is looked at, so an event that is lost, late or doubled changes nothing.
/// </summary>
public sealed class AnswerEnded(RequestStore store, StackAnswers answers, LinkMachines machines, TimeProvider clock)
{
    private const string Overdue = "The stack that waits for it waits no longer.";

    [LambdaFunction]
    [SuppressMessage("Style", "IDE0060", Justification = "What a wake-up call says is not believed.")]
    public async Task<AnswerEndedOutput> Handle(JsonElement happened, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var (answered, waiting, refused) = (new List<string>(), new List<string>(), new List<AnswerRefusedException>());
        foreach (var request in await store.AllAsync(deadline.Token))
        {
            try
            {
                if (request.IsAnswered) await TidyAsync(request, deadline.Token);
                else (await TryAsync(request, deadline.Token) ? answered : waiting).Add(request.Name);
            }
            catch (AnswerRefusedException failure)
            {
                // The others are answered all the same; this one the next time.
                refused.Add(failure);
            }
        }

        return refused.Count == 0 ? new([.. answered], [.. waiting]) : throw refused[0];
    }

    private async Task<bool> TryAsync(PendingRequest pending, CancellationToken token)
    {
        if (RequestEnd.IsTooLate(pending, clock.GetUtcNow()))
        {
            await store.CloseAsync(pending, token);
            return false;
        }

        var look = await machines.LookAsync(pending, token);
        if (RequestEnd.Of(pending, look, clock.GetUtcNow()) is not { } answer) return false;
        // What builds on after its stack has given up would be in the way of what the stack asks next; what stands may go on waiting for consumers.
        if (!await answers.GiveAsync(pending, answer, token)) await machines.StopAsync(pending, Overdue, token);
        return true;
    }

    // What still waits for consumers is stopped when its stack asks something else, so it is known as long.
    private async Task TidyAsync(PendingRequest request, CancellationToken token)
    {
        if (RequestEnd.IsForgettable(request, clock.GetUtcNow()) && !(await machines.LookAsync(request, token)).IsRunning) await store.ForgetAsync(request, token);
    }
}
