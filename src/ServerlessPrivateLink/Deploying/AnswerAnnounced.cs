using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Deploying;

/// <param name="Execution">The execution's name.</param>
/// <param name="ServiceName">What consumers create endpoints for.</param>
/// <param name="ServiceId">The endpoint service.</param>
public sealed record AnswerAnnouncedInput(string Execution, string ServiceName, string ServiceId);

/// <param name="Answered">Whether a stack waited for it.</param>
public sealed record AnswerAnnouncedOutput(bool Answered);

/// <summary>The link stands: a stack that waits for it hears so, whether or not somebody is yet to connect.</summary>
public sealed class AnswerAnnounced(RequestStore store, StackAnswers answers, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<AnswerAnnouncedOutput> Handle(AnswerAnnouncedInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        if (await store.FindAsync(input.Execution, deadline.Token) is not { IsAnswered: false } pending) return new(false);
        await answers.GiveAsync(pending, RequestEnd.Announced(pending, input.ServiceName, input.ServiceId), deadline.Token);
        return new(true);
    }
}
