using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace LocalAws.Wire;

/// <summary>An answer of a service that speaks JSON and query: its values have the types of the model, and each protocol writes them its way.</summary>
internal static class TypedJson
{
    private const double TicksPerSecond = TimeSpan.TicksPerSecond;

    /// <summary>An object of these members; what is null is left out.</summary>
    public static JsonObject Object(params IEnumerable<(string Name, JsonNode? Value)> members) =>
        new(members.Where(static member => member.Value is not null).Select(static member => KeyValuePair.Create(member.Name, member.Value)));

    public static JsonArray List<T>(IEnumerable<T> entries, Func<T, JsonNode?> write) => new([.. entries.Select(write)]);

    /// <summary>As the query protocol writes it: lists have members, instants are ISO 8601.</summary>
    public static IEnumerable<XElement> Elements(JsonObject body) => body.Select(static member => Element(member.Key, member.Value!));

    /// <summary>As the JSON protocols write it: instants are seconds since 1970.</summary>
    public static JsonNode Plain(JsonNode node) => node switch
    {
        JsonObject body => new JsonObject(body.Select(static member => KeyValuePair.Create(member.Key, (JsonNode?)Plain(member.Value!)))),
        JsonArray list => new JsonArray([.. list.Select(static entry => Plain(entry!))]),
        JsonValue value when value.TryGetValue<DateTimeOffset>(out var at) => JsonValue.Create((at - DateTimeOffset.UnixEpoch).Ticks / TicksPerSecond),
        _ => node.DeepClone(),
    };

    private static XElement Element(string name, JsonNode node) => node switch
    {
        JsonObject body => new(name, Elements(body)),
        JsonArray list => new(name, list.Select(static entry => Element("member", entry!))),
        JsonValue value when value.TryGetValue<DateTimeOffset>(out var at) => Xml.Of(name, at),
        _ when node.GetValueKind() is JsonValueKind.String => new(name, node.GetValue<string>()),
        JsonValue value when value.TryGetValue<double>(out var number) && !value.TryGetValue<int>(out _) => new(name, number.ToString("0.0###############", CultureInfo.InvariantCulture)),
        _ => new(name, node.ToJsonString()),
    };
}
