using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Sqs;
using LocalAws.States;

namespace LocalAws.Sns;

/// <summary>
/// Which messages a subscription takes: all keys must accept, and of a key's conditions one
/// (Amazon SNS Developer Guide, "Amazon SNS subscription filter policies").
/// </summary>
/// <param name="Keys">The conditions of each key.</param>
/// <param name="Below">The policies of keys that have keys of their own, in message bodies.</param>
/// <param name="Either">The alternatives of each <c>$or</c>.</param>
internal sealed record FilterPolicy(
    ImmutableDictionary<string, ImmutableArray<FilterCondition>> Keys,
    ImmutableDictionary<string, FilterPolicy> Below,
    ImmutableArray<ImmutableArray<FilterPolicy>> Either)
{
    /// <summary>Whether it takes a message with these attributes; binary ones are not looked at.</summary>
    public bool Takes(ImmutableSortedDictionary<string, MessageAttribute> attributes) => Takes(attributes.Aggregate(new JsonObject(), (all, attribute) =>
    {
        if (ValueOf(attribute.Value) is { } value)
            all[attribute.Key] = value;
        return all;
    }));

    /// <summary>Whether it takes a message with this body; one that is not a JSON object is taken by none.</summary>
    public bool Takes(string body)
    {
        try
        {
            return Json.Read(body) is JsonObject fields && Takes(fields);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonNode? ValueOf(MessageAttribute attribute)
    {
        if (attribute.IsBinary)
            return null;
        if (attribute.DataType is not "String.Array")
        {
            return attribute.DataType.StartsWith("Number", StringComparison.Ordinal) && decimal.TryParse(attribute.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(attribute.Text);
        }

        try
        {
            return Json.Read(attribute.Text) as JsonArray;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool Takes(JsonObject fields) =>
        Keys.All(key => Takes(key.Value, fields, key.Key))
        && Below.All(key => Objects(fields[key.Key]).Any(key.Value.Takes))
        && Either.All(alternatives => alternatives.Any(policy => policy.Takes(fields)));

    private static bool Takes(ImmutableArray<FilterCondition> conditions, JsonObject fields, string key)
    {
        if (!fields.TryGetPropertyValue(key, out var node))
            return conditions.Any(condition => condition is FilterCondition.Exists { Wanted: false });
        var values = Values(node).ToImmutableArray();
        return conditions.Any(condition => values.Any(condition.Accepts)) || (values.IsEmpty && conditions.Any(condition => condition is FilterCondition.Exists { Wanted: true }));
    }

    private static IEnumerable<FilterValue> Values(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Values),
        JsonObject => [],
        _ => [Value(node)],
    };

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject fields => [fields],
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    /// <summary>A plain JSON value as conditions see it.</summary>
    public static FilterValue Value(JsonNode? node) => Json.Kind(node) switch
    {
        JsonValueKind.String => new FilterValue.Text(node!.GetValue<string>()),
        JsonValueKind.Number when Json.Number(node) is { } number => new FilterValue.Number(number),
        _ => new FilterValue.Keyword(node?.ToJsonString() ?? "null"),
    };
}
