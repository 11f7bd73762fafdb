using System.Collections.Immutable;
using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>One execution of the state machine, as its API tells it.</summary>
/// <param name="Status">Step Functions' word: <c>SUCCEEDED</c>, <c>FAILED</c>, ….</param>
/// <param name="Took">From its start to its end.</param>
/// <param name="History">All its events.</param>
/// <param name="States">Its states.</param>
/// <param name="Output">What it returned; null: nothing.</param>
/// <param name="Error">The error that it ended with; null: none.</param>
/// <param name="Cause">What that error said.</param>
public sealed record Execution(
    string Status,
    TimeSpan Took,
    ImmutableArray<HistoryEvent> History,
    ImmutableArray<StateRun> States,
    string? Output,
    string? Error,
    string? Cause)
{
    public bool HasSucceeded => Status == ExecutionStatus.SUCCEEDED.Value;

    /// <summary>What the machine warned of.</summary>
    public ImmutableArray<string> Warnings()
    {
        if (Output is null)
            return [];
        using var output = JsonDocument.Parse(Output);
        return output.RootElement.TryGetProperty("Warnings", out var warnings) ? [.. warnings.EnumerateArray().Select(warning => warning.GetString()!)] : [];
    }
}

/// <summary>Starts executions and follows them to their end.</summary>
/// <param name="states">The operator's client.</param>
/// <param name="time">The clock.</param>
/// <param name="pause">The time between two looks.</param>
public sealed class Executions(IAmazonStepFunctions states, TimeProvider time, TimeSpan pause)
{
    /// <summary>Soon enough for a person who looks on, and far below what the API allows.</summary>
    public static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(2);

    /// <param name="machineArn">What to run.</param>
    /// <param name="name">The execution's name.</param>
    /// <param name="input">Its input.</param>
    /// <param name="progress">Told of the states so far, at each look.</param>
    public async Task<Execution> RunAsync(string machineArn, string name, string input, Action<ImmutableArray<StateRun>, DateTimeOffset> progress)
    {
        var started = await states.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machineArn, Name = name, Input = input });
        return await FollowAsync(started.ExecutionArn, progress, CancellationToken.None);
    }

    /// <param name="executionArn">What to follow.</param>
    /// <param name="progress">Told of the states so far, at each look.</param>
    /// <param name="stop">Ends the looking, not the execution.</param>
    public async Task<Execution> FollowAsync(string executionArn, Action<ImmutableArray<StateRun>, DateTimeOffset> progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(progress);
        while (true)
        {
            var now = await states.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = executionArn }, stop);
            var history = await Pages.AllAsync(
                token => states.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = executionArn, MaxResults = 1000, NextToken = token, IncludeExecutionData = true }, stop),
                page => page.Events,
                page => page.NextToken);
            var end = Utc(now.StopDate) ?? time.GetUtcNow();
            var timeline = Timeline.Of(history, end);
            progress(timeline, time.GetUtcNow());
            if (now.Status != ExecutionStatus.RUNNING)
                return new(now.Status.Value, end - (Utc(now.StartDate) ?? end), history, timeline, now.Output, now.Error, now.Cause);
            await Task.Delay(pause, time, stop);
        }
    }

    private static DateTimeOffset? Utc(DateTime? date) => date is { } known ? new DateTimeOffset(known.ToUniversalTime()) : null;
}
