using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>
/// Evaluates intrinsic functions (AWS CloudFormation Template Reference, "Intrinsic functions"). A value that <c>AWS::NoValue</c>
/// takes away is null here, which a template itself cannot write.
/// </summary>
/// <param name="names">What <c>Ref</c> finds that is no resource: parameters and pseudo parameters.</param>
/// <param name="mappings">The section of that name.</param>
/// <param name="conditions">The section of that name.</param>
/// <param name="made">The resource of a logical id, made when it is not yet; null when there is none.</param>
internal sealed class Intrinsics(
    IReadOnlyDictionary<string, JsonNode?> names,
    JsonObject mappings,
    JsonObject conditions,
    Func<string, string, Made?> made)
{
    public static readonly ImmutableHashSet<string> Known =
    [
        "Ref", "Condition", "Fn::Sub", "Fn::GetAtt", "Fn::If", "Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or",
        "Fn::Join", "Fn::Select", "Fn::Split", "Fn::FindInMap", "Fn::Base64",
    ];

    private readonly Dictionary<string, bool?> decided = new(StringComparer.Ordinal);

    /// <summary>The function that an object is, if it is one.</summary>
    public static string? NameOf(JsonNode? node, string path)
    {
        var fields = node as JsonObject ?? [];
        if (fields.Select(field => field.Key).FirstOrDefault(IsFunction) is not { } name)
            return null;
        if (fields.Count > 1)
            throw new TemplateException(path, $"{name} beside other keys", "a function alone");
        return Known.Contains(name) ? name : throw new TemplateException(path, name, string.Join(", ", Known.Order(StringComparer.Ordinal)));
    }

    /// <summary>The value that stands for a node; null: none.</summary>
    public JsonNode? Evaluate(JsonNode? node, string path) => node switch
    {
        null => null,
        JsonObject fields when NameOf(fields, path) is { } name => Call(name, fields[name]!, $"{path}.{name}"),
        JsonObject fields => new JsonObject(fields
            .Select(field => KeyValuePair.Create(field.Key, Evaluate(field.Value, $"{path}.{field.Key}")))
            .Where(field => field.Value is not null)),
        JsonArray list => new JsonArray([.. list.Select((entry, at) => Evaluate(entry, $"{path}[{at}]")).Where(entry => entry is not null)]),
        _ => node.DeepClone(),
    };

    /// <summary>Whether a condition of the template holds.</summary>
    public bool Holds(string condition, string path)
    {
        if (decided.TryGetValue(condition, out var known))
            return known ?? throw new TemplateException($"Conditions.{condition}", "a condition that rests on itself", "no circle");
        var rule = conditions[condition] ?? throw new TemplateException(path, $"the condition '{condition}'", string.Join(", ", conditions.Select(named => named.Key)));
        decided[condition] = null;
        var holds = Truth(rule, $"Conditions.{condition}");
        decided[condition] = holds;
        return holds;
    }

    private static bool IsFunction(string key) => key is "Ref" || key.StartsWith("Fn::", StringComparison.Ordinal);

    private JsonNode? Call(string name, JsonNode argument, string path) => name switch
    {
        "Ref" => Reference(Text(argument, path), path),
        "Fn::GetAtt" => Attribute(argument, path),
        "Fn::Sub" => Substitute(argument, path),
        "Fn::If" => If(argument, path),
        "Fn::Join" => Join(argument, path),
        "Fn::Select" => Select(argument, path),
        "Fn::Split" => Split(argument, path),
        "Fn::FindInMap" => FindInMap(argument, path),
        "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(Evaluate(argument, path), path))),
        _ => throw new TemplateException(path, name, "a function that gives a value; this one belongs into Conditions"),
    };

    private JsonNode? Reference(string name, string path) => names.TryGetValue(name, out var value)
        ? value?.DeepClone()
        : Find(name, path).Reference;

    private Made Find(string id, string path) =>
        made(id, path) ?? throw new TemplateException(path, $"'{id}'", "a parameter, a pseudo parameter or a resource of this template");

    private JsonNode Attribute(JsonNode argument, string path)
    {
        var (id, attribute) = argument switch
        {
            JsonArray { Count: 2 } parts => (Text(parts[0], path), Text(Evaluate(parts[1], path), path)),
            JsonValue value when Text(value, path).Split('.', 2) is [var first, var rest] => (first, rest),
            _ => throw new TemplateException(path, argument.ToJsonString(), "Resource.Attribute"),
        };
        return Attribute(id, attribute, path);
    }

    private string Attribute(string id, string attribute, string path)
    {
        var attributes = Find(id, path).Attributes;
        return attributes.GetValueOrDefault(attribute)
            ?? throw new TemplateException(path, $"the attribute '{attribute}' of {id}", string.Join(", ", attributes.Keys.Order(StringComparer.Ordinal)));
    }

    private JsonNode Substitute(JsonNode argument, string path)
    {
        var own = argument is JsonArray { Count: 2 } pair
            ? pair[1] as JsonObject ?? throw new TemplateException(path, pair[1]!.ToJsonString(), "a map of names")
            : [];
        var text = Text(argument is JsonArray list ? list[0] : argument, path);
        return Substitution.Replace(text, path, name =>
            own[name] is { } value ? Text(Evaluate(value, $"{path}.{name}"), $"{path}.{name}")
            : !names.ContainsKey(name) && name.Split('.', 2) is [var id, var attribute] ? Attribute(id, attribute, path)
            : Text(Reference(name, path), path));
    }

    private JsonNode? If(JsonNode argument, string path)
    {
        var parts = List(argument, path, 3);
        var taken = Holds(Text(parts[0], path), path) ? 1 : 2;
        return Evaluate(parts[taken], $"{path}[{taken}]");
    }

    private JsonNode Join(JsonNode argument, string path)
    {
        var parts = List(argument, path, 2);
        return string.Join(Text(parts[0], path), Texts(parts[1], $"{path}[1]"));
    }

    private JsonNode Select(JsonNode argument, string path)
    {
        var parts = List(argument, path, 2);
        var texts = Texts(parts[1], $"{path}[1]");
        var index = Text(Evaluate(parts[0], path), path);
        return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < texts.Length
            ? texts[at]
            : throw new TemplateException(path, $"index {index}", $"0 to {texts.Length - 1}");
    }

    private JsonArray Split(JsonNode argument, string path)
    {
        var parts = List(argument, path, 2);
        var mark = Text(parts[0], path) is { Length: > 0 } given ? given : throw new TemplateException(path, "an empty delimiter", "text");
        return [.. Text(Evaluate(parts[1], $"{path}[1]"), $"{path}[1]").Split(mark).Select(part => JsonValue.Create(part))];
    }

    private JsonNode FindInMap(JsonNode argument, string path)
    {
        JsonNode? at = mappings;
        foreach (var (part, i) in List(argument, path, 3).Select((part, i) => (part, i)))
        {
            var key = Text(Evaluate(part, $"{path}[{i}]"), $"{path}[{i}]");
            at = (at as JsonObject)?[key] ?? throw new TemplateException($"{path}[{i}]", $"'{key}'", string.Join(", ", (at as JsonObject ?? []).Select(entry => entry.Key)));
        }

        return at.DeepClone();
    }

    private bool Truth(JsonNode rule, string path) => rule is JsonObject { Count: 1 } && rule["Condition"] is { } named
        ? Holds(Text(named, path), path)
        : NameOf(rule, path) switch
        {
            "Fn::Equals" when List(rule["Fn::Equals"]!, path, 2) is [var left, var right] => Text(Evaluate(left, path), path) == Text(Evaluate(right, path), path),
            "Fn::Not" => !Truth(List(rule["Fn::Not"]!, path, 1)[0]!, path),
            "Fn::And" => Several(rule["Fn::And"]!, path).All(part => Truth(part!, path)),
            "Fn::Or" => Several(rule["Fn::Or"]!, path).Any(part => Truth(part!, path)),
            _ => throw new TemplateException(path, rule.ToJsonString(), "Condition, Fn::Equals, Fn::Not, Fn::And, Fn::Or"),
        };

    private ImmutableArray<string> Texts(JsonNode? node, string path) => Evaluate(node, path) is JsonArray list
        ? [.. list.Select((entry, at) => Text(entry, $"{path}[{at}]"))]
        : throw new TemplateException(path, node?.ToJsonString() ?? "nothing", "a list");

    private static JsonArray List(JsonNode argument, string path, int count) => argument is JsonArray list && list.Count == count
        ? list
        : throw new TemplateException(path, argument.ToJsonString(), $"a list of {count}");

    private static JsonArray Several(JsonNode argument, string path) => argument is JsonArray { Count: >= 2 and <= 10 } list
        ? list
        : throw new TemplateException(path, argument.ToJsonString(), "a list of 2 to 10 conditions");

    private static string Text(JsonNode? node, string path) => node is JsonValue value && value.GetValueKind() is not JsonValueKind.Null
        ? value.ToString()
        : throw new TemplateException(path, node?.ToJsonString() ?? "nothing", "text");
}
