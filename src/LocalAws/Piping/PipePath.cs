using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalAws.States;

namespace LocalAws.Piping;

/// <summary>Paths of pipes: fewer than JSONPath knows (Amazon EventBridge Pipes API Reference: PipeTargetEventBridgeEventBusParameters, patterns).</summary>
internal static partial class PipePath
{
    /// <summary>A path, to be part of other expressions.</summary>
    public const string Form = @"\$(?:\.[\w/_-]+(?:\[(?:[0-9]+|\*)\])*)*";

    public static bool IsPath(string text) => Paths().IsMatch(text);

    /// <summary>What stands at a path; with a star in it, a list.</summary>
    public static bool TryFind(JsonNode root, string path, out JsonNode? value)
    {
        var found = Steps().Matches(path).Aggregate(ImmutableArray.Create<JsonNode?>(root), (nodes, step) => [.. nodes.SelectMany(node => Below(node, step.Value))]);
        value = path.Contains('*', StringComparison.Ordinal) ? Json.Array(found) : found.FirstOrDefault();
        return !found.IsEmpty;
    }

    private static IEnumerable<JsonNode?> Below(JsonNode? node, string step) => (node, step) switch
    {
        (JsonArray list, "[*]") => list.AsEnumerable(),
        (JsonArray list, ['[', .. var number, ']']) when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Count => [list[at]],
        (JsonObject fields, ['.', .. var name]) when fields.TryGetPropertyValue(name, out var value) => [value],
        _ => [],
    };

    [GeneratedRegex("^" + Form + "$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Paths();

    [GeneratedRegex(@"\.[\w/_-]+|\[(?:[0-9]+|\*)\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Steps();
}
