using System.Collections.Immutable;
using LocalAws;
using LocalAws.LoadBalancing;
using LocalAws.Rds;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Drills;

/// <summary>A database that can move.</summary>
/// <param name="Name">The identifier of the instance or cluster.</param>
/// <param name="Kind">How it moves.</param>
/// <param name="Link">The link that exposes it.</param>
public sealed record DrillSubject(string Name, FailoverKind Kind, string Link)
{
    private const string Writer = "/writer";

    /// <summary>The databases of a link that can move so, in the document's order.</summary>
    public static ImmutableArray<DrillSubject> Of(Link link, Cloud cloud, FailoverKind kind)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(cloud);
        return
        [
            .. link.Databases
                .Where(database => CanMove(database, cloud.Rds, kind))
                .Select(database => new DrillSubject(database.Name, kind, link.Name))
                .Distinct(),
        ];
    }

    /// <summary>Begins to record each of its listeners.</summary>
    public ImmutableArray<WatchedGroup> Watch(Cloud cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        return
        [
            .. cloud.LoadBalancing.All<TargetGroup>()
                .Where(group => group.Tags[ResourceTags.Link] == Link)
                .Select(group => (Group: group, Database: group.Tags[ResourceTags.Database] ?? ""))
                .Where(one => Kind is FailoverKind.Cluster ? one.Database.StartsWith($"{Name}/", StringComparison.Ordinal) : one.Database == Name)
                .Select(one => new WatchedGroup(one.Database, Record(cloud, one.Group, one.Database))),
        ];
    }

    /// <summary>It begins to move.</summary>
    public Failover Begin(Cloud cloud, FailoverCourse course)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        return Kind switch
        {
            FailoverKind.Instance => cloud.Rds.Failovers.Begin(cloud.Rds.FindInstance(Name)!, course),
            FailoverKind.Cluster => cloud.Rds.Failovers.Begin(cloud.Rds.FindCluster(Name)!, cloud.Rds.FindCluster(Name)!.Members.First(static member => !member.IsWriter).Identifier, course),
            _ => cloud.Rds.Failovers.SwitchOver(cloud.Rds.FindInstance(Name)!, course),
        };
    }

    private ServingRecord Record(Cloud cloud, TargetGroup group, string database) => Kind is FailoverKind.Cluster
        ? ServingRecord.Of(cloud, group, cloud.Rds.FindCluster(Name)!, writer: database.EndsWith(Writer, StringComparison.Ordinal))
        : ServingRecord.Of(cloud, group, cloud.Rds.FindInstance(Name)!);

    private static bool CanMove(Database database, RdsState rds, FailoverKind kind) => (database.Kind, kind) switch
    {
        (DatabaseKind.Instance, FailoverKind.Instance) => rds.FindInstance(database.Name) is { ClusterIdentifier: null } instance && (bool?)instance.Facts["MultiAZ"] is true,
        (DatabaseKind.Instance, FailoverKind.BlueGreen) => rds.FindInstance(database.Name) is { ClusterIdentifier: null },
        (DatabaseKind.ClusterWriter or DatabaseKind.ClusterReader, FailoverKind.Cluster) => rds.FindCluster(database.Name) is { Members.Length: > 1 },
        _ => false,
    };
}

/// <summary>A listener's target group, and what it could do.</summary>
/// <param name="Database">As the link names it.</param>
/// <param name="Record">What it could do.</param>
public sealed record WatchedGroup(string Database, ServingRecord Record);
