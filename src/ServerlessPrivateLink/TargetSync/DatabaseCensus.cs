using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Amazon.EC2;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.RDS;
using Amazon.RDS.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>Finds out where databases are, all of them in a handful of calls.</summary>
public sealed class DatabaseCensus(Lazy<IAmazonRDS> rds, IAmazonEC2 ec2, IAmazonLambda lambda, StackSettings settings, ResolverFunction resolver)
{
    /// <summary>Where the database of each group is, by the group's ARN. Every address is held to the VPC's blocks.</summary>
    public Task<ImmutableDictionary<string, Whereabouts>> TakeAsync(ImmutableArray<SyncedGroup> groups, CancellationToken token) =>
        // The VPC's blocks are needed last, so RDS and the resolver are asked meanwhile.
        TakeAsync(groups, BlocksAsync(token), token);

    /// <summary>The same for what is asked every few seconds: while all databases are where they were seen before, the VPC's blocks are not read again.</summary>
    public Task<ImmutableDictionary<string, Whereabouts>> LookAfterAsync(ImmutableArray<SyncedGroup> groups, CancellationToken token) =>
        TakeAsync(groups, blocks: null, token);

    private async Task<ImmutableDictionary<string, Whereabouts>> TakeAsync(ImmutableArray<SyncedGroup> groups, Task<ImmutableArray<string>>? blocks, CancellationToken token)
    {
        var clusters = await ClustersAsync([.. groups.Select(static group => group.Cluster).OfType<string>().Distinct(StringComparer.Ordinal)], token);
        var asked = groups.ToImmutableDictionary(static group => group.Arn, group => WhereaboutsRule.HostsOf(group, clusters), StringComparer.Ordinal);
        var answers = await ResolveAsync([.. asked.Values.SelectMany(static one => one.Hosts).Distinct(StringComparer.OrdinalIgnoreCase)], token);
        if (blocks is null && groups.All(group => WhereaboutsRule.IsAsSeen(group, asked[group.Arn], answers)))
            return groups.ToImmutableDictionary(static group => group.Arn, static group => Whereabouts.Of(group.Seen!.Listed), StringComparer.Ordinal);

        var cidrs = await (blocks ?? BlocksAsync(token));
        return groups.ToImmutableDictionary(static group => group.Arn, group => WhereaboutsRule.Of(group, asked[group.Arn], answers, cidrs), StringComparer.Ordinal);
    }

    private async Task<ImmutableArray<string>> BlocksAsync(CancellationToken token) => (await new NetworkReading(ec2, token).VpcAsync(settings.VpcId))?.Cidrs ?? [];

    private async Task<ImmutableDictionary<string, FoundCluster>> ClustersAsync(ImmutableArray<string> names, CancellationToken token)
    {
        if (names.IsEmpty) return ImmutableDictionary<string, FoundCluster>.Empty;

        List<Filter> these = [new() { Name = "db-cluster-id", Values = [.. names] }];
        var clusters = await Pages.ReadAsync(
            marker => rds.Value.DescribeDBClustersAsync(new DescribeDBClustersRequest { Filters = these, Marker = marker }, token),
            static answer => answer.DBClusters,
            static answer => answer.Marker);
        var instances = await Pages.ReadAsync(
            marker => rds.Value.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = these, Marker = marker }, token),
            static answer => answer.DBInstances,
            static answer => answer.Marker);
        var hosts = instances.ToImmutableDictionary(static instance => instance.DBInstanceIdentifier, static instance => instance.Endpoint?.Address, StringComparer.Ordinal);
        return clusters.ToImmutableDictionary(
            static cluster => cluster.DBClusterIdentifier,
            cluster => new FoundCluster(
                cluster.DBClusterIdentifier,
                [.. (cluster.DBClusterMembers ?? []).Select(member => new FoundMember(
                    member.DBInstanceIdentifier,
                    hosts.GetValueOrDefault(member.DBInstanceIdentifier),
                    member.IsClusterWriter == true))]),
            StringComparer.Ordinal);
    }

    private async Task<ImmutableDictionary<string, HostAnswer>> ResolveAsync(ImmutableArray<string> hosts, CancellationToken token)
    {
        if (hosts.IsEmpty) return ImmutableDictionary<string, HostAnswer>.Empty;

        var invoked = await lambda.InvokeAsync(
            new InvokeRequest
            {
                FunctionName = resolver.Name,
                Payload = JsonSerializer.Serialize(new NamesToResolve([], [], hosts), Wire.Default.NamesToResolve),
            },
            token);
        if (invoked.FunctionError is { Length: > 0 })
            throw new ResolverFailedException(Encoding.UTF8.GetString(invoked.Payload.ToArray()));

        var output = JsonSerializer.Deserialize(invoked.Payload.ToArray(), Wire.Default.ResolvedNames)!;
        return output.Answers.ToImmutableDictionary(static answer => answer.Host, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>The function inside the VPC that resolves names.</summary>
public sealed record ResolverFunction(string Name)
{
    public const string Variable = "RESOLVER_FUNCTION";
}

public sealed class ResolverFailedException(string answer)
    : RefusedException(
        $"ResolveAddresses failed: {answer[..Math.Min(500, answer.Length)]}",
        "Look at the log of ResolveAddresses: it runs inside the VPC and needs free addresses in the stack's subnets.");
