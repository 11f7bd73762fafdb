using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary>Follows an execution to its end, and tells of each state when it is first entered.</summary>
/// <param name="executions">Looks.</param>
/// <param name="screen">Where it is told.</param>
/// <param name="json">Only the end is told.</param>
internal sealed class ExecutionFollowing(Executions executions, Screen screen, bool json)
{
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <returns>How it ended; null: the person would wait no longer.</returns>
    public async Task<Execution?> RunAsync(FollowedExecution execution, string command, CancellationToken stop)
    {
        Say(execution.IsNew ? $"Started {execution.Arn}" : $"It runs already: {execution.Arn}");
        try
        {
            return await executions.FollowAsync(execution.Arn, (states, _) => Tell(states), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await screen.Error.WriteLineAsync($"privatelink: the execution goes on without you. To follow it again: {command}");
            return null;
        }
    }

    private void Tell(ImmutableArray<StateRun> states)
    {
        foreach (var state in states.Where(state => state.Attempts > 0 && told.Add(state.Name)))
            Say($"{state.Entered.ToString("0.0", CultureInfo.InvariantCulture),8} s  {state.Name}");
    }

    private void Say(string line)
    {
        if (json)
            return;
        screen.Output.WriteLine(line);
        screen.Output.Flush();
    }
}
