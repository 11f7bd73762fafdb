using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.States;

namespace LocalAws.Events;

/// <summary>
/// Which events a rule takes: every key must be there with one of its values, and of an event's list one value is enough
/// (Amazon EventBridge User Guide, "Amazon EventBridge event patterns" and "Comparison operators for use in event patterns").
/// </summary>
public sealed class EventPattern
{
    private const string Or = "$or";

    private readonly JsonObject fields;

    private EventPattern(JsonObject fields) => this.fields = fields;

    /// <summary>Reads a pattern strictly.</summary>
    /// <exception cref="Wire.AwsErrorException"><c>InvalidEventPatternException</c>.</exception>
    public static EventPattern Read(string text)
    {
        try
        {
            var pattern = Json.Read(text) as JsonObject ?? throw PatternOperators.Invalid("Filter is not an object");
            Check(pattern);
            return new(pattern);
        }
        catch (JsonException error)
        {
            throw PatternOperators.Invalid(error.Message);
        }
    }

    /// <summary>Whether an event is taken.</summary>
    public bool Takes(JsonObject happened) => Takes(fields, happened);

    private static void Check(JsonObject fields)
    {
        if (fields.Count == 0)
            throw PatternOperators.Invalid("Empty objects are not allowed");
        foreach (var (key, value) in fields)
        {
            switch (value)
            {
                case JsonArray either when key is Or:
                    foreach (var one in either.Count >= 2 ? either : throw PatternOperators.Invalid("\"$or\" needs at least two alternatives"))
                        Check(one as JsonObject ?? throw PatternOperators.Invalid("\"$or\" must hold objects"));
                    break;
                case JsonArray { Count: > 0 } values:
                    foreach (var one in values)
                        PatternOperators.Check(one);
                    break;
                case JsonObject below:
                    Check(below);
                    break;
                default:
                    throw PatternOperators.Invalid($"\"{key}\" must be an object or an array");
            }
        }
    }

    private static bool Takes(JsonObject pattern, JsonNode? there) => pattern.All(field => field.Value switch
    {
        JsonArray either when field.Key is Or => either.Any(one => Takes((JsonObject)one!, there)),
        JsonArray values => TakesValue(values, there, field.Key),
        JsonObject below => Objects(there).Select(holder => holder[field.Key]).SelectMany(Objects).DefaultIfEmpty([]).Any(holder => Takes(below, holder)),
        _ => false,
    });

    private static bool TakesValue(JsonArray wanted, JsonNode? there, string key)
    {
        var holders = Objects(there).Where(holder => holder.ContainsKey(key)).ToList();
        var leaves = holders.SelectMany(holder => Leaves(holder[key])).ToList();
        var isThere = holders.Exists(holder => holder[key] is not JsonObject);
        return wanted.Any(one => PatternOperators.Exists(one) is { } exists
            ? exists == isThere
            : leaves.Exists(leaf => PatternOperators.Accepts(one, leaf)));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject fields => [fields],
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<JsonNode?> Leaves(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Leaves),
        JsonObject => [],
        _ => [node],
    };
}
