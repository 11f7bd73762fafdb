using System.Text.Json.Nodes;
using LocalAws.States.Definitions;
using LocalAws.States.Paths;
using LocalAws.States.Payloads;

namespace LocalAws.States.Running;

/// <summary>Where a state's data goes on.</summary>
/// <param name="Output">Its output.</param>
/// <param name="Next">The next state; null: its flow ends.</param>
internal sealed record Step(JsonNode? Output, string? Next);

/// <summary>One visit of one line of states to a state: its input and what it can see.</summary>
internal sealed class Visit(FlowRun run, State state, JsonNode? input)
{
    /// <summary>How large an input or output may be (docs.aws.amazon.com: "Step Functions service quotas").</summary>
    private const int MostBytes = 262_144;

    private readonly DateTimeOffset enteredAt = run.Execution.Engine.Time.GetUtcNow();

    public FlowRun Run { get; } = run;

    public Engine Engine { get; } = run.Execution.Engine;

    public State State { get; } = state;

    /// <summary>The input as it came, before the state's fields shape it.</summary>
    public JsonNode? Input { get; } = input;

    public long EnteredId { get; private set; }

    public int RetryCount { get; set; }

    public void Enter() => EnteredId = Log($"{State.Type}StateEntered", "stateEnteredEventDetails", new JsonObject
    {
        ["name"] = State.Name,
        ["input"] = Json.Text(Input),
        ["inputDetails"] = Execution.NotTruncated(),
    });

    public void Exit(JsonNode? output) => Log($"{State.Type}StateExited", "stateExitedEventDetails", new JsonObject
    {
        ["name"] = State.Name,
        ["output"] = Json.Text(output),
        ["outputDetails"] = Execution.NotTruncated(),
    });

    public long Log(string type, string? detailsName = null, JsonObject? details = null)
    {
        if (Run.Execution.History.IsFull)
            throw StatesErrors.Runtimes($"The execution reached the maximum number of history events ({History.Most}).");
        return Run.Trail.Last = Run.Execution.History.Add(Run.Trail.Last, type, detailsName, details);
    }

    public View See(JsonNode? data) => new(data, new(() => ContextObject.Of(Run.Execution, State, enteredAt, RetryCount, Run.MapItem), isThreadSafe: false), Run.Variables);

    /// <summary>What <c>InputPath</c> leaves of the input.</summary>
    public JsonNode? Selected() => Select(State.Shape.InputPath, Input, "InputPath");

    /// <summary>What the state works on.</summary>
    public JsonNode? Effective()
    {
        var selected = Selected();
        return State.Shape.Parameters is { } parameters ? Sized(parameters.Fill(See(selected), Engine.Chance)) : selected;
    }

    /// <summary>The output of a state with a result of its own.</summary>
    public JsonNode? Place(JsonNode? result)
    {
        Assign(State.Shape.Assign, Sized(result));
        var kept = State.Shape.ResultSelector is { } selector ? selector.Fill(See(result), Engine.Chance) : result;
        return Passed(State.Shape.ResultPath is { } path ? ResultPlace.Put(Input, path, kept) : Input);
    }

    /// <summary>The output after <c>OutputPath</c>.</summary>
    public JsonNode? Passed(JsonNode? output) => Sized(Select(State.Shape.OutputPath, output, "OutputPath"));

    public void Assign(PayloadTemplate.Members? assign, JsonNode? data)
    {
        if (assign?.Fill(See(data), Engine.Chance) is JsonObject assigned)
            Run.Variables = Run.Variables.SetItems(assigned.Select(variable => KeyValuePair.Create(variable.Key, Json.Copy(variable.Value))));
    }

    public JsonNode? Sized(JsonNode? value) => Json.Bytes(value).Length <= MostBytes
        ? value
        : throw new StateFailedException(
            StatesErrors.DataLimitExceeded,
            $"The state/task '{State.Name}' returned a result with a size exceeding the maximum number of bytes service limit.");

    private JsonNode? Select(JsonPath? path, JsonNode? data, string field)
    {
        if (path is null)
            return new JsonObject();
        var view = See(data);
        return path.Root is PathRoot.Variable || view.TryGet(path, out _)
            ? view.Get(path, field)
            : throw StatesErrors.Runtimes($"Invalid path '{path.Text}' : No results for path: {path.Spelled()}");
    }
}
