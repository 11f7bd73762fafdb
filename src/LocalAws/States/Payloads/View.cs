using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Paths;

namespace LocalAws.States.Payloads;

/// <summary>What a path in a state can see at one moment.</summary>
/// <param name="Input">What <c>$</c> is.</param>
/// <param name="Context">What <c>$$</c> is.</param>
/// <param name="Variables">The variables that are assigned.</param>
internal sealed record View(JsonNode? Input, JsonObject Context, ImmutableDictionary<string, JsonNode?> Variables)
{
    /// <summary>The value of a path: what it names, or the list of its matches when it can have several.</summary>
    public JsonNode? Get(JsonPath path, string field)
    {
        if (TryGet(path, out var value))
            return value;
        throw path.Root is PathRoot.Variable && !Variables.ContainsKey(path.Variable!)
            ? StatesErrors.Runtimes($"The variable '${path.Variable}' referenced by the field '{field}' has no value.")
            : StatesErrors.Runtimes($"The JSONPath '{path.Text}' specified for the field '{field}' could not be found in the input '{Json.Text(Root(path))}'");
    }

    public bool TryGet(JsonPath path, out JsonNode? value)
    {
        value = null;
        if (path.Root is PathRoot.Variable && !Variables.ContainsKey(path.Variable!))
            return false;
        var found = path.Find(Root(path));
        value = path.IsDefinite ? found.FirstOrDefault() : Json.Array(found);
        return !path.IsDefinite || !found.IsEmpty;
    }

    private JsonNode? Root(JsonPath path) => path.Root switch
    {
        PathRoot.Context => Context,
        PathRoot.Variable => Variables[path.Variable!],
        _ => Input,
    };
}
