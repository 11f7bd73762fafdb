using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Rds;

/// <summary>Amazon RDS on the wire, API version 2014-10-31: what is looked at.</summary>
public sealed class RdsApi(RdsState rds) : ServiceApi
{
    /// <inheritdoc/>
    public override string SigningName => "rds";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new QueryProtocol("http://rds.amazonaws.com/doc/2014-10-31/");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        Operation.Reads("DescribeDBInstances", DescribeInstances),
        Operation.Reads("DescribeDBClusters", DescribeClusters),
        Operation.Reads("DescribeDBSubnetGroups", DescribeSubnetGroups),
        Operation.Reads("DescribeDBParameters", call => DescribeParameters(call, rds.InstanceParameters, "DBParameterGroupName", "pg")),
        Operation.Reads("DescribeDBClusterParameters", call => DescribeParameters(call, rds.ClusterParameters, "DBClusterParameterGroupName", "cluster-pg")),
    ];

    private Answer DescribeInstances(ApiCall call)
    {
        var name = Name(call, "DBInstanceIdentifier");
        Demand(call, "db", name, name is null ? null : rds.FindInstance(name)?.Facts);
        IEnumerable<DbInstance> all = name is null
            ? rds.Instances
            : [rds.FindInstance(name) ?? throw NotFound("DBInstanceNotFound", $"DBInstance {name} not found.")];
        var filtered = RdsFilters.Apply(all, call.Form, static (instance, filter) => filter switch
        {
            "db-cluster-id" => [instance.ClusterIdentifier, RdsFilters.Arn(instance.Facts, "DBClusterArn")],
            "db-instance-id" => [instance.Identifier, RdsFilters.Arn(instance.Facts, "DBInstanceArn")],
            "dbi-resource-id" => [(string?)instance.Facts["DbiResourceId"]],
            "domain" => (instance.Facts["DomainMemberships"] as JsonArray ?? []).Select(domain => (string?)domain?["Domain"]),
            "engine" => [instance.Engine],
            _ => null,
        });
        return RdsPage.Write(call, "DBInstances", "DBInstance", filtered, static instance => RdsXml.Write(instance.Facts, "DBInstance"));
    }

    private Answer DescribeClusters(ApiCall call)
    {
        var name = Name(call, "DBClusterIdentifier");
        Demand(call, "cluster", name, name is null ? null : rds.FindCluster(name)?.Facts);
        IEnumerable<DbCluster> all = name is null
            ? rds.Clusters
            : [rds.FindCluster(name) ?? throw NotFound("DBClusterNotFoundFault", $"DBCluster {name} not found.")];
        var filtered = RdsFilters.Apply(all, call.Form, static (cluster, filter) => filter switch
        {
            "clone-group-id" => [(string?)cluster.Facts["CloneGroupId"]],
            "db-cluster-id" => [cluster.Identifier, RdsFilters.Arn(cluster.Facts, "DBClusterArn")],
            "db-cluster-resource-id" => [(string?)cluster.Facts["DbClusterResourceId"]],
            "domain" => (cluster.Facts["DomainMemberships"] as JsonArray ?? []).Select(domain => (string?)domain?["Domain"]),
            "engine" => [cluster.Engine],
            _ => null,
        });
        return RdsPage.Write(call, "DBClusters", "DBCluster", filtered, static cluster => RdsXml.Write(cluster.Facts, "DBCluster"));
    }

    private Answer DescribeSubnetGroups(ApiCall call)
    {
        var name = call.Form.Text("DBSubnetGroupName");
        Demand(call, "subgrp", name, null);
        var all = rds.Instances.Select(instance => instance.Facts["DBSubnetGroup"]).OfType<JsonObject>()
            .DistinctBy(group => (string?)group["DBSubnetGroupName"], StringComparer.OrdinalIgnoreCase)
            .Where(group => name is null || string.Equals((string?)group["DBSubnetGroupName"], name, StringComparison.OrdinalIgnoreCase))
            .ToImmutableArray();
        return name is not null && all.IsEmpty
            ? throw NotFound("DBSubnetGroupNotFoundFault", $"DB subnet group '{name}' does not exist.")
            : RdsPage.Write(call, "DBSubnetGroups", "DBSubnetGroup", RdsFilters.Apply(all, call.Form, static (_, _) => null), static group => RdsXml.Write(group, "DBInstance"));
    }

    private static Answer DescribeParameters(ApiCall call, ParameterGroups groups, string nameParameter, string kind)
    {
        var name = call.Form.Required(nameParameter);
        Demand(call, kind, name, null);
        var parameters = groups.Find(name) ?? throw NotFound("DBParameterGroupNotFound", $"DBParameterGroup not found: {name}");
        var source = call.Form.Text("Source");
        var wanted = RdsFilters.Apply(
            parameters.Where(parameter => string.IsNullOrEmpty(source) || (string?)parameter["Source"] == source),
            call.Form,
            static (parameter, filter) => filter is "parameter-name" ? [(string?)parameter["ParameterName"]] : null);
        return RdsPage.Write(call, "Parameters", "Parameter", wanted, static parameter => RdsXml.Write(parameter, "DBInstance"));
    }

    /// <summary>An identifier, also when it is given as an ARN.</summary>
    private static string? Name(ApiCall call, string parameter) => call.Form.Text(parameter)?.Split(':')[^1];

    private static void Demand(ApiCall call, string kind, string? name, JsonObject? facts)
    {
        var tags = facts is null ? Tags.None : RdsFacts.Tags(facts);
        var keys = tags.Values.Aggregate(ConditionKeys.None, (all, tag) => all.With("aws:ResourceTag/" + tag.Key, tag.Value));
        call.Demand(call.Cloud.Arn("rds", $"{kind}:{name ?? "*"}"), keys);
    }

    private static AwsErrorException NotFound(string code, string message) => new(code, message, HttpStatusCode.NotFound);
}
