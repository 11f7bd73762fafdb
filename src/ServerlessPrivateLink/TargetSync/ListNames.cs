using System.Collections.Immutable;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.RDS;
using Amazon.RDS.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.TargetSync;

/// <param name="Started">When the watch began.</param>
public sealed record ListNamesInput(DateTimeOffset Started);

/// <param name="Watch">For <c>ResolveAddresses</c>.</param>
public sealed record ListNamesOutput(NameWatch Watch);

/// <summary>Lists the names that lead to the databases of the stack's links.</summary>
public sealed class ListNames(SyncedGroups groups, IAmazonRDS rds, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<ListNamesOutput> Handle(ListNamesInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var found = (await groups.FindAsync(link: null, databases: [], deadline.Token)).Readable;
        var writers = await WritersAsync([.. found.Where(static group => group.Kind is DatabaseKind.ClusterWriter).Select(static group => group.Cluster!).Distinct(StringComparer.Ordinal)], deadline.Token);
        var names = found
            .Select(group => (Host: NameOf(group, writers), Addresses: group.Seen?.Addresses ?? ""))
            .Where(static name => name.Host is not null)
            .Select(static name => new WatchedName(name.Host!, name.Addresses))
            .DistinctBy(static name => name.Host, StringComparer.OrdinalIgnoreCase)
            .OrderBy(static name => name.Host, StringComparer.Ordinal);
        return new(NameWatch.Begin([.. names], !writers.IsEmpty, input.Started));
    }

    // A reader endpoint answers with one reader at a time, and so says nothing when it changes.
    private static string? NameOf(SyncedGroup group, ImmutableDictionary<string, string?> writers) => group.Kind switch
    {
        DatabaseKind.ClusterReader => null,
        DatabaseKind.ClusterWriter => writers.GetValueOrDefault(group.Cluster!),
        _ => group.Host,
    };

    private async Task<ImmutableDictionary<string, string?>> WritersAsync(ImmutableArray<string> names, CancellationToken token)
    {
        if (names.IsEmpty) return ImmutableDictionary<string, string?>.Empty;

        List<Filter> these = [new() { Name = "db-cluster-id", Values = [.. names] }];
        var clusters = await Pages.ReadAsync(
            marker => rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { Filters = these, Marker = marker }, token),
            static answer => answer.DBClusters,
            static answer => answer.Marker);
        return clusters.ToImmutableDictionary(static cluster => cluster.DBClusterIdentifier, static cluster => (string?)cluster.Endpoint, StringComparer.Ordinal);
    }
}
