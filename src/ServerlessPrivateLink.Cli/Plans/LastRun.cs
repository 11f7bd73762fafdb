using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ServerlessPrivateLink.Cli.Operations;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>The last provisioning run of a link that ended well: Step Functions keeps what it was given and what it decided.</summary>
/// <param name="Arn">The execution.</param>
/// <param name="Document">The link's document.</param>
/// <param name="Plan">What PlanLink decided.</param>
internal sealed record LastRun(string Arn, string Document, LinkPlan Plan)
{
    /// <exception cref="BadInputException">There is none, or the link was released after it.</exception>
    public static async Task<LastRun> FindAsync(StackSession session, string link, CancellationToken token)
    {
        var built = await LatestAsync(session, session.Stack.Machine(UpCommand.Machine), link, token)
            ?? throw new BadInputException($"LINK: found {link}; allowed: a link that a run of {UpCommand.Machine} built in the last 90 days, for which Step Functions keeps what it was given. Run privatelink plan with its document.");
        if (await LatestAsync(session, session.Stack.Machine(DownCommand.Machine), link, token) is { } released && released.StartDate > built.StartDate)
            throw new BadInputException($"LINK: found {link}, which {released.ExecutionArn} has released since it was built; allowed: a link that stands. Run privatelink up with its document to build it again.");
        return new(built.ExecutionArn, built.Input, await PlanOfAsync(session, built.ExecutionArn, token));
    }

    private static async Task<DescribeExecutionResponse?> LatestAsync(StackSession session, string machine, string link, CancellationToken token)
    {
        var request = new ListExecutionsRequest { StateMachineArn = machine, StatusFilter = ExecutionStatus.SUCCEEDED };
        do
        {
            var page = await session.Aws.StepFunctions.ListExecutionsAsync(request, token);
            foreach (var execution in page.Executions ?? [])
            {
                var found = await session.Aws.StepFunctions.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = execution.ExecutionArn }, token);
                if (NameIn(found.Input) == link) return found;
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return null;
    }

    private static string? NameIn(string? input)
    {
        using var document = JsonDocument.Parse(input ?? "{}");
        return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("name", out var name) && name.ValueKind is JsonValueKind.String ? name.GetString() : null;
    }

    private static async Task<LinkPlan> PlanOfAsync(StackSession session, string execution, CancellationToken token)
    {
        var request = new GetExecutionHistoryRequest { ExecutionArn = execution };
        do
        {
            var page = await session.Aws.StepFunctions.GetExecutionHistoryAsync(request, token);
            if (page.Events?.Find(static one => one.StateExitedEventDetails?.Name == nameof(PlanLink)) is { } left)
            {
                using var state = JsonDocument.Parse(left.StateExitedEventDetails.Output);
                return state.RootElement.GetProperty(nameof(Plan)).Deserialize<LinkPlan>(StackSession.Wire)!;
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        throw new BadInputException($"The execution {execution} has no state {nameof(PlanLink)} that ended: it ran an older state machine. Run privatelink plan with the link's document.");
    }
}
