using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Paths;

namespace LocalAws.States.Payloads;

/// <summary>What a path in a state can see at one moment.</summary>
/// <param name="Input">What <c>$</c> is.</param>
/// <param name="Context">What <c>$$</c> is; few paths ask for it.</param>
/// <param name="Variables">The variables that are assigned.</param>
internal sealed record View(JsonNode? Input, Lazy<JsonObject> Context, ImmutableDictionary<string, JsonNode?> Variables)
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

    /// <summary>False when the path leads nowhere; one that can have several matches may have none, if only the place where it looks for them is there.</summary>
    public bool TryGet(JsonPath path, out JsonNode? value)
    {
        value = null;
        if (path.Root is PathRoot.Variable && !Variables.ContainsKey(path.Variable!))
            return false;
        var root = Root(path);
        var found = path.Find(root);
        value = path.IsDefinite ? found.FirstOrDefault() : Json.Array(found);
        return !found.IsEmpty || (!path.IsDefinite && !path.Trunk().Find(root).IsEmpty);
    }

    private JsonNode? Root(JsonPath path) => path.Root switch
    {
        PathRoot.Context => Context.Value,
        PathRoot.Variable => Variables[path.Variable!],
        _ => Input,
    };
}
