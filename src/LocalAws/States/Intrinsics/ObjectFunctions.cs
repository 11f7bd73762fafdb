using System.Text.Json.Nodes;

namespace LocalAws.States.Intrinsics;

internal static class ObjectFunctions
{
    public static JsonNode JsonMerge(Arguments arguments)
    {
        if (arguments.Expect(3).Boolean(2))
            throw arguments.Wrong("only the shallow merge (false) is supported");
        var merged = (JsonObject)arguments.Object(0).DeepClone();
        foreach (var (name, value) in arguments.Object(1))
            merged[name] = Json.Copy(value);
        return merged;
    }
}
