using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>What can be said of a template before its parameters are known, so that no branch of it hides behind a condition.</summary>
internal static class TemplateCheck
{
    private static readonly ImmutableArray<string> ResourceFields =
        ["Type", "Properties", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Metadata"];

    public static void Run(Template template)
    {
        if (template.Resources.Count == 0)
            throw new TemplateException("Resources", "nothing", "at least one resource");
        foreach (var (id, resource) in template.Resources)
            Resource(template, id, resource);
        foreach (var (name, path) in Mentions(template.Resources, "Resources").Concat(Mentions(template.Outputs, "Outputs")))
            Demand(template, name, path);
    }

    private static void Resource(Template template, string id, JsonNode? resource)
    {
        var path = $"Resources.{id}";
        if (!id.All(char.IsAsciiLetterOrDigit))
            throw new TemplateException(path, $"'{id}'", "letters and digits");
        var fields = resource as JsonObject ?? throw new TemplateException(path, resource?.ToJsonString() ?? "nothing", "a mapping");
        if (fields.Select(field => field.Key).FirstOrDefault(name => !ResourceFields.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new TemplateException($"{path}.{unknown}", "an attribute that is not known here", string.Join(", ", ResourceFields));
        var type = fields["Type"]?.ToString() ?? throw new TemplateException($"{path}.Type", "nothing", "a resource type");
        if (!ResourceTypes.All.ContainsKey(type) && !ResourceTypes.IsCustom(type))
            throw new TemplateException($"{path}.Type", type, string.Join(", ", ResourceTypes.All.Keys.Order(StringComparer.Ordinal)));
        if (type.StartsWith("AWS::Serverless::", StringComparison.Ordinal) && !template.IsServerless)
            throw new TemplateException("Transform", "nothing", $"AWS::Serverless-2016-10-31, as {id} needs it");
        if (fields["Condition"]?.ToString() is { } condition && !template.Conditions.ContainsKey(condition))
            throw new TemplateException($"{path}.Condition", $"'{condition}'", string.Join(", ", template.Conditions.Select(named => named.Key)));
    }

    /// <summary>What a part of a template refers to, and from where.</summary>
    public static IEnumerable<(string Name, string Path)> Mentions(JsonNode? node, string path)
    {
        var own = Intrinsics.NameOf(node, path) is { } name ? Mentioned(name, node![name], path).Select(mentioned => (mentioned, path)) : [];
        var below = node switch
        {
            JsonObject fields => fields.SelectMany(field => Mentions(field.Value, $"{path}.{field.Key}")),
            JsonArray list => list.SelectMany((entry, at) => Mentions(entry, $"{path}[{at}]")),
            _ => [],
        };
        return own.Concat(below);
    }

    private static IEnumerable<string> Mentioned(string function, JsonNode? argument, string path) => (function, argument) switch
    {
        ("Ref", JsonValue) => [argument.ToString()],
        ("Fn::GetAtt", JsonArray { Count: 2 } parts) => [parts[0]!.ToString()],
        ("Fn::GetAtt", JsonValue) => [argument.ToString().Split('.')[0]],
        ("Fn::Sub", JsonValue) => Substituted(argument.ToString(), path),
        ("Fn::Sub", JsonArray { Count: 2 } parts) => Substituted(parts[0]!.ToString(), path).Where(name => parts[1]?[name] is null),
        _ => [],
    };

    private static List<string> Substituted(string text, string path)
    {
        var names = new List<string>();
        Substitution.Replace(text, path, name =>
        {
            names.Add(name);
            return "";
        });
        return names;
    }

    private static void Demand(Template template, string name, string path)
    {
        var id = name.Split('.')[0];
        if (!PseudoParameters.Names.Contains(name) && !template.Parameters.ContainsKey(id) && !template.Resources.ContainsKey(id) && SamRoles.OwnerOf(template, id) is null)
            throw new TemplateException(path, $"'{name}'", "a parameter, a pseudo parameter or a resource of this template");
    }
}
