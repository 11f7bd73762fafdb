using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.Access;

/// <summary>Reads policy documents strictly: what is unknown here would be judged wrongly, so it is refused.</summary>
internal static class PolicyReader
{
    private const string Current = "2012-10-17";

    private static readonly ImmutableArray<string> DocumentFields = ["Version", "Id", "Statement"];
    private static readonly ImmutableArray<string> StatementFields = ["Sid", "Effect", "Action", "Resource", "Condition"];

    public static Policy Identity(string name, JsonNode? document) =>
        new(name, [.. Statements(document).Select((node, at) => Read(node, $"Statement[{at}]", at, StatementFields))]);

    public static ResourcePolicy Resource(string name, JsonNode? document) => new(name,
    [
        .. Statements(document).Select((node, at) => new ResourceStatement(
            Principals(Object(node, $"Statement[{at}]")["Principal"], $"Statement[{at}].Principal"),
            Read(node, $"Statement[{at}]", at, StatementFields.Add("Principal")))),
    ]);

    private static ImmutableArray<JsonNode?> Statements(JsonNode? document)
    {
        var fields = Object(document, "The policy");
        RefuseOthers(fields, "", DocumentFields);
        if (fields["Version"] is { } version && Text(version, "Version") is not Current)
            throw new PolicyException("Version", Show(version), $"\"{Current}\"");
        ImmutableArray<JsonNode?> statements = fields["Statement"] is JsonArray list ? [.. list] : [fields["Statement"]];
        var ids = statements.OfType<JsonObject>().Select(statement => statement["Sid"]?.ToString()).OfType<string>().ToList();
        return ids.Count == ids.Distinct(StringComparer.Ordinal).Count()
            ? statements
            : throw new PolicyException("Statement", "a Sid twice", "each Sid once");
    }

    private static Statement Read(JsonNode? node, string path, int at, ImmutableArray<string> known)
    {
        var fields = Object(node, path);
        RefuseOthers(fields, path + ".", known);
        var deny = fields["Effect"]?.ToString() switch
        {
            "Allow" => false,
            "Deny" => true,
            _ => throw new PolicyException(path + ".Effect", Show(fields["Effect"]), "\"Allow\", \"Deny\""),
        };
        return new(
            fields["Sid"] is { } id ? Text(id, path + ".Sid") : $"Statement{at}",
            deny,
            Texts(fields["Action"], path + ".Action", IsAction, "\"*\" or \"service:Action\""),
            Texts(fields["Resource"], path + ".Resource", IsResource, "\"*\" or an ARN of six parts"),
            fields["Condition"] is null ? [] : Conditions(Object(fields["Condition"], path + ".Condition"), path + ".Condition"));
    }

    private static ImmutableArray<Condition> Conditions(JsonObject operators, string path) =>
    [
        .. operators.SelectMany(named =>
        {
            var place = $"{path}.{named.Key}";
            var known = ConditionOperator.Read(named.Key) ?? throw new PolicyException(place, "an unknown operator", ConditionOperator.Allowed);
            return Object(named.Value, place).Select(key => Read(named.Key, known, key.Key, key.Value, place));
        }),
    ];

    private static Condition Read(string name, ConditionOperator known, string key, JsonNode? values, string path)
    {
        if (!KnownKeys.Has(key))
            throw new PolicyException($"{path}.{key}", "an unknown condition key", KnownKeys.Allowed);
        if (KnownKeys.HasManyValues(key) && known.Set is SetQualifier.One)
            throw new PolicyException($"{path}.{key}", $"{name} for a key with many values", $"ForAllValues:{name}, ForAnyValue:{name}");
        return new(name, key, Texts(values, $"{path}.{key}", _ => true, "text"));
    }

    private static ImmutableArray<PolicyPrincipal> Principals(JsonNode? node, string path) => node switch
    {
        JsonValue value when value.ToString() is "*" => [new("AWS", "*")],
        JsonObject kinds =>
        [
            .. kinds.SelectMany(kind => kind.Key is "AWS" or "Service"
                ? Texts(kind.Value, $"{path}.{kind.Key}", _ => true, "text").Select(value => new PolicyPrincipal(kind.Key, value))
                : throw new PolicyException($"{path}.{kind.Key}", "an unknown kind of principal", "AWS, Service")),
        ],
        _ => throw new PolicyException(path, Show(node), "\"*\", {\"AWS\": …}, {\"Service\": …}"),
    };

    private static bool IsAction(string action) => action is "*" || action.Split(':') is [{ Length: > 0 }, { Length: > 0 }];

    private static bool IsResource(string resource) => resource is "*" || ArnPattern.IsWellFormed(resource);

    private static ImmutableArray<string> Texts(JsonNode? node, string path, Func<string, bool> isAllowed, string allowed)
    {
        ImmutableArray<string> texts = node is JsonArray list
            ? [.. list.Select((entry, at) => Text(entry, $"{path}[{at}]"))]
            : [Text(node, path)];
        if (texts.FirstOrDefault(text => !isAllowed(text) || HasOpenVariable(text)) is { } wrong)
            throw new PolicyException(path, $"\"{wrong}\"", allowed);
        return texts.IsEmpty ? throw new PolicyException(path, "an empty list", "at least one") : texts;
    }

    private static bool HasOpenVariable(string text) =>
        text.LastIndexOf("${", StringComparison.Ordinal) is >= 0 and var start && text.IndexOf('}', start) < 0;

    private static string Text(JsonNode? node, string path) => node is JsonValue value
        && value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? value.ToString()
            : throw new PolicyException(path, Show(node), "text");

    private static JsonObject Object(JsonNode? node, string path) => node as JsonObject ?? throw new PolicyException(path, Show(node), "an object");

    private static void RefuseOthers(JsonObject fields, string prefix, ImmutableArray<string> known)
    {
        if (fields.Select(field => field.Key).FirstOrDefault(key => !known.Contains(key, StringComparer.Ordinal)) is { } unknown)
            throw new PolicyException(prefix + unknown, "an unknown field", string.Join(", ", known));
    }

    private static string Show(JsonNode? node) => node?.ToJsonString() ?? "nothing";
}
