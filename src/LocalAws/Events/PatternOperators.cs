using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalAws.Ec2;
using LocalAws.States;
using LocalAws.Wire;

namespace LocalAws.Events;

/// <summary>The values of event patterns (Amazon EventBridge User Guide, "Comparison operators for use in event patterns").</summary>
internal static class PatternOperators
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static AwsErrorException Invalid(string problem) => new("InvalidEventPatternException", $"Event pattern is not valid. Reason: {problem}");

    /// <summary>What an <c>exists</c> wants; null: it is another value.</summary>
    public static bool? Exists(JsonNode? wanted) => wanted is JsonObject one && one.ContainsKey("exists") ? Json.Boolean(one["exists"]) : null;

    public static void Check(JsonNode? wanted)
    {
        if (wanted is not JsonObject)
        {
            if (wanted is JsonArray)
                throw Invalid("Arrays within arrays are not allowed");
            return;
        }

        var (name, value) = Single(wanted);
        var isRight = name switch
        {
            "prefix" or "suffix" => IsText(value) || (value is JsonObject && Single(value) is ("equals-ignore-case", var text) && IsText(text)),
            "equals-ignore-case" => IsText(value),
            "wildcard" => IsWildcard(value),
            "exists" => Json.Boolean(value) is not null,
            "cidr" => Json.String(value) is { } block && IPNetwork.TryParse(block, out _),
            "numeric" => IsRange(value),
            "anything-but" => IsAnythingBut(value),
            _ => throw Invalid($"Unrecognized match type {name}"),
        };
        if (!isRight)
            throw Invalid($"Value of {name} is not of a form that it allows: {Json.Text(value)}");
    }

    public static bool Accepts(JsonNode? wanted, JsonNode? found)
    {
        if (wanted is not JsonObject)
            return IsEqual(wanted, found);
        var (name, value) = Single(wanted);
        return name switch
        {
            "numeric" => Json.Number(found) is { } number && IsWithin((JsonArray)value!, number),
            "anything-but" => !Others(value).Any(other => Accepts(other, found)),
            _ => Json.String(found) is { } text && AcceptsText(name, value, text),
        };
    }

    private static bool AcceptsText(string name, JsonNode? value, string found)
    {
        var (wanted, comparison) = value is JsonObject inner
            ? (Json.String(Single(inner).Value)!, StringComparison.OrdinalIgnoreCase)
            : (Json.String(value)!, name is "equals-ignore-case" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        return name switch
        {
            "prefix" => found.StartsWith(wanted, comparison),
            "suffix" => found.EndsWith(wanted, comparison),
            "equals-ignore-case" => found.Equals(wanted, comparison),
            "cidr" => IPAddress.TryParse(found, out var address) && Cidr.Contains(wanted, address),
            _ => Wildcard(wanted).IsMatch(found),
        };
    }

    /// <summary>The patterns of an <c>anything-but</c>: values, or one operator with one or many texts.</summary>
    private static IEnumerable<JsonNode?> Others(JsonNode? value) => value switch
    {
        JsonArray list => list,
        JsonObject one when Single(one) is (var name, JsonArray many) => many.Select(text => new JsonObject { [name] = text?.DeepClone() }),
        _ => [value],
    };

    private static bool IsAnythingBut(JsonNode? value) => value switch
    {
        JsonArray list => list.Count > 0 && (list.All(IsText) || list.All(one => Json.Number(one) is not null)),
        JsonObject one => Single(one).Name is "prefix" or "suffix" or "equals-ignore-case" or "wildcard" && Others(one).Any() && Others(one).All(other => IsRight(other)),
        _ => IsText(value) || Json.Number(value) is not null,
    };

    private static bool IsRight(JsonNode? operation)
    {
        Check(operation);
        return true;
    }

    /// <summary>At most one lower and one upper bound, or one value.</summary>
    private static bool IsRange(JsonNode? value) => value is JsonArray { Count: 2 or 4 } list
        && list.Where((_, at) => at % 2 == 0).All(sign => Json.String(sign) is "=" or "<" or "<=" or ">" or ">=")
        && list.Where((_, at) => at % 2 == 1).All(bound => Json.Number(bound) is not null)
        && (list.Count == 2 || (Json.String(list[0]) is ">" or ">=" && Json.String(list[2]) is "<" or "<=" && Json.Number(list[1]) < Json.Number(list[3])));

    private static bool IsWithin(JsonArray range, decimal number) => Enumerable.Range(0, range.Count / 2).All(at => (Json.String(range[2 * at]), Json.Number(range[(2 * at) + 1])) switch
    {
        ("=", var bound) => number == bound,
        ("<", var bound) => number < bound,
        ("<=", var bound) => number <= bound,
        (">", var bound) => number > bound,
        var (_, bound) => number >= bound,
    });

    private static bool IsWildcard(JsonNode? value) => Json.String(value) is { } text && !text.Contains("**", StringComparison.Ordinal);

    /// <summary>A star stands for any text; a backslash takes the meaning of a star or backslash away.</summary>
    private static Regex Wildcard(string text) => new(
        "^" + Regex.Replace(text, @"\\[\\*]|\*|[^\\*]+|\\", part => part.Value switch
        {
            "*" => ".*",
            ['\\', var literal] => Regex.Escape(literal.ToString()),
            var plain => Regex.Escape(plain),
        }, RegexOptions.None, Longest) + "$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline,
        Longest);

    private static bool IsEqual(JsonNode? wanted, JsonNode? found) => Json.Kind(wanted) switch
    {
        JsonValueKind.Number => Json.Number(found) is { } number && number == Json.Number(wanted),
        JsonValueKind.String => Json.String(found) == Json.String(wanted),
        var kind => Json.Kind(found) == kind,
    };

    private static bool IsText(JsonNode? value) => Json.Kind(value) is JsonValueKind.String;

    private static (string Name, JsonNode? Value) Single(JsonNode? node) => node is JsonObject { Count: 1 } one
        ? (one.First().Key, one.First().Value)
        : throw Invalid("Only one key allowed in match expression");
}
