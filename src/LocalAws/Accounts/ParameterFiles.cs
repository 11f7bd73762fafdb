using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Rds;

namespace LocalAws.Accounts;

/// <summary>
/// Parameter groups. What the CLI prints does not hold the group's name, so the file's name does:
/// <c>describe-db-parameters.GROUP.json</c>; <c>describe-db-parameters.json</c> is for all other groups.
/// </summary>
internal sealed class ParameterFiles
{
    private const string InstanceStem = "describe-db-parameters";
    private const string ClusterStem = "describe-db-cluster-parameters";

    private readonly ImmutableArray<(string? Group, ImmutableArray<JsonObject> Parameters)> instances;
    private readonly ImmutableArray<(string? Group, ImmutableArray<JsonObject> Parameters)> clusters;

    private ParameterFiles(string directory)
    {
        instances = ReadAll(directory, InstanceStem);
        clusters = ReadAll(directory, ClusterStem);
    }

    public static ParameterFiles Read(string directory) => new(directory);

    public void Apply(Cloud cloud)
    {
        Apply(instances, cloud.Rds.InstanceParameters);
        Apply(clusters, cloud.Rds.ClusterParameters);
    }

    private static void Apply(ImmutableArray<(string? Group, ImmutableArray<JsonObject> Parameters)> files, ParameterGroups groups)
    {
        foreach (var (group, parameters) in files)
            groups.Set(group, parameters);
    }

    private static ImmutableArray<(string? Group, ImmutableArray<JsonObject> Parameters)> ReadAll(string directory, string stem) =>
    [
        .. Directory.GetFiles(directory, stem + ".*json")
            .Select(path => Path.GetFileName(path))
            .Where(file => file.Length > stem.Length && file[stem.Length] == '.')
            .Order(StringComparer.Ordinal)
            .Select(file => (GroupOf(file, stem), ReadOne(directory, file))),
    ];

    private static string? GroupOf(string file, string stem)
    {
        var rest = file[(stem.Length + 1)..];
        return rest == "json" ? null : rest[..^".json".Length];
    }

    private static ImmutableArray<JsonObject> ReadOne(string directory, string file) =>
    [
        .. CliDocument.Read(directory, file)!.RequiredList("Parameters").Select(parameter =>
        {
            parameter.Required("ParameterName");
            parameter.Text("ParameterValue");
            return (JsonObject)parameter.Object.DeepClone();
        }),
    ];
}
