using System.Collections.Immutable;
using Amazon.RDS;
using Amazon.RDS.Model;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>Asks RDS for the databases of a document, and for nothing else while all of them are there.</summary>
public sealed class DatabaseReading(IAmazonRDS rds, CancellationToken token)
{
    private const int Suggestions = 3;
    private const string ByUser = "user";
    private readonly Dictionary<(bool IsCluster, string Name, bool OnlySet), ParameterGroup> groups = [];
    private (ImmutableArray<string> Instances, ImmutableArray<string> Clusters)? names;

    public async Task<ImmutableArray<FoundDatabase>> ReadAsync(ImmutableArray<Database> databases)
    {
        var found = ImmutableArray.CreateBuilder<FoundDatabase>(databases.Length);
        foreach (var database in databases)
        {
            found.Add(database.Kind switch
            {
                DatabaseKind.Host => new FoundDatabase.Host(),
                DatabaseKind.Instance => await InstanceAsync(database),
                _ => await ClusterAsync(database),
            });
        }

        return found.MoveToImmutable();
    }

    private async Task<FoundDatabase> InstanceAsync(Database database)
    {
        if (await FindInstanceAsync(database.Name) is not { } instance) return await MissingAsync(database);

        var cluster = instance.DBClusterIdentifier is { Length: > 0 } name ? await FindClusterAsync(name) : null;
        var counts = !database.IgnoreConnectErrors && ConnectErrorRule.Counts(instance.Engine);
        return new FoundDatabase.Rds(
            instance.DBInstanceArn,
            instance.Engine,
            instance.DBInstanceStatus,
            PortOf(instance),
            instance.DBSubnetGroup?.VpcId ?? "",
            PlacesOf(instance),
            GroupsOf(instance.VpcSecurityGroups),
            [await MemberAsync(instance, isWriter: true, isMember: cluster is not null, counts)],
            instance.DBClusterIdentifier is { Length: > 0 } ? instance.DBClusterIdentifier : null,
            counts ? await ClusterParametersAsync(cluster) : null,
            HasStandby: cluster is null && instance.MultiAZ == true);
    }

    private async Task<FoundDatabase> ClusterAsync(Database database)
    {
        if (await FindClusterAsync(database.Name) is not { } cluster) return await MissingAsync(database);

        var counts = !database.IgnoreConnectErrors && ConnectErrorRule.Counts(cluster.Engine);
        var instances = await MembersAsync(cluster.DBClusterIdentifier);
        var writer = (cluster.DBClusterMembers ?? []).Find(static member => member.IsClusterWriter == true)?.DBInstanceIdentifier;
        var members = ImmutableArray.CreateBuilder<FoundInstance>();
        foreach (var instance in instances) members.Add(await MemberAsync(instance, instance.DBInstanceIdentifier == writer, isMember: true, counts));
        return new FoundDatabase.Rds(
            cluster.DBClusterArn,
            cluster.Engine,
            cluster.Status,
            cluster.Port,
            instances.Select(static instance => instance.DBSubnetGroup?.VpcId).FirstOrDefault() ?? "",
            [.. instances.SelectMany(static instance => PlacesOf(instance)).Distinct()],
            GroupsOf(cluster.VpcSecurityGroups),
            members.ToImmutable(),
            MemberOf: null,
            counts ? await ClusterParametersAsync(cluster) : null,
            HasStandby: false);
    }

    private async Task<FoundInstance> MemberAsync(DBInstance instance, bool isWriter, bool isMember, bool counts)
    {
        var group = counts ? instance.DBParameterGroups?.FirstOrDefault() : null;
        var parameters = group is null ? null : await ParametersAsync(isCluster: false, group.DBParameterGroupName, onlySet: isMember);
        return new(instance.DBInstanceIdentifier, instance.DBInstanceStatus, instance.Endpoint?.Address, isWriter, instance.PubliclyAccessible == true,
            parameters is null ? null : parameters with { IsPendingReboot = group!.ParameterApplyStatus == "pending-reboot" });
    }

    private async Task<DBInstance?> FindInstanceAsync(string name)
    {
        try
        {
            return (await rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = name }, token)).DBInstances?.FirstOrDefault();
        }
        catch (DBInstanceNotFoundException)
        {
            return null;
        }
    }

    private async Task<DBCluster?> FindClusterAsync(string name)
    {
        try
        {
            return (await rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = name }, token)).DBClusters?.FirstOrDefault();
        }
        catch (DBClusterNotFoundException)
        {
            return null;
        }
    }

    private Task<ImmutableArray<DBInstance>> MembersAsync(string cluster) => InstancesAsync([new Filter { Name = "db-cluster-id", Values = [cluster] }]);

    private Task<ImmutableArray<DBInstance>> InstancesAsync(List<Filter>? filters) => Pages.ReadAsync(
        marker => rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = filters, Marker = marker }, token),
        static answer => answer.DBInstances,
        static answer => answer.Marker);

    private Task<ImmutableArray<DBCluster>> ClustersAsync() => Pages.ReadAsync(
        marker => rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { Marker = marker }, token),
        static answer => answer.DBClusters,
        static answer => answer.Marker);

    private async Task<FoundDatabase> MissingAsync(Database database)
    {
        var (instances, clusters) = names ??= (
            [.. (await InstancesAsync(filters: null)).Select(static instance => instance.DBInstanceIdentifier)],
            [.. (await ClustersAsync()).Select(static cluster => cluster.DBClusterIdentifier)]);
        var (same, other, otherKind) = database.Kind is DatabaseKind.Instance ? (instances, clusters, "cluster") : (clusters, instances, "instance");
        return new FoundDatabase.Missing(Spelling.Nearest(database.Name, same, Suggestions), other.Contains(database.Name, StringComparer.Ordinal) ? otherKind : null);
    }

    private async Task<ParameterGroup?> ClusterParametersAsync(DBCluster? cluster) =>
        cluster?.DBClusterParameterGroup is { Length: > 0 } group ? await ParametersAsync(isCluster: true, group, onlySet: false) : null;

    // In a cluster an instance's group overrides the cluster's only where a person set a value.
    private async Task<ParameterGroup> ParametersAsync(bool isCluster, string group, bool onlySet)
    {
        if (groups.TryGetValue((isCluster, group, onlySet), out var known)) return known;

        var parameters = (isCluster ? await ClusterPagesAsync(group) : await InstancePagesAsync(group))
            .Where(parameter => parameter.ParameterValue is { Length: > 0 } && (!onlySet || parameter.Source == ByUser))
            .ToLookup(static parameter => parameter.ParameterName, static parameter => parameter.ParameterValue, StringComparer.Ordinal);
        return groups[(isCluster, group, onlySet)] =
            new ParameterGroup(group, parameters["max_connect_errors"].FirstOrDefault(), parameters["host_cache_size"].FirstOrDefault(), IsPendingReboot: false);
    }

    private static List<Filter> TheTwo() => [new() { Name = "parameter-name", Values = ["max_connect_errors", "host_cache_size"] }];

    private Task<ImmutableArray<Parameter>> InstancePagesAsync(string group) => Pages.ReadAsync(
        marker => rds.DescribeDBParametersAsync(new DescribeDBParametersRequest { DBParameterGroupName = group, Filters = TheTwo(), Marker = marker }, token),
        static answer => answer.Parameters,
        static answer => answer.Marker);

    private Task<ImmutableArray<Parameter>> ClusterPagesAsync(string group) => Pages.ReadAsync(
        marker => rds.DescribeDBClusterParametersAsync(new DescribeDBClusterParametersRequest { DBClusterParameterGroupName = group, Filters = TheTwo(), Marker = marker }, token),
        static answer => answer.Parameters,
        static answer => answer.Marker);

    private static int? PortOf(DBInstance instance) => instance.Endpoint?.Port ?? (instance.DbInstancePort > 0 ? instance.DbInstancePort : null);

    private static ImmutableArray<DatabasePlace> PlacesOf(DBInstance instance) =>
        [.. (instance.DBSubnetGroup?.Subnets ?? []).Select(static subnet => new DatabasePlace(subnet.SubnetIdentifier, subnet.SubnetAvailabilityZone?.Name ?? ""))];

    private static ImmutableArray<string> GroupsOf(List<VpcSecurityGroupMembership>? groups) => [.. (groups ?? []).Select(static group => group.VpcSecurityGroupId)];
}
