using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Connections;

namespace ServerlessPrivateLink.Cli.Connections;

/// <summary><c>privatelink accept</c> and <c>privatelink reject</c>: a person answers a connection.</summary>
internal static class AnswerCommand
{
    public static async Task<int> RunAsync(StackSession session, AnswerConnectionInput answer, bool json, Screen screen, CancellationToken stop)
    {
        var done = await session.InvokeAsync<AnswerConnectionInput, AnswerConnectionOutput>(nameof(AnswerConnection), answer, stop);
        await screen.Output.WriteLineAsync(json
            ? ReportJson.Write(new AnsweredConnection(answer.Link, done.EndpointId, done.Account, done.Deed.ToString(), done.Rule.ToString(), done.Sentence))
            : done.Sentence);
        return ExitCode.Done;
    }
}
