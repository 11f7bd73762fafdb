using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Ec2;
using LocalAws.States;
using LocalAws.Wire;

namespace LocalAws.Sns;

/// <summary>Reads filter policies strictly (Amazon SNS Developer Guide, "Filter policy constraints in Amazon SNS").</summary>
internal static class FilterPolicyReader
{
    private const string Or = "$or";
    private const int MostKeys = 5;
    private const int MostCombinations = 150;
    private const int MostBytes = 256 * 1024;
    private const decimal LargestNumber = 1_000_000_000;

    /// <param name="text">The policy.</param>
    /// <param name="ofBody">Whether it looks at the message's body, where keys may have keys of their own.</param>
    /// <exception cref="AwsErrorException"><c>InvalidParameter</c>.</exception>
    public static FilterPolicy Read(string text, bool ofBody)
    {
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
            throw Wrong($"Filter policy is larger than {MostBytes} bytes");
        var policy = Policy(Parse(text), ofBody);
        if (KeysOf(policy) > MostKeys)
            throw Wrong($"Filter policy can not have more than {MostKeys} keys");
        return Combinations(policy, 1) <= MostCombinations ? policy : throw Wrong("Filter policy is too complex");
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return Json.Read(text) as JsonObject ?? throw Wrong("Filter policy must be a JSON object");
        }
        catch (JsonException error)
        {
            throw Wrong($"failed to parse JSON. {error.Message}");
        }
    }

    private static FilterPolicy Policy(JsonObject fields, bool ofBody)
    {
        var keys = ImmutableDictionary.CreateBuilder<string, ImmutableArray<FilterCondition>>(StringComparer.Ordinal);
        var below = ImmutableDictionary.CreateBuilder<string, FilterPolicy>(StringComparer.Ordinal);
        var either = ImmutableArray.CreateBuilder<ImmutableArray<FilterPolicy>>();
        foreach (var (key, value) in fields)
        {
            switch (value)
            {
                case JsonArray list when key is Or:
                    either.Add(Alternatives(list, ofBody));
                    break;
                case JsonArray { Count: > 0 } list:
                    keys.Add(key, [.. list.Select(Condition)]);
                    break;
                case JsonObject inner when ofBody:
                    below.Add(key, Policy(inner, ofBody));
                    break;
                case JsonObject:
                    throw Wrong("Filter policy scope MessageAttributes does not support nested filter policy");
                case JsonArray:
                    throw Wrong("Empty arrays are not allowed");
                default:
                    throw Wrong($"\"{key}\" must be an object or an array");
            }
        }

        return new(keys.ToImmutable(), below.ToImmutable(), either.ToImmutable());
    }

    private static ImmutableArray<FilterPolicy> Alternatives(JsonArray list, bool ofBody) => list.Count >= 2 && list.All(entry => entry is JsonObject { Count: > 0 })
        ? [.. list.Select(entry => Policy((JsonObject)entry!, ofBody))]
        : throw Wrong($"\"{Or}\" must have at least two objects with keys");

    private static FilterCondition Condition(JsonNode? node)
    {
        if (node is not JsonObject fields)
            return new FilterCondition.Exactly(Plain(node));
        if (fields.Count != 1)
            throw Wrong("Only one key allowed in match expression");
        var (type, value) = fields.First();
        return type switch
        {
            "prefix" => new FilterCondition.Prefix(Text(type, value)),
            "suffix" => new FilterCondition.Suffix(Text(type, value)),
            "equals-ignore-case" => new FilterCondition.EqualsIgnoreCase(Text(type, value)),
            "exists" => new FilterCondition.Exists(Json.Boolean(value) ?? throw Wrong("exists match pattern must be either true or false.")),
            "cidr" => new FilterCondition.InBlock(Cidr.Parse(Text(type, value)) is null ? throw Wrong("Malformed CIDR, one '/' required") : Text(type, value)),
            "numeric" => new FilterCondition.Range(Bounds(value as JsonArray ?? throw Wrong("Value of numeric must be an array."))),
            "anything-but" => new FilterCondition.AnythingBut(Others(value)),
            _ => throw Wrong($"Unrecognized match type {type}"),
        };
    }

    private static ImmutableArray<FilterCondition> Others(JsonNode? value) => value switch
    {
        JsonArray { Count: > 0 } list => [.. list.Select(entry => new FilterCondition.Exactly(Plain(entry)))],
        JsonObject { Count: 1 } fields when fields.First() is { Key: "prefix" or "suffix" } => [Condition(fields)],
        JsonObject or JsonArray => throw Wrong("Value of anything-but must be an array or single string/number value, or a prefix or suffix."),
        _ => [new FilterCondition.Exactly(Plain(value))],
    };

    private static ImmutableArray<(string Comparison, decimal Bound)> Bounds(JsonArray list)
    {
        var pairs = list.Chunk(2).Select(pair => pair is [var comparison, var bound] && Json.String(comparison) is { } sign && Json.Number(bound) is { } number
            ? (Comparison: sign, Bound: Within(number))
            : throw Wrong("Value of numeric must be comparisons, each followed by a number.")).ToImmutableArray();
        return pairs.Select(pair => pair.Comparison).ToArray() is ["="] or ["<" or "<=" or ">" or ">="] or [">" or ">=", "<" or "<="]
            ? pairs
            : throw Wrong("Value of numeric must be one comparison, or a lower bound and an upper bound.");
    }

    private static FilterValue Plain(JsonNode? node) => FilterPolicy.Value(node is JsonArray ? throw Wrong("Match value must be String, number, true, false, or null") : node) switch
    {
        FilterValue.Number number => new FilterValue.Number(Within(number.Value)),
        var value => value,
    };

    private static decimal Within(decimal number) => number is >= -LargestNumber and <= LargestNumber ? number : throw Wrong($"Numbers must be from -{LargestNumber} to {LargestNumber}");

    private static string Text(string type, JsonNode? value) => Json.String(value) is { Length: > 0 } text ? text : throw Wrong($"{type} match pattern must be a string");

    private static int KeysOf(FilterPolicy policy) =>
        policy.Keys.Count + policy.Below.Values.Sum(KeysOf) + policy.Either.Sum(alternatives => alternatives.Sum(KeysOf));

    /// <summary>The numbers of values multiply, each weighed with how deep its key lies.</summary>
    private static long Combinations(FilterPolicy policy, int depth) =>
        policy.Keys.Values.Aggregate(1L, (all, conditions) => all * conditions.Length * depth)
        * policy.Below.Values.Aggregate(1L, (all, inner) => all * Combinations(inner, depth + 1))
        * policy.Either.Aggregate(1L, (all, alternatives) => all * alternatives.Sum(inner => Combinations(inner, depth)));

    private static AwsErrorException Wrong(string what) => PublishForm.Invalid($"FilterPolicy: {what}");
}
