using System.Text.Json.Nodes;
using LocalAws.Lambda;
using LocalAws.Templates;
using LocalAws.Tests.Moto;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Tests.Deployment.Judged;

/// <summary>Writes down what each function answered, once for each time that a Task tried it to its end.</summary>
internal sealed class FunctionRecorder
{
    private readonly Dictionary<string, List<RecordedAnswer>> answers = new(StringComparer.Ordinal);

    /// <summary>
    /// By the functions' logical ids, which are the states' names. Of many answers the first two and the last are left, counted anew:
    /// a loop is a loop from its third round on, and the other interpreter takes a second for each.
    /// </summary>
    /// <param name="count">Where an answer says how many there were, below its payload.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<RecordedAnswer>> Answers(params string[] count) =>
        answers.ToDictionary(static one => one.Key, one => one.Value.Count > 3 ? Shortened(one.Value, count) : one.Value, StringComparer.Ordinal);

    public int Count(string function) => answers[function].Count;

    public void Forget() => answers.Clear();

    public LambdaEntry Load(FunctionSettings function, FunctionSurroundings surroundings)
    {
        var entry = ProductFunctions.Load(function, surroundings);
        return async (payload, context) =>
        {
            try
            {
                using var answer = await entry(payload, context);
                using var copy = new MemoryStream();
                await answer.CopyToAsync(copy);
                Note(function.LogicalId, new(new JsonObject { ["Payload"] = JsonNode.Parse(copy.ToArray()) }));
                return new MemoryStream(copy.ToArray());
            }
            catch (Exception error)
            {
                Note(function.LogicalId, new(null, error.GetType().Name, error.Message));
                throw;
            }
        };
    }

    private static IReadOnlyList<RecordedAnswer> Shortened(List<RecordedAnswer> all, string[] count)
    {
        IReadOnlyList<RecordedAnswer> some = [all[0], all[1], all[^1]];
        foreach (var (at, answer) in some.Index())
            count[..^1].Aggregate(answer.Result!["Payload"]!, static (place, name) => place[name]!)[count[^1]] = at + 1;
        return some;
    }

    /// <summary>What comes after an error comes of trying again.</summary>
    private void Note(string function, RecordedAnswer answer)
    {
        if (!answers.TryGetValue(function, out var before))
            answers[function] = before = [];
        if (before is [.., { Error: not null }])
            before.RemoveAt(before.Count - 1);
        before.Add(answer);
    }
}
