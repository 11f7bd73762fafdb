using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace LocalAws.Ec2;

/// <summary>A network ACL (Amazon VPC User Guide, "Network ACLs"): it keeps no state, so answers need rules of their own.</summary>
/// <param name="id">Its id.</param>
/// <param name="vpcId">Its VPC.</param>
/// <param name="ownerId">The account that owns it.</param>
/// <param name="isDefault">Whether it is that of all subnets that have no other.</param>
public sealed class NetworkAcl(string id, string vpcId, string ownerId, bool isDefault) : Ec2Resource(id, "network-acl")
{
    /// <summary>Its VPC.</summary>
    public string VpcId { get; } = vpcId;

    /// <summary>The account that owns it.</summary>
    public string OwnerId { get; } = ownerId;

    /// <summary>Whether it is that of all subnets that have no other.</summary>
    public bool IsDefault { get; } = isDefault;

    /// <summary>Its rules, without those that refuse all the rest.</summary>
    public ImmutableArray<NetworkAclRule> Rules { get; set; } = [];

    /// <summary>The subnets that it was given to.</summary>
    public ImmutableArray<string> SubnetIds { get; set; } = [];

    /// <summary>Whether it lets everything pass by its first rules.</summary>
    internal bool IsOpen => Rules is [var one, var two] && one.Egress != two.Egress && one.IsForAll && two.IsForAll;

    /// <summary>The one that each VPC begins with: everything passes.</summary>
    public static NetworkAcl Default(string id, Vpc vpc)
    {
        ArgumentNullException.ThrowIfNull(vpc);
        return new(id, vpc.Id, vpc.OwnerId, isDefault: true)
        {
            Rules = [new(100, Egress: true, Allows: true, "-1", "0.0.0.0/0", null, null), new(100, Egress: false, Allows: true, "-1", "0.0.0.0/0", null, null)],
        };
    }

    /// <summary>Whether TCP to some ports passes: the rule with the lowest number that fits decides.</summary>
    internal bool Passes(bool egress, IPAddress peer, int port) =>
        Rules.Where(rule => rule.Egress == egress && rule.Fits(peer, port)).MinBy(static rule => rule.Number) is { Allows: true };
}

/// <summary>A rule of a network ACL.</summary>
/// <param name="Number">The lowest comes first.</param>
/// <param name="Egress">Whether it is about what leaves the subnet.</param>
/// <param name="Allows">Or else it refuses.</param>
/// <param name="Protocol">An IANA number, or <c>-1</c> for all.</param>
/// <param name="Cidr">Where the traffic comes from or goes to.</param>
/// <param name="FromPort">The first port; null: every port.</param>
/// <param name="ToPort">The last port.</param>
public sealed record NetworkAclRule(int Number, bool Egress, bool Allows, string Protocol, string Cidr, int? FromPort, int? ToPort)
{
    /// <summary>The number of the rule that refuses what no other has decided.</summary>
    public const int Last = 32_767;

    private const string Tcp = "6";

    internal bool IsForAll => Allows && Protocol == "-1" && Cidr == "0.0.0.0/0";

    internal string NumberText => Number.ToString(CultureInfo.InvariantCulture);

    internal bool Fits(IPAddress peer, int port) =>
        Protocol is "-1" or Tcp && Ec2.Cidr.Contains(Cidr, peer) && (FromPort is null || (FromPort <= port && port <= ToPort));
}

/// <summary>The way of a TCP connection through the network ACLs of two subnets; within one subnet there is none.</summary>
internal sealed class AclPath(Ec2State ec2, IReadOnlyList<NetworkAcl> acls)
{
    // Where answers go: both ends of the range that load balancers and Lambda use (Amazon VPC User Guide, "Ephemeral ports").
    private static readonly ImmutableArray<int> Ephemeral = [1024, 65_535];

    public bool Passes(IPAddress from, IPAddress to, int port)
    {
        var (client, server) = (SubnetOf(from), SubnetOf(to));
        if (client is not null && client == server)
            return true;
        return Lets(client, egress: true, to, port)
            && Lets(server, egress: false, from, port)
            && Ephemeral.All(back => Lets(server, egress: true, from, back) && Lets(client, egress: false, to, back));
    }

    private bool Lets(Subnet? subnet, bool egress, IPAddress peer, int port) => subnet is null || AclOf(subnet) is not { } acl || acl.Passes(egress, peer, port);

    private NetworkAcl? AclOf(Subnet subnet) =>
        acls.FirstOrDefault(acl => acl.SubnetIds.Contains(subnet.Id, StringComparer.Ordinal)) ?? acls.FirstOrDefault(acl => acl.IsDefault && acl.VpcId == subnet.VpcId);

    private Subnet? SubnetOf(IPAddress address) => ec2.All<Subnet>().FirstOrDefault(subnet => Cidr.Contains(subnet.CidrBlock, address));
}
