using System.Text.Json.Nodes;
using LocalAws.States.Definitions;
using LocalAws.States.Reading;
using LocalAws.States.Running;
using LocalAws.Timing;
using Xunit;

namespace LocalAws.Tests.States;

/// <summary>Runs definitions in simulated time; the test says what tasks do.</summary>
internal sealed class Machine(string definition, int seed = 1)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    public SimulatedTime Time { get; } = new(Start);

    public List<DateTimeOffset> Calls { get; } = [];

    public static Machine Of(string states, string startAt, int seed = 1) =>
        new($$"""{ "StartAt": "{{startAt}}", "States": { {{states}} } }""", seed);

    /// <summary>A machine of one state, called S.</summary>
    public static Machine Single(string state, int seed = 1) => Of($"\"S\": {state}", "S", seed);

    public Execution Begin(string input, Func<Machine, JsonNode?, Task<JsonNode?>>? task = null)
    {
        var identity = new ExecutionIdentity("arn:aws:states:eu-central-1:111122223333:execution:machine:run", "run", "arn:aws:states:eu-central-1:111122223333:stateMachine:machine", "machine", "arn:aws:iam::111122223333:role/machine");
        return new(identity, DefinitionReader.Read(definition), input, new(Time, new Chance(seed), "eu-central-1", CallAsync));

        async Task<JsonNode?> CallAsync(TaskResource resource, JsonNode? parameters)
        {
            Calls.Add(Time.GetUtcNow());
            return await (task ?? throw new InvalidOperationException("This test expects no task."))(this, parameters).ConfigureAwait(false);
        }
    }

    public Execution Run(string input = "{}", Func<Machine, JsonNode?, Task<JsonNode?>>? task = null)
    {
        var execution = Begin(input, task);
        Time.Run(() => execution.Ended);
        return execution;
    }

    public string Output(string input = "{}", Func<Machine, JsonNode?, Task<JsonNode?>>? task = null)
    {
        var execution = Run(input, task);
        Assert.True(execution.Status is ExecutionStatus.Succeeded, $"{execution.Error}: {execution.Cause}");
        return execution.Output!;
    }

    public string Error(string input = "{}", Func<Machine, JsonNode?, Task<JsonNode?>>? task = null)
    {
        var execution = Run(input, task);
        Assert.Equal(ExecutionStatus.Failed, execution.Status);
        return execution.Error!;
    }
}
