using System.Collections.Immutable;
using Amazon.RDS;
using Amazon.RDS.Model;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Asks RDS about the databases of a document.</summary>
public sealed class DatabaseInspection(IAmazonRDS rds)
{
    /// <summary>Those that RDS knows; a host is none of RDS's.</summary>
    public async Task<ImmutableArray<DatabaseFact>> ReadAsync(ImmutableArray<Database> databases)
    {
        var facts = ImmutableArray.CreateBuilder<DatabaseFact>();
        foreach (var database in databases)
        {
            if (await ReadAsync(database) is { } fact)
                facts.Add(fact);
        }

        return facts.ToImmutable();
    }

    /// <summary>The VPC of a database; null: it is not RDS's, or not there.</summary>
    public async Task<string?> VpcAsync(Database database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.Kind switch
        {
            DatabaseKind.Host => null,
            DatabaseKind.Instance => (await InstanceAsync(database.Name))?.DBSubnetGroup?.VpcId,
            _ => await ClusterAsync(database.Name) is { DBSubnetGroup: { } group } ? await VpcOfGroupAsync(group) : null,
        };
    }

    /// <summary>The VPC with the most instances; null: there is no instance.</summary>
    public async Task<string?> BusiestVpcAsync()
    {
        var instances = await Pages.AllAsync(
            token => rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Marker = token }), page => page.DBInstances, page => page.Marker);
        return instances.Select(instance => instance.DBSubnetGroup?.VpcId).OfType<string>()
            .GroupBy(id => id, StringComparer.Ordinal)
            .OrderByDescending(vpc => vpc.Count())
            .ThenBy(vpc => vpc.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;
    }

    private async Task<DatabaseFact?> ReadAsync(Database database)
    {
        switch (database.Kind)
        {
            case DatabaseKind.Instance when await InstanceAsync(database.Name) is { } instance:
                return new(database.Name, $"{instance.Engine} {instance.EngineVersion}", instance.DBInstanceStatus, instance.Endpoint?.Address ?? "", instance.Endpoint?.Port ?? 0, Groups(instance.VpcSecurityGroups));
            case DatabaseKind.ClusterWriter or DatabaseKind.ClusterReader when await ClusterAsync(database.Name) is { } cluster:
                var isReader = database.Kind is DatabaseKind.ClusterReader;
                return new(
                    database.Name + (isReader ? "/reader" : "/writer"),
                    $"{cluster.Engine} {cluster.EngineVersion}",
                    cluster.Status,
                    (isReader ? cluster.ReaderEndpoint : cluster.Endpoint) ?? "",
                    cluster.Port ?? 0,
                    Groups(cluster.VpcSecurityGroups));
            default:
                return null;
        }
    }

    private async Task<DBInstance?> InstanceAsync(string name)
    {
        try
        {
            return (await rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = name })).DBInstances?.FirstOrDefault();
        }
        catch (DBInstanceNotFoundException)
        {
            return null;
        }
    }

    private async Task<DBCluster?> ClusterAsync(string name)
    {
        try
        {
            return (await rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = name })).DBClusters?.FirstOrDefault();
        }
        catch (DBClusterNotFoundException)
        {
            return null;
        }
    }

    private async Task<string?> VpcOfGroupAsync(string group) =>
        (await rds.DescribeDBSubnetGroupsAsync(new DescribeDBSubnetGroupsRequest { DBSubnetGroupName = group })).DBSubnetGroups?.FirstOrDefault()?.VpcId;

    private static ImmutableArray<string> Groups(IEnumerable<VpcSecurityGroupMembership>? groups) => [.. (groups ?? []).Select(group => group.VpcSecurityGroupId)];
}
