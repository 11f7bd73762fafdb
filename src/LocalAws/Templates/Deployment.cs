using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalAws.CloudFormation;

namespace LocalAws.Templates;

/// <summary>
/// One deployment: each resource is made when the template, in its order, comes to it or when another one refers to it, so what is
/// referred to is always there first.
/// </summary>
internal sealed partial class Deployment
{
    private readonly Template template;
    private readonly ImmutableDictionary<string, JsonNode?> names;
    private readonly Intrinsics intrinsics;
    private readonly Dictionary<string, Made> made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> evaluated = new(StringComparer.Ordinal);
    private readonly List<string> making = [];

    public Deployment(Cloud cloud, Template template, string stackName, IReadOnlyDictionary<string, string> parameters)
    {
        if (!StackNames().IsMatch(stackName))
            throw new TemplateException("Stack name", $"'{stackName}'", "a letter, then letters, digits and hyphens, 128 at most");
        Cloud = cloud;
        StackName = stackName;
        StackId = cloud.Arn("cloudformation", $"stack/{stackName}/{cloud.Chance.Uuid()}");
        this.template = template;
        names = PseudoParameters.Of(cloud.Options, stackName, StackId).AddRange(ParameterValues.Read(template.Parameters, parameters));
        intrinsics = new(names, template.Mappings, template.Conditions, Find);
        Made = new(cloud);
    }

    /// <summary>The same stack with other values for its parameters; what AWS makes itself stays as it is.</summary>
    private Deployment(Deployment before, IReadOnlyDictionary<string, string> parameters)
    {
        (Cloud, StackName, StackId, template, Made) = (before.Cloud, before.StackName, before.StackId, before.template, before.Made);
        names = PseudoParameters.Of(Cloud.Options, StackName, StackId).AddRange(ParameterValues.Read(template.Parameters, parameters));
        intrinsics = new(names, template.Mappings, template.Conditions, Find);
        foreach (var (id, one) in before.made.Where(one => !IsCustom(one.Key)))
            made[id] = one;
        foreach (var (id, text) in before.evaluated)
        {
            if (!IsWanted(id) || Evaluated(id).ToJsonString() != text)
                throw new TemplateException($"Resources.{id}", "another value", "an update that changes custom resources alone");
            evaluated[id] = text;
        }
    }

    public Cloud Cloud { get; }

    public string StackName { get; }

    public string StackId { get; }

    public string Directory => template.Directory;

    public StackContents Made { get; }

    /// <summary>The custom resources, each after those that it needs.</summary>
    public ImmutableArray<string> CustomIds =>
        [.. template.LogicalIds.Where(id => IsCustom(id) && IsWanted(id)).OrderBy(id => template.NeededBy(id).Count(IsCustom))];

    public Stack Run()
    {
        MakeAll();
        return Finish();
    }

    /// <summary>Makes all but custom resources.</summary>
    /// <returns>What was made, without outputs.</returns>
    public Stack MakeAll()
    {
        foreach (var id in template.Conditions.Select(condition => condition.Key))
            intrinsics.Holds(id, "Conditions");
        foreach (var id in template.LogicalIds.Where(id => IsWanted(id) && !IsCustom(id)))
            Make(id, $"Resources.{id}");
        return Made.ToStack(StackName, StackId, ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>All that was made, with the outputs.</summary>
    public Stack Finish() => Made.ToStack(StackName, StackId, Outputs());

    public Deployment With(IReadOnlyDictionary<string, string> parameters) => new(this, parameters);

    /// <summary>A custom resource as its function is to make it.</summary>
    public CustomResource Describe(string id) => CustomResources.Describe(Cloud, id, template.Resources[id]!["Type"]!.ToString(), Evaluated(id));

    /// <summary>A custom resource stands.</summary>
    public void Answered(string id, string physicalId, IEnumerable<KeyValuePair<string, string>> attributes) =>
        made[id] = new(physicalId, attributes.ToImmutableDictionary(StringComparer.Ordinal));

    /// <summary>A property of a resource before the resource itself is made.</summary>
    public JsonNode? Early(string id, string property) =>
        intrinsics.Evaluate(template.Resources[id]!["Properties"]?[property], $"Resources.{id}.Properties.{property}");

    /// <summary>The role that SAM makes for a function or state machine.</summary>
    public string SamRole(string owner, string path) => Make(owner + "Role", path).Attributes["Arn"];

    /// <summary>A name as CloudFormation makes one, where the template gives none.</summary>
    public string NewName(string id, int longest)
    {
        const int SuffixLength = 12;
        var stem = $"{StackName}-{id}";
        return $"{stem[..Math.Min(stem.Length, longest - SuffixLength - 1)]}-{Suffix(SuffixLength)}";
    }

    public string Suffix(int length)
    {
        const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        return string.Concat(Enumerable.Range(0, length).Select(_ => Letters[Cloud.Chance.Next(0, Letters.Length - 1)]));
    }

    private bool IsWanted(string id) => template.Resources[id]!["Condition"]?.ToString() is not { } condition || intrinsics.Holds(condition, $"Resources.{id}.Condition");

    private Made? Find(string id, string path) => template.Resources.ContainsKey(id) || SamRoles.OwnerOf(template, id) is not null ? Make(id, path) : null;

    private Made Make(string id, string path)
    {
        if (made.TryGetValue(id, out var existing))
            return existing;
        if (making.Contains(id, StringComparer.Ordinal))
            throw new TemplateException(path, $"a circle: {string.Join(" → ", making.SkipWhile(other => other != id).Append(id))}", "no circle of references");
        making.Add(id);
        var result = template.Resources.ContainsKey(id) ? MakeResource(id, path) : SamRoles.Make(this, template, id);
        making.Remove(id);
        return made[id] = result;
    }

    private Made MakeResource(string id, string path)
    {
        if (!IsWanted(id))
            throw new TemplateException(path, id, "what exists: its condition leaves this resource out");
        if (IsCustom(id))
            throw new TemplateException(path, $"{id}, a custom resource", "what is not made by a function, or an output or custom resource of a stack that CloudFormation creates");
        var resource = template.Resources[id]!;
        foreach (var first in TemplateGraph.DependsOn(resource["DependsOn"]))
            MakeFirst(first, $"Resources.{id}.DependsOn");
        var values = Evaluated(id);
        evaluated[id] = values.ToJsonString();
        var properties = new Properties(values, $"Resources.{id}.Properties");
        var result = ResourceTypes.All[resource["Type"]!.ToString()](this, id, properties);
        properties.Close();
        return result;
    }

    private bool IsCustom(string id) => template.Resources[id]?["Type"]?.ToString() is { } type && ResourceTypes.IsCustom(type);

    private JsonObject Evaluated(string id) => (JsonObject)intrinsics.Evaluate(template.Resources[id]!["Properties"] ?? new JsonObject(), $"Resources.{id}.Properties")!;

    // What a condition leaves out is not waited for.
    private void MakeFirst(string id, string path)
    {
        var needed = template.Resources.ContainsKey(id)
            ? id
            : SamRoles.OwnerOf(template, id) ?? SamEvents.OwnerOf(template, id) ?? throw new TemplateException(path, $"'{id}'", "a resource of this template");
        if (IsWanted(needed) && !IsCustom(needed))
            Make(needed, path);
    }

    private ImmutableSortedDictionary<string, string> Outputs() => template.Outputs
        .Select(output => (output.Key, Fields: output.Value as JsonObject ?? throw new TemplateException($"Outputs.{output.Key}", "no mapping", "a mapping")))
        .Where(output => output.Fields["Condition"]?.ToString() is not { } condition || intrinsics.Holds(condition, $"Outputs.{output.Key}.Condition"))
        .ToImmutableSortedDictionary(output => output.Key, output => Output(output.Key, output.Fields), StringComparer.Ordinal);

    private string Output(string name, JsonObject fields)
    {
        var path = $"Outputs.{name}";
        var output = new Properties((JsonObject)intrinsics.Evaluate(new JsonObject(fields.Where(field => field.Key is not "Condition").Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))), path)!, path);
        var value = output.Text("Value");
        output.OptionalText("Description");
        output.Group("Export")?.Text("Name");
        output.Close();
        return value;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,127}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StackNames();
}
