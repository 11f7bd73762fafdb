using Microsoft.Extensions.Logging;

namespace ServerlessPrivateLink.Deploying;

/// <summary>
/// Gives a request its one answer. It is kept before it is sent: a run that dies between the two, or a second one, sends the same again.
/// What is answered loses its address and is kept on for a while, so that a request which the Lambda service delivers twice is known again.
/// </summary>
public sealed partial class StackAnswers(RequestStore store, AnswerDoor door, ILogger<StackAnswers> log)
{
    /// <returns>Whether it was that the request succeeded.</returns>
    public async Task<bool> GiveAsync(PendingRequest request, StackAnswer answer, CancellationToken token)
    {
        var decided = request.Answer is null ? request with { Answer = answer } : request;
        if (request.Answer is null) await store.SaveAsync(decided, token);
        await door.PutAsync(new(decided.Address), decided.Answer!.Body(decided.StackId, decided.RequestId, decided.LogicalId), token);
        LogAnswered(log, decided.Kind, decided.Link, decided.Answer.Succeeded, decided.Answer.Reason);
        await CloseAsync(decided, token);
        return decided.Answer.Succeeded;
    }

    /// <summary>With a deleted resource all goes that was kept of it: its stack may be next.</summary>
    private async Task CloseAsync(PendingRequest request, CancellationToken token)
    {
        if (request.Kind is not RequestKind.Delete || !request.Answer!.Succeeded)
        {
            await store.CloseAsync(request, token);
            return;
        }

        foreach (var other in (await store.AllAsync(token)).Where(other => other.IsForgottenWith(request))) await store.ForgetAsync(other, token);
        await store.ForgetAsync(request, token);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Answered {Kind} of {Link}: succeeded {Succeeded}. {Reason}")]
    private static partial void LogAnswered(ILogger logger, RequestKind kind, string link, bool succeeded, string reason);
}
