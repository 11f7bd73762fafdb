using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LocalAws.Tests.Moto;

/// <summary>What a Task answered, once for each time it was tried to its end.</summary>
/// <param name="Result">Its result.</param>
/// <param name="Error">The error that it failed with; null: it did not.</param>
/// <param name="Cause">The error's description.</param>
internal sealed record RecordedAnswer(JsonNode? Result, string? Error = null, string? Cause = null);

/// <summary>
/// Makes a definition that needs nobody: each Task becomes a Parallel of one branch, which takes the same fields but the call,
/// and in the branch stands a Pass or a Fail with the recorded answer; waits take no time and nothing is tried again.
/// </summary>
/// <param name="answers">The answers of each Task in order. More than one need a count in what the Task is given.</param>
internal sealed partial class RecordedTasks(IReadOnlyDictionary<string, IReadOnlyList<RecordedAnswer>> answers)
{
    /// <summary>The other interpreter takes an escaped quotation mark for six other characters.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The result's place in what the branch gives: of what is right below an item of a list, the other interpreter makes a list.</summary>
    private const string Inside = "is";

    private static readonly string[] CallFields = ["Resource", "TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"];
    private static readonly string[] WaitFields = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];

    /// <summary>Where a Task is told how often it has answered.</summary>
    public string Count { get; init; } = "$.Payload.Checks";

    /// <summary>What is null as long as there is no count.</summary>
    public string? NoneYet { get; init; }

    public string Replace(string definition)
    {
        var root = JsonNode.Parse(definition)!.AsObject();
        Flow(root);
        return root.ToJsonString(Plain);
    }

    private void Flow(JsonObject flow)
    {
        foreach (var (name, state) in flow["States"]!.AsObject().ToList())
            State(name, state!.AsObject());
    }

    private void State(string name, JsonObject state)
    {
        switch (state["Type"]!.GetValue<string>())
        {
            case "Wait":
                Remove(state, WaitFields);
                state["Seconds"] = 0;
                break;
            case "Parallel":
                foreach (var branch in state["Branches"]!.AsArray())
                    Flow(branch!.AsObject());
                break;
            case "Map":
                Flow((state["ItemProcessor"] ?? state["Iterator"])!.AsObject());
                break;
            case "Task":
                Task(name, state);
                break;
        }

        foreach (var retrier in state["Retry"] as JsonArray ?? [])
            retrier!["MaxAttempts"] = 0;
    }

    private void Task(string name, JsonObject state)
    {
        var recorded = answers.TryGetValue(name, out var found) ? found : [new RecordedAnswer(null, "NotRecorded", name)];
        Remove(state, CallFields);
        state["Type"] = "Parallel";
        state["Branches"] = new JsonArray(Branch(name, recorded));
        if (state["ResultSelector"] is JsonObject selector)
            FromTheOnlyBranch(selector);
        else if (recorded.FirstOrDefault(answer => answer.Error is null)?.Result is { } result)
            state["ResultSelector"] = Unwrapping(result);
        if (state["Assign"] is JsonObject assign)
            FromTheOnlyBranch(assign);
    }

    private JsonObject Branch(string name, IReadOnlyList<RecordedAnswer> recorded)
    {
        var states = new JsonObject();
        for (var at = 0; at < recorded.Count; at++)
            states[$"{name} answers {at}"] = Answer(recorded[at]);
        if (recorded.Count == 1)
            return new() { ["StartAt"] = $"{name} answers 0", ["States"] = states };
        var choices = Enumerable.Range(0, recorded.Count - 1).Select(JsonNode (at) => at == 0 && NoneYet is not null
            ? new JsonObject { ["Variable"] = NoneYet, ["IsNull"] = true, ["Next"] = $"{name} answers 0" }
            : new JsonObject { ["Variable"] = Count, ["NumericEquals"] = at, ["Next"] = $"{name} answers {at}" });
        states[$"{name} is asked"] = new JsonObject { ["Type"] = "Choice", ["Choices"] = new JsonArray([.. choices]), ["Default"] = $"{name} answers {recorded.Count - 1}" };
        return new() { ["StartAt"] = $"{name} is asked", ["States"] = states };
    }

    private static JsonObject Answer(RecordedAnswer answer)
    {
        if (answer.Error is null)
            return new() { ["Type"] = "Pass", ["Result"] = new JsonObject { [Inside] = answer.Result?.DeepClone() }, ["End"] = true };
        var fail = new JsonObject { ["Type"] = "Fail", ["Error"] = answer.Error };
        if (answer.Cause is not null)
            fail["Cause"] = answer.Cause;
        return fail;
    }

    /// <summary>A list of one result becomes that result, member by member: a selector cannot give anything but an object.</summary>
    private static JsonObject Unwrapping(JsonNode result) => new(
        result.AsObject().Select(member => KeyValuePair.Create($"{member.Key}.$", (JsonNode?)JsonValue.Create($"$[0].{Inside}.{member.Key}"))));

    private static void FromTheOnlyBranch(JsonObject template)
    {
        foreach (var (name, value) in template.ToList())
        {
            if (value is JsonObject inner)
                FromTheOnlyBranch(inner);
            else if (name.EndsWith(".$", StringComparison.Ordinal))
                template[name] = Data().Replace(value!.GetValue<string>(), $"$$[0].{Inside}");
        }
    }

    private static void Remove(JsonObject state, string[] names)
    {
        foreach (var name in names)
            state.Remove(name);
    }

    [GeneratedRegex(@"(?<![\w$])\$(?=[.\[,)\s]|$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Data();
}
