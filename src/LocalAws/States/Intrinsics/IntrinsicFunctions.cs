using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.States.Intrinsics;

/// <summary>The 18 intrinsic functions by name (docs.aws.amazon.com: "Intrinsic functions for JSONPath states in Step Functions").</summary>
internal static class IntrinsicFunctions
{
    private delegate JsonNode? Function(Arguments arguments, Chance chance);

    private static readonly ImmutableDictionary<string, Function> Functions = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        ["States.Format"] = (arguments, _) => TextFunctions.Format(arguments),
        ["States.StringToJson"] = (arguments, _) => TextFunctions.StringToJson(arguments),
        ["States.JsonToString"] = (arguments, _) => TextFunctions.JsonToString(arguments),
        ["States.StringSplit"] = (arguments, _) => TextFunctions.StringSplit(arguments),
        ["States.Array"] = (arguments, _) => Json.Array(arguments.All),
        ["States.ArrayPartition"] = (arguments, _) => ArrayFunctions.Partition(arguments),
        ["States.ArrayContains"] = (arguments, _) => ArrayFunctions.Contains(arguments),
        ["States.ArrayRange"] = (arguments, _) => ArrayFunctions.Range(arguments),
        ["States.ArrayGetItem"] = (arguments, _) => ArrayFunctions.GetItem(arguments),
        ["States.ArrayLength"] = (arguments, _) => ArrayFunctions.Length(arguments),
        ["States.ArrayUnique"] = (arguments, _) => ArrayFunctions.Unique(arguments),
        ["States.Base64Encode"] = (arguments, _) => CodingFunctions.Base64Encode(arguments),
        ["States.Base64Decode"] = (arguments, _) => CodingFunctions.Base64Decode(arguments),
        ["States.Hash"] = (arguments, _) => CodingFunctions.Hash(arguments),
        ["States.JsonMerge"] = (arguments, _) => ObjectFunctions.JsonMerge(arguments),
        ["States.MathAdd"] = (arguments, _) => NumberFunctions.Add(arguments),
        ["States.MathRandom"] = NumberFunctions.Random,
        ["States.UUID"] = NumberFunctions.Uuid,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Functions.Keys;

    public static bool Knows(string name) => Functions.ContainsKey(name);

    public static JsonNode? Invoke(string name, ImmutableArray<JsonNode?> arguments, Chance chance) =>
        Functions[name](new Arguments(name, arguments), chance);
}
