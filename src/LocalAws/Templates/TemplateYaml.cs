using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LocalAws.Templates;

/// <summary>Reads a template's YAML into JSON; short tags become the long form, <c>!Sub x</c> is <c>{"Fn::Sub": "x"}</c>.</summary>
internal static partial class TemplateYaml
{
    private static readonly ImmutableArray<string> Bare = ["Ref", "Condition"];

    public static JsonObject Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException error)
        {
            throw new TemplateException($"Line {error.Start.Line}", error.Message, "YAML");
        }

        return stream.Documents is [var document] && Convert(document.RootNode, "") is JsonObject root
            ? root
            : throw new TemplateException("The template", "something else", "one YAML mapping");
    }

    private static JsonNode Convert(YamlNode node, string path)
    {
        if (Intrinsic(node) is not { } name)
            return Plain(node, path);
        if (!Intrinsics.Known.Contains(name))
            throw new TemplateException(path, node.Tag.Value, string.Join(", ", Intrinsics.Known.Order(StringComparer.Ordinal)));
        return new JsonObject
        {
            [name] = node is YamlScalarNode { Value: { } text } && name is "Fn::GetAtt"
                ? new JsonArray([.. text.Split('.', 2).Select(part => JsonValue.Create(part))])
                : Plain(node, path),
        };
    }

    private static string? Intrinsic(YamlNode node)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value.StartsWith("tag:yaml.org", StringComparison.Ordinal))
            return null;
        var name = node.Tag.Value.TrimStart('!');
        return Bare.Contains(name, StringComparer.Ordinal) ? name : "Fn::" + name;
    }

    private static JsonNode Plain(YamlNode node, string path) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => Entry(child.Key, child.Value, path))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select((child, at) => Convert(child, $"{path}[{at}]"))]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Scalar(scalar.Value, path),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value ?? ""),
        _ => throw new TemplateException(path, node.NodeType.ToString(), "a mapping, a list or a scalar"),
    };

    private static KeyValuePair<string, JsonNode?> Entry(YamlNode key, YamlNode value, string path) => key is YamlScalarNode { Value: { } name }
        ? new(name, Convert(value, path.Length == 0 ? name : $"{path}.{name}"))
        : throw new TemplateException(path, "a key that is no text", "text");

    /// <summary>Account ids and dates stay text, as CloudFormation leaves them.</summary>
    private static JsonValue Scalar(string? text, string path) => text switch
    {
        null or "" or "~" or "null" => throw new TemplateException(path, "nothing", "a value (CloudFormation refuses null)"),
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when Number().IsMatch(text) => JsonValue.Create(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex(@"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
