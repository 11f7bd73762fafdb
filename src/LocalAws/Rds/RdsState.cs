using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using LocalAws.Ec2;

namespace LocalAws.Rds;

/// <summary>The account's databases: what RDS says of them, their addresses, names and open ports.</summary>
public sealed class RdsState
{
    private readonly OrderedDictionary<string, DbInstance> instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, DbCluster> clusters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> readerTurns = new(StringComparer.OrdinalIgnoreCase);

    internal RdsState(Cloud cloud) => Cloud = cloud;

    internal Cloud Cloud { get; }

    /// <summary>The instances, those of clusters too.</summary>
    public IReadOnlyCollection<DbInstance> Instances => instances.Values;

    /// <summary>The clusters.</summary>
    public IReadOnlyCollection<DbCluster> Clusters => clusters.Values;

    /// <summary>The parameters of instances' groups.</summary>
    public ParameterGroups InstanceParameters { get; } = new();

    /// <summary>The parameters of clusters' groups.</summary>
    public ParameterGroups ClusterParameters { get; } = new();

    /// <summary>The instance with an identifier; null: none.</summary>
    public DbInstance? FindInstance(string identifier) => instances.GetValueOrDefault(identifier);

    /// <summary>The cluster with an identifier; null: none.</summary>
    public DbCluster? FindCluster(string identifier) => clusters.GetValueOrDefault(identifier);

    /// <summary>Adds an instance and draws its address from a subnet of the zone that it names.</summary>
    /// <param name="facts">As <c>describe-db-instances</c> prints it.</param>
    public DbInstance AddInstance(JsonObject facts)
    {
        var instance = new DbInstance(facts);
        instances.Add(instance.Identifier, instance);
        Cloud.Tagging.Note(Cloud.Arn("rds", $"db:{instance.Identifier}"), RdsFacts.Tags(facts), static () => true);
        Settle(instance);
        if (instance.Host is { } host)
            Cloud.Dns.Publish(host, () => Addresses(instance));
        foreach (var group in instance.ParameterGroups)
            InstanceParameters.Know(group, instance.Engine);
        return instance;
    }

    /// <summary>Adds a cluster; its instances are added by themselves.</summary>
    /// <param name="facts">As <c>describe-db-clusters</c> prints it.</param>
    public DbCluster AddCluster(JsonObject facts)
    {
        var cluster = new DbCluster(facts);
        clusters.Add(cluster.Identifier, cluster);
        Cloud.Tagging.Note(Cloud.Arn("rds", $"cluster:{cluster.Identifier}"), RdsFacts.Tags(facts), static () => true);
        if (cluster.WriterHost is { } writer)
            Cloud.Dns.Publish(writer, () => [.. Members(cluster, writes: true).Take(1)]);
        foreach (var host in cluster.CustomHosts.Append(cluster.ReaderHost).OfType<string>())
            Cloud.Dns.Publish(host, () => NextReader(cluster));
        if (cluster.ParameterGroup is { } group)
            ClusterParameters.Know(group, cluster.Engine);
        return cluster;
    }

    /// <summary>A Multi-AZ instance changes places with its standby; its address changes with it.</summary>
    public void FailOver(DbInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var facts = instance.Facts;
        if ((string?)facts["SecondaryAvailabilityZone"] is { } other)
            (facts["AvailabilityZone"], facts["SecondaryAvailabilityZone"]) = (other, instance.Zone);
        Leave(instance);
        Settle(instance);
    }

    /// <summary>Another instance of a cluster becomes its writer.</summary>
    public static void FailOver(DbCluster cluster, string writer)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        foreach (var member in (cluster.Facts["DBClusterMembers"] as JsonArray ?? []).OfType<JsonObject>())
            member["IsClusterWriter"] = string.Equals((string?)member["DBInstanceIdentifier"], writer, StringComparison.OrdinalIgnoreCase);
    }

    private void Leave(DbInstance instance)
    {
        if (instance.Address is not { } old)
            return;
        Cloud.Ec2.Ports.Close(old, instance.Port, Cloud.Time.GetUtcNow());
        foreach (var face in Cloud.Ec2.All<NetworkInterface>().Where(face => face.Address.Equals(old)))
            face.GoneAt = Cloud.Time.GetUtcNow();
    }

    private void Settle(DbInstance instance)
    {
        if (instance.Host is null || SubnetOf(instance) is not { } subnet)
            return;
        instance.Address = subnet.Draw(Cloud.Chance);
        Cloud.Ec2.Ports.Open(instance.Address, instance.Port, instance.SecurityGroupIds, Cloud.Time.GetUtcNow());
        Cloud.Ec2.Add(new NetworkInterface(Cloud.Chance.Id("eni"), subnet, instance.Address, "RDSNetworkInterface", "interface", "amazon-rds")
        {
            GroupIds = instance.SecurityGroupIds,
        });
    }

    private Subnet? SubnetOf(DbInstance instance)
    {
        var group = instance.SubnetIds.Select(id => Cloud.Ec2.Find<Subnet>(id)).OfType<Subnet>().ToImmutableArray();
        var inVpc = Cloud.Ec2.All<Subnet>().Where(subnet => subnet.VpcId == instance.VpcId);
        var usable = group.IsEmpty ? inVpc.ToImmutableArray() : group;
        return usable.FirstOrDefault(subnet => subnet.Zone == instance.Zone) ?? (instance.Zone is null ? usable.FirstOrDefault() : null);
    }

    private IEnumerable<IPAddress> Members(DbCluster cluster, bool writes) => cluster.Members
        .Where(member => member.IsWriter == writes)
        .Select(member => FindInstance(member.Identifier)?.Address)
        .OfType<IPAddress>();

    private ImmutableArray<IPAddress> NextReader(DbCluster cluster)
    {
        ImmutableArray<IPAddress> readers = [.. Members(cluster, writes: false)];
        if (readers.IsEmpty)
            return [.. Members(cluster, writes: true).Take(1)];
        var turn = readerTurns.GetValueOrDefault(cluster.Identifier);
        readerTurns[cluster.Identifier] = turn + 1;
        return [readers[turn % readers.Length]];
    }

    private static ImmutableArray<IPAddress> Addresses(DbInstance instance) => instance.Address is { } address ? [address] : [];
}
