using ServerlessPrivateLink.Tests.House;
using YamlDotNet.RepresentationModel;

namespace ServerlessPrivateLink.Tests.Deployment;

/// <summary>template.yaml as plain YAML; an intrinsic is a node with a tag such as <c>!GetAtt</c>.</summary>
internal static class TemplateFile
{
    public static YamlMappingNode Root { get; } = Read();

    public static IReadOnlyDictionary<string, YamlMappingNode> Functions { get; } = OfType("AWS::Serverless::Function");

    public static IReadOnlyDictionary<string, YamlMappingNode> StateMachines { get; } = OfType("AWS::Serverless::StateMachine");

    public static IReadOnlyDictionary<string, YamlMappingNode> LogGroups { get; } = OfType("AWS::Logs::LogGroup");

    public static YamlMappingNode GlobalFunction { get; } = (YamlMappingNode)At(Root, "Globals", "Function")!;

    public static YamlNode? At(YamlNode node, params string[] path) => path.Aggregate((YamlNode?)node, static (at, name) =>
        at is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null);

    public static string Text(YamlNode node, params string[] path) =>
        (At(node, path) as YamlScalarNode)?.Value ?? throw new KeyNotFoundException(string.Join('.', path));

    public static IEnumerable<YamlMappingNode> Statements(YamlMappingNode properties) =>
        from policy in (YamlSequenceNode)At(properties, "Policies")!
        from statement in (YamlSequenceNode)At(policy, "Statement")!
        select (YamlMappingNode)statement;

    public static IEnumerable<string> Many(YamlNode? node) => node switch
    {
        YamlSequenceNode list => list.Select(static one => ((YamlScalarNode)one).Value!),
        YamlScalarNode one => [one.Value!],
        _ => [],
    };

    private static Dictionary<string, YamlMappingNode> OfType(string type) =>
        ((YamlMappingNode)At(Root, "Resources")!).Children
            .Where(resource => Text(resource.Value, "Type") == type)
            .ToDictionary(static resource => ((YamlScalarNode)resource.Key).Value!, static resource => (YamlMappingNode)At(resource.Value, "Properties")!, StringComparer.Ordinal);

    private static YamlMappingNode Read()
    {
        using var text = File.OpenText(Repository.At("template.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
