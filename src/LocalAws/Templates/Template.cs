using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>A SAM or CloudFormation template, read.</summary>
public sealed class Template
{
    private const string Sam = "AWS::Serverless-2016-10-31";

    private static readonly ImmutableArray<string> Sections =
    [
        "AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Globals", "Resources", "Outputs",
    ];

    private readonly JsonObject root;

    private Template(JsonObject root, string directory)
    {
        this.root = root;
        Directory = directory;
        if (root.Select(section => section.Key).FirstOrDefault(name => !Sections.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new TemplateException(unknown, "a section that is not known here", string.Join(", ", Sections));
        if (root["Transform"] is { } transform && transform.ToString() is not Sam)
            throw new TemplateException("Transform", transform.ToJsonString(), Sam);
        Resources = Globals.Merge(Section("Globals"), Section("Resources"));
        TemplateCheck.Run(this);
    }

    /// <summary>The logical ids of its resources.</summary>
    public ImmutableArray<string> LogicalIds => [.. Resources.Select(resource => resource.Key)];

    internal string Directory { get; }

    internal JsonObject Parameters => Section("Parameters");

    internal JsonObject Mappings => Section("Mappings");

    internal JsonObject Conditions => Section("Conditions");

    internal JsonObject Resources { get; }

    internal JsonObject Outputs => Section("Outputs");

    internal bool IsServerless => root.ContainsKey("Transform");

    /// <summary>Reads a template from a file; what it names by relative paths is looked for beside it.</summary>
    /// <exception cref="TemplateException">Something in it is unknown or of the wrong form.</exception>
    public static Template Load(string path) => Read(File.ReadAllText(path), Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Reads a template from text.</summary>
    /// <param name="yaml">The template.</param>
    /// <param name="directory">Where relative paths start.</param>
    /// <exception cref="TemplateException">Something in it is unknown or of the wrong form.</exception>
    public static Template Read(string yaml, string directory) => new(TemplateYaml.Read(yaml), directory);

    /// <summary>The logical ids of the resources of one type.</summary>
    public ImmutableArray<string> LogicalIdsOf(string type) => [.. Resources.Where(resource => resource.Value!["Type"]!.ToString() == type).Select(resource => resource.Key)];

    /// <summary>All that a resource needs, directly or not, by reference or <c>DependsOn</c>: it is made before, and deleted after it.</summary>
    /// <param name="logicalId">The resource.</param>
    public ImmutableSortedSet<string> NeededBy(string logicalId) => TemplateGraph.NeededBy(this, logicalId);

    /// <summary>
    /// Evaluates everything and makes it in a cloud, but for custom resources, which <see cref="CloudFormation.CloudFormationState"/> makes
    /// while time passes.
    /// </summary>
    /// <param name="cloud">Where.</param>
    /// <param name="stackName">As <c>sam deploy --stack-name</c>.</param>
    /// <param name="parameters">Values for the template's parameters; those that are left out take their defaults.</param>
    /// <exception cref="TemplateException">Something cannot be evaluated or made.</exception>
    public Stack Deploy(Cloud cloud, string stackName, IReadOnlyDictionary<string, string> parameters)
    {
        var stack = new Deployment(cloud, this, stackName, parameters).Run();
        Handover.Give(cloud, stack);
        return stack;
    }

    private JsonObject Section(string name) => root[name] switch
    {
        null => [],
        JsonObject section => section,
        var other => throw new TemplateException(name, other.ToJsonString(), "a mapping"),
    };
}
