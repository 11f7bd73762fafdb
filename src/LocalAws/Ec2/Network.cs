using System.Collections.Immutable;
using System.Net;
using LocalAws.Access;

namespace LocalAws.Ec2;

/// <summary>A VPC.</summary>
/// <param name="id">Its id.</param>
/// <param name="ownerId">The account that owns it.</param>
/// <param name="cidrs">Its IPv4 blocks, the primary one first.</param>
public sealed class Vpc(string id, string ownerId, ImmutableArray<string> cidrs) : Ec2Resource(id, "vpc")
{
    /// <summary>The account that owns it.</summary>
    public string OwnerId { get; } = ownerId;

    /// <summary>Its IPv4 blocks, the primary one first.</summary>
    public ImmutableArray<string> Cidrs { get; } = cidrs;

    /// <summary>Its IPv6 blocks.</summary>
    public ImmutableArray<string> Ipv6Cidrs { get; init; } = [];

    /// <summary><c>available</c> or <c>pending</c>.</summary>
    public string State { get; init; } = "available";

    /// <summary>Whether it is the account's default VPC.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Its DHCP options.</summary>
    public string DhcpOptionsId { get; init; } = "default";

    /// <summary>Whether an address lies in one of its blocks.</summary>
    public bool Contains(IPAddress address) => Cidrs.Any(cidr => Cidr.Contains(cidr, address));

    internal override ConditionKeys KeysIn(Ec2State ec2) => ConditionKeys.None.With("ec2:VpcID", Id).With("ec2:Tenancy", "default");
}

/// <summary>A subnet.</summary>
/// <param name="id">Its id.</param>
/// <param name="vpcId">Its VPC.</param>
/// <param name="cidr">Its IPv4 block.</param>
/// <param name="zone">Its Availability Zone's name.</param>
/// <param name="zoneId">Its Availability Zone's id, the same in all accounts.</param>
/// <param name="ownerId">The account that owns it; another one's for a shared subnet.</param>
/// <param name="freeAddresses">How many of its addresses are free.</param>
public sealed class Subnet(string id, string vpcId, string cidr, string zone, string zoneId, string ownerId, int freeAddresses) : Ec2Resource(id, "subnet")
{
    private const int ReservedAtStart = 4;
    private readonly HashSet<IPAddress> taken = [];

    /// <summary>Its VPC.</summary>
    public string VpcId { get; } = vpcId;

    /// <summary>Its IPv4 block.</summary>
    public string CidrBlock { get; } = cidr;

    /// <summary>Its Availability Zone's name.</summary>
    public string Zone { get; } = zone;

    /// <summary>Its Availability Zone's id.</summary>
    public string ZoneId { get; } = zoneId;

    /// <summary>The account that owns it.</summary>
    public string OwnerId { get; } = ownerId;

    /// <summary>How many of its addresses are free.</summary>
    public int FreeAddresses { get; private set; } = freeAddresses;

    /// <summary><c>available</c> or <c>pending</c>.</summary>
    public string State { get; init; } = "available";

    /// <summary>Whether instances get a public address by default.</summary>
    public bool MapPublicIpOnLaunch { get; init; }

    /// <summary>Whether it is the default subnet of its zone.</summary>
    public bool DefaultForAz { get; init; }

    /// <summary>Draws an address that nothing has yet; the count of free ones is left as it is.</summary>
    public IPAddress Draw(Chance chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        var block = Cidr.Parse(CidrBlock)!.Value;
        var last = (int)Math.Min(Cidr.Size(block) - 2, int.MaxValue);
        if (taken.Count > last - ReservedAtStart)
            throw new InvalidOperationException($"Subnet {Id} ({CidrBlock}) has no address left.");
        IPAddress address;
        do
        {
            address = Cidr.At(block, chance.Next(ReservedAtStart, last));
        }
        while (!taken.Add(address));
        return address;
    }

    /// <summary>Draws an address for something new in the subnet.</summary>
    internal IPAddress Take(Chance chance)
    {
        FreeAddresses--;
        return Draw(chance);
    }

    /// <summary>Takes a chosen address; false: it is not to be had here.</summary>
    internal bool TryTake(IPAddress address)
    {
        if (!Cidr.Contains(CidrBlock, address) || !taken.Add(address))
            return false;
        FreeAddresses--;
        return true;
    }

    /// <summary>Gives an address back.</summary>
    internal void Release(IPAddress address)
    {
        if (taken.Remove(address))
            FreeAddresses++;
    }

    internal override ConditionKeys KeysIn(Ec2State ec2) => ConditionKeys.None
        .With("ec2:SubnetID", Id)
        .With("ec2:AvailabilityZone", Zone)
        .With("ec2:Vpc", ec2.Arn("vpc", VpcId));
}

/// <summary>A route table.</summary>
/// <param name="id">Its id.</param>
/// <param name="vpcId">Its VPC.</param>
/// <param name="ownerId">The account that owns it.</param>
/// <param name="routes">Its routes.</param>
/// <param name="associations">What uses it.</param>
public sealed class RouteTable(string id, string vpcId, string ownerId, ImmutableArray<Route> routes, ImmutableArray<RouteTableAssociation> associations) : Ec2Resource(id, "route-table")
{
    /// <summary>Its VPC.</summary>
    public string VpcId { get; } = vpcId;

    /// <summary>The account that owns it.</summary>
    public string OwnerId { get; } = ownerId;

    /// <summary>Its routes.</summary>
    public ImmutableArray<Route> Routes { get; } = routes;

    /// <summary>What uses it.</summary>
    public ImmutableArray<RouteTableAssociation> Associations { get; } = associations;
}

/// <summary>A route: where addresses go. The names of its fields are those of the API.</summary>
/// <param name="Fields">Such as <c>DestinationCidrBlock</c> and <c>GatewayId</c>.</param>
public sealed record Route(ImmutableSortedDictionary<string, string> Fields);

/// <summary>The use of a route table by a subnet or a gateway, or as the VPC's main one.</summary>
public sealed record RouteTableAssociation(string Id, bool Main, string? SubnetId, string? GatewayId);

/// <summary>A network interface that a service of AWS keeps in a subnet.</summary>
public sealed class NetworkInterface(string id, Subnet subnet, IPAddress address, string description, string type, string requesterId) : Ec2Resource(id, "network-interface")
{
    /// <summary>Its subnet.</summary>
    public Subnet Subnet { get; } = subnet;

    /// <summary>Its private address.</summary>
    public IPAddress Address { get; } = address;

    /// <summary>What it is for, such as <c>ELB net/…</c>.</summary>
    public string Description { get; } = description;

    /// <summary>Its interface type.</summary>
    public string Type { get; } = type;

    /// <summary>The service that keeps it.</summary>
    public string RequesterId { get; } = requesterId;

    /// <summary>Its security groups.</summary>
    public ImmutableArray<string> GroupIds { get; internal set; } = [];

    /// <summary>When it goes: what it belonged to was deleted before.</summary>
    internal DateTimeOffset? GoneAt { get; set; }

    internal override bool StandsAt(DateTimeOffset now) => GoneAt is null || now < GoneAt;
}
