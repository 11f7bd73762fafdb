using System.Text.Json.Nodes;
using LocalAws;
using LocalAws.Rds;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>A database that moves, and how a link and a rival know it.</summary>
/// <param name="Name">What sort it is.</param>
/// <param name="Kind">How it moves.</param>
/// <param name="Entry">Its entry in the link document.</param>
/// <param name="Identifier">The instance or cluster.</param>
internal sealed record DatabaseCase(string Name, FailoverKind Kind, string Entry, string Identifier)
{
    private const string MultiAz = "trades";

    public static readonly DatabaseCase[] All =
    [
        new("Multi-AZ instance", FailoverKind.Instance, """{ "instance": "orders-prod" }""", "orders-prod"),
        new("Aurora cluster", FailoverKind.Cluster, """{ "cluster": "ledger" }""", "ledger"),
        new("Multi-AZ cluster", FailoverKind.Cluster, """{ "cluster": "trades" }""", MultiAz),
        new("blue/green", FailoverKind.BlueGreen, """{ "instance": "orders-prod" }""", "orders-prod"),
    ];

    public string Document => $$"""{ "name": "bench", "databases": [{{Entry}}], "consumers": ["133737826969"] }""";

    /// <summary>The name that an application would use.</summary>
    public string HostIn(Cloud cloud) => cloud.Rds.FindCluster(Identifier)?.WriterHost ?? Writer(cloud).Host!;

    /// <summary>The instance that writes now.</summary>
    public DbInstance Writer(Cloud cloud) => cloud.Rds.FindCluster(Identifier) is { } cluster
        ? cloud.Rds.FindInstance(cluster.Members.First(static member => member.IsWriter).Identifier)!
        : cloud.Rds.FindInstance(Identifier)!;

    /// <summary>The instances that only read now; none where there is no cluster.</summary>
    public IEnumerable<DbInstance> Readers(Cloud cloud) =>
        from member in cloud.Rds.FindCluster(Identifier)?.Members ?? []
        where !member.IsWriter
        select cloud.Rds.FindInstance(member.Identifier)!;

    /// <summary>Adds what the example account lacks: a Multi-AZ cluster of three.</summary>
    public void Complete(Cloud cloud)
    {
        if (Identifier != MultiAz) return;
        var model = cloud.Rds.FindInstance("orders-prod")!;
        var members = new JsonArray();
        foreach (var zone in (string[])["a", "b", "c"])
        {
            var facts = model.Facts.DeepClone().AsObject();
            var name = $"{MultiAz}-instance-{zone}";
            facts["DBInstanceIdentifier"] = name;
            facts["DBInstanceArn"] = cloud.Arn("rds", $"db:{name}");
            facts["DBClusterIdentifier"] = MultiAz;
            facts["AvailabilityZone"] = cloud.Options.Region + zone;
            facts["MultiAZ"] = false;
            facts.Remove("SecondaryAvailabilityZone");
            facts["Endpoint"]!["Address"] = model.Host!.Replace("orders-prod", name, StringComparison.Ordinal);
            cloud.Rds.AddInstance(facts);
            members.Add(new JsonObject { ["DBInstanceIdentifier"] = name, ["IsClusterWriter"] = zone is "a" });
        }

        cloud.Rds.AddCluster(ClusterOf(cloud, model, members));
    }

    public Failover Begin(Cloud cloud, FailoverCourse course) => Kind switch
    {
        FailoverKind.Cluster => cloud.Rds.Failovers.Begin(cloud.Rds.FindCluster(Identifier)!, Readers(cloud).First().Identifier, course),
        FailoverKind.BlueGreen => cloud.Rds.Failovers.SwitchOver(Writer(cloud), course),
        _ => cloud.Rds.Failovers.Begin(Writer(cloud), course),
    };

    private static JsonObject ClusterOf(Cloud cloud, DbInstance model, JsonArray members)
    {
        var facts = cloud.Rds.FindCluster("ledger")!.Facts.DeepClone().AsObject();
        facts["DBClusterIdentifier"] = MultiAz;
        facts["DBClusterArn"] = cloud.Arn("rds", $"cluster:{MultiAz}");
        facts["Engine"] = model.Engine;
        facts["EngineVersion"] = model.Facts["EngineVersion"]?.DeepClone();
        facts["Port"] = model.Port;
        facts["Endpoint"] = model.Host!.Replace("orders-prod.", $"{MultiAz}.cluster-", StringComparison.Ordinal);
        facts["ReaderEndpoint"] = model.Host.Replace("orders-prod.", $"{MultiAz}.cluster-ro-", StringComparison.Ordinal);
        facts["VpcSecurityGroups"] = model.Facts["VpcSecurityGroups"]?.DeepClone();
        facts["DBClusterMembers"] = members;
        return facts;
    }
}
