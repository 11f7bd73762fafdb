using System.Collections.Immutable;
using LocalAws.Rds;

namespace ServerlessPrivateLink.Cli.Drills;

/// <summary>What sorts of change a database can be moved by, in the words of the command line.</summary>
public static class DrillKinds
{
    public static readonly ImmutableArray<FailoverKind> All = [FailoverKind.Instance, FailoverKind.Cluster, FailoverKind.BlueGreen];

    public static readonly ImmutableArray<string> Names = [.. All.Select(NameOf)];

    public static string NameOf(FailoverKind kind) => kind switch
    {
        FailoverKind.Instance => "multi-az",
        FailoverKind.Cluster => "aurora",
        _ => "blue-green",
    };

    public static FailoverKind Find(string name) => All.First(kind => NameOf(kind) == name);

    /// <summary>What such a database is called.</summary>
    public static string Describe(FailoverKind kind) => kind switch
    {
        FailoverKind.Instance => "Multi-AZ instance",
        FailoverKind.Cluster => "cluster with a reader",
        _ => "instance",
    };
}
