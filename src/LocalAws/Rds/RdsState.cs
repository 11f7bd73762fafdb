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

    private readonly Dictionary<string, IPAddress> held = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<DbInstance, DatabasePlace> standbys = [];

    internal RdsState(Cloud cloud)
    {
        Cloud = cloud;
        Failovers = new(this);
    }

    internal Cloud Cloud { get; }

    /// <summary>The instances, those of clusters too.</summary>
    public IReadOnlyCollection<DbInstance> Instances => instances.Values;

    /// <summary>The clusters.</summary>
    public IReadOnlyCollection<DbCluster> Clusters => clusters.Values;

    /// <summary>Databases that move.</summary>
    public Failovers Failovers { get; }

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
            Publish(host, () => Addresses(instance));
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
            Publish(writer, () => [.. Members(cluster, writes: true).Take(1)]);
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

    /// <summary>A name gives this address for now, wherever its database is.</summary>
    internal void Hold(string host, IPAddress address) => held[host] = address;

    /// <summary>A name gives its database's address again.</summary>
    internal void Release(string host) => held.Remove(host);

    /// <summary>Where a Multi-AZ instance goes when it fails over: to its standby, whose interface is there and whose port is closed.</summary>
    internal DatabasePlace StandbyOf(DbInstance instance)
    {
        if (standbys.Remove(instance, out var standby))
            return standby;
        var zone = RdsFacts.Text(instance.Facts, "SecondaryAvailabilityZone") ?? instance.Zone;
        return DrawPlace(instance, SubnetOf(instance, zone) ?? SubnetOf(instance)!);
    }

    /// <summary>The standby's interface goes, and another place becomes the standby.</summary>
    internal DatabasePlace ReplaceStandby(DbInstance instance)
    {
        StandbyOf(instance).Interface.GoneAt = Cloud.Time.GetUtcNow();
        return standbys[instance] = StandbyOf(instance);
    }

    /// <summary>A place beside an instance's own, for a green one.</summary>
    internal DatabasePlace DrawPlace(DbInstance instance) => DrawPlace(instance, SubnetOf(instance)!);

    /// <summary>The standby becomes the primary; the former one becomes the standby, or is replaced.</summary>
    internal void Promote(DbInstance instance, DatabasePlace next, bool keepsFormer)
    {
        var (facts, old) = (instance.Facts, instance.Address!);
        var former = InterfaceAt(old);
        if (RdsFacts.Text(facts, "SecondaryAvailabilityZone") is { } other)
            (facts["AvailabilityZone"], facts["SecondaryAvailabilityZone"]) = (other, instance.Zone);
        instance.Address = next.Address;
        Cloud.Ec2.Ports.Open(next.Address, instance.Port, instance.SecurityGroupIds, Cloud.Time.GetUtcNow());
        if (former is null)
            return;
        if (keepsFormer)
            standbys[instance] = new(old, former);
        else
            former.GoneAt = Cloud.Time.GetUtcNow();
    }

    /// <summary>The green place takes the name; the blue one goes on as another instance.</summary>
    internal void Rename(DbInstance blue, DatabasePlace green)
    {
        const string Suffix = "-old1";
        var facts = (JsonObject)blue.Facts.DeepClone();
        facts["DBInstanceIdentifier"] = blue.Identifier + Suffix;
        facts["DBInstanceArn"] = Cloud.Arn("rds", $"db:{blue.Identifier}{Suffix}");
        facts["Endpoint"]!["Address"] = blue.Host!.Replace(blue.Identifier, blue.Identifier + Suffix, StringComparison.OrdinalIgnoreCase);
        var former = new DbInstance(facts) { Address = blue.Address };
        instances.Add(former.Identifier, former);
        Publish(former.Host!, () => Addresses(former));
        blue.Facts["DbiResourceId"] = "db-" + Cloud.Chance.Apart(blue.Identifier).Hex(26).ToUpperInvariant();
        blue.Address = green.Address;
    }

    private void Publish(string host, Func<ImmutableArray<IPAddress>> answer) =>
        Cloud.Dns.Publish(host, () => held.TryGetValue(host, out var address) ? [address] : answer());

    private DatabasePlace DrawPlace(DbInstance instance, Subnet subnet)
    {
        var address = subnet.Draw(Cloud.Chance);
        return new(address, Cloud.Ec2.Add(new NetworkInterface(Cloud.Chance.Id("eni"), subnet, address, "RDSNetworkInterface", "interface", "amazon-rds")
        {
            GroupIds = instance.SecurityGroupIds,
        }));
    }

    private NetworkInterface? InterfaceAt(IPAddress address) => Cloud.Ec2.All<NetworkInterface>().FirstOrDefault(face => face.Address.Equals(address));

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
        instance.Address = DrawPlace(instance, subnet).Address;
        Cloud.Ec2.Ports.Open(instance.Address, instance.Port, instance.SecurityGroupIds, Cloud.Time.GetUtcNow());
    }

    private Subnet? SubnetOf(DbInstance instance) => SubnetOf(instance, instance.Zone);

    private Subnet? SubnetOf(DbInstance instance, string? zone)
    {
        var group = instance.SubnetIds.Select(id => Cloud.Ec2.Find<Subnet>(id)).OfType<Subnet>().ToImmutableArray();
        var inVpc = Cloud.Ec2.All<Subnet>().Where(subnet => subnet.VpcId == instance.VpcId);
        var usable = group.IsEmpty ? inVpc.ToImmutableArray() : group;
        return usable.FirstOrDefault(subnet => subnet.Zone == zone) ?? (zone is null ? usable.FirstOrDefault() : null);
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
