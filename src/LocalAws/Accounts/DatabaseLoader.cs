using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Accounts;

/// <summary>Databases from the CLI's JSON. Fields and engines that are not known are kept as they are.</summary>
internal sealed class DatabaseLoader(Cloud cloud)
{
    public void Load(ImmutableArray<CliDocument> instances, ImmutableArray<CliDocument> clusters)
    {
        foreach (var instance in instances)
        {
            Check(instance, "DBInstanceIdentifier", known: id => cloud.Rds.FindInstance(id) is not null);
            CheckEndpoint(instance);
            var added = cloud.Rds.AddInstance((JsonObject)instance.Object.DeepClone());
            if (added is { Host: not null, VpcId: not null, Address: null })
                throw new AccountFormatException($"{instance.File}: {instance.Path}: {added.Identifier} is in {added.Zone}, and no subnet of its DB subnet group in that zone is in describe-subnets.json, so it can have no address.");
        }

        foreach (var cluster in clusters)
        {
            Check(cluster, "DBClusterIdentifier", known: id => cloud.Rds.FindCluster(id) is not null);
            foreach (var member in cluster.List("DBClusterMembers"))
                member.Required("DBInstanceIdentifier");
            cluster.Text("Endpoint");
            cluster.Text("ReaderEndpoint");
            cloud.Rds.AddCluster((JsonObject)cluster.Object.DeepClone());
        }
    }

    private static void Check(CliDocument database, string idField, Func<string, bool> known)
    {
        var id = database.Required(idField);
        if (known(id))
            throw new AccountFormatException($"{database.File}: {database.Path}.{idField}: found \"{id}\" for the second time, needed each once.");
        database.Text("Engine");
        foreach (var group in database.List("VpcSecurityGroups"))
            group.Required("VpcSecurityGroupId");
    }

    private static void CheckEndpoint(CliDocument instance)
    {
        if (instance.At("Endpoint") is { Node: not null } endpoint)
        {
            endpoint.Text("Address");
            endpoint.Number("Port");
        }

        instance.Text("AvailabilityZone");
        if (instance.At("DBSubnetGroup") is { Node: not null } group)
        {
            group.Text("VpcId");
            foreach (var subnet in group.List("Subnets"))
                subnet.Required("SubnetIdentifier");
        }
    }
}
