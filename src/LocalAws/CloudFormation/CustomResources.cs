using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalAws.Templates;

namespace LocalAws.CloudFormation;

/// <summary>The properties of custom resources, as CloudFormation gives them to a function.</summary>
internal static partial class CustomResources
{
    private const int LongestTimeout = 3600;

    public static CustomResource Describe(Cloud cloud, string id, string type, JsonObject properties)
    {
        var path = $"Resources.{id}.Properties";
        var told = (JsonObject)Told(cloud, properties, path);
        if ((told["ServiceToken"] as JsonValue)?.ToString() is not { Length: > 0 })
            throw new TemplateException($"{path}.ServiceToken", "nothing", "the ARN of a function");
        if (told["ServiceTimeout"]?.ToString() is { } given && !(int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= LongestTimeout))
            throw new TemplateException($"{path}.ServiceTimeout", given, $"1 to {LongestTimeout} seconds");
        return new(id, type, told);
    }

    /// <summary>Every value arrives as text, and a dynamic reference as what it leads to (AWS CloudFormation User Guide, "Get a plaintext value from Systems Manager Parameter Store").</summary>
    private static JsonNode Told(Cloud cloud, JsonNode node, string path) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, Told(cloud, field.Value!, $"{path}.{field.Key}")))),
        JsonArray list => new JsonArray([.. list.Select((entry, at) => Told(cloud, entry!, $"{path}[{at}]"))]),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => DynamicReference().Replace((string)value!, found => Resolved(cloud, found.Groups["name"].Value, path)),
        _ => node.ToJsonString(),
    };

    private static string Resolved(Cloud cloud, string name, string path) => cloud.Parameters.Find(name) is { IsSecret: false } found
        ? found.Value
        : throw new TemplateException(path, $"the parameter {name}", "a parameter of type String that exists");

    [GeneratedRegex(@"\{\{resolve:ssm:(?<name>[A-Za-z0-9_./-]+(:[0-9]+)?)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DynamicReference();
}
