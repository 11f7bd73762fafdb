using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>Merges SAM's <c>Globals</c> into the resources (AWS SAM Developer Guide, "Globals section of the AWS SAM template").</summary>
internal static class Globals
{
    private static readonly ImmutableDictionary<string, ImmutableHashSet<string>> Supported = ImmutableDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, ImmutableHashSet<string>>(StringComparer.Ordinal)
    {
        ["Function"] =
        [
            "Architectures", "CodeUri", "DeadLetterQueue", "Description", "Environment", "EphemeralStorage", "EventInvokeConfig", "Handler",
            "KmsKeyArn", "LoggingConfig", "MemorySize", "PermissionsBoundary", "PropagateTags", "ReservedConcurrentExecutions", "RolePath",
            "Runtime", "RuntimeManagementConfig", "SnapStart", "Tags", "Timeout", "Tracing", "VpcConfig",
        ],
        ["StateMachine"] = ["PropagateTags"],
    });

    public static JsonObject Merge(JsonObject globals, JsonObject resources)
    {
        Check(globals);
        return new(resources.Select(resource => KeyValuePair.Create<string, JsonNode?>(resource.Key, Merge(globals, resource.Value))));
    }

    private static void Check(JsonObject globals)
    {
        foreach (var (kind, properties) in globals)
        {
            if (!Supported.TryGetValue(kind, out var supported))
                throw new TemplateException($"Globals.{kind}", "a section that is not known here", string.Join(", ", Supported.Keys.Order(StringComparer.Ordinal)));
            if ((properties as JsonObject ?? []).Select(property => property.Key).FirstOrDefault(name => !supported.Contains(name)) is { } unknown)
                throw new TemplateException($"Globals.{kind}.{unknown}", "a property that is not global", string.Join(", ", supported.Order(StringComparer.Ordinal)));
        }
    }

    private static JsonNode? Merge(JsonObject globals, JsonNode? resource)
    {
        const string Serverless = "AWS::Serverless::";
        var merged = resource?.DeepClone();
        if (merged is JsonObject fields
            && fields["Type"]?.ToString() is { } type && type.StartsWith(Serverless, StringComparison.Ordinal)
            && globals[type[Serverless.Length..]] is JsonObject section)
        {
            fields["Properties"] = Overlay(section, fields["Properties"] as JsonObject ?? []);
        }

        return merged;
    }

    private static JsonNode? Overlay(JsonNode? global, JsonNode? own) => (global, own) switch
    {
        (JsonObject wide, JsonObject near) when !IsFunction(wide) && !IsFunction(near) => new JsonObject(wide
            .Select(field => KeyValuePair.Create(field.Key, near.ContainsKey(field.Key) ? Overlay(field.Value, near[field.Key]) : field.Value?.DeepClone()))
            .Concat(near.Where(field => !wide.ContainsKey(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())))),
        (JsonArray wide, JsonArray near) => new JsonArray([.. wide.Concat(near).Select(entry => entry?.DeepClone())]),
        _ => own?.DeepClone(),
    };

    private static bool IsFunction(JsonObject fields) => fields.Count == 1 && fields.Single().Key is var key && (key is "Ref" || key.StartsWith("Fn::", StringComparison.Ordinal));
}
