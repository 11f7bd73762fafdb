using System.Text.Json.Nodes;
using LocalAws.States;
using LocalAws.Tests.Moto;
using Xunit;

namespace LocalAws.Tests.States.Judged;

/// <summary>A definition, its input, and how it ends.</summary>
internal sealed record JudgedCase(string Name, string Definition, string Input, Outcome Expected, IReadOnlyDictionary<string, IReadOnlyList<RecordedAnswer>> Answers)
{
    private static readonly Dictionary<string, IReadOnlyList<RecordedAnswer>> NoAnswers = new(StringComparer.Ordinal);

    public JudgedCase(string name, string definition, string input, Outcome expected)
        : this(name, definition, input, expected, NoAnswers)
    {
    }

    /// <summary>The definition with nothing left to call or to wait for.</summary>
    public string Still => Answers.Count == 0 ? Definition : new RecordedTasks(Answers).Replace(Definition);

    /// <summary>Answers as recorded, whatever is asked.</summary>
    public Task<JsonNode?> Answer()
    {
        var answer = Assert.Single(Assert.Single(Answers).Value);
        return answer.Error is null ? Task.FromResult(answer.Result) : throw new StateFailedException(answer.Error, answer.Cause);
    }

    /// <summary>A case of <c>definitions.json</c>.</summary>
    public static JudgedCase Read(JsonNode written)
    {
        var states = written["states"]!.AsObject();
        var definition = new JsonObject { ["StartAt"] = states.First().Key, ["States"] = states.DeepClone() };
        var answers = (written["answers"] as JsonObject ?? []).ToDictionary(
            answer => answer.Key,
            IReadOnlyList<RecordedAnswer> (answer) => [new(answer.Value!["result"], (string?)answer.Value["error"], (string?)answer.Value["cause"])],
            StringComparer.Ordinal);
        var expected = (string?)written["error"] is { } error ? Outcome.Failed(error) : Outcome.Succeeded(written["output"]!.ToJsonString());
        return new((string)written["name"]!, definition.ToJsonString(RecordedTasks.Plain), written["input"]!.ToJsonString(), expected, answers);
    }
}
