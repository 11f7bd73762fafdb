using System.Net;
using LocalAws.Access;
using LocalAws.Templates;

namespace LocalAws.Ec2;

/// <summary>A security group; its rules are resources of their own.</summary>
public sealed class SecurityGroup(string id, string name, string description, string vpcId, string ownerId) : Ec2Resource(id, "security-group")
{
    /// <summary>Its name, unique in its VPC.</summary>
    public string Name { get; } = name;

    /// <summary>Its description.</summary>
    public string Description { get; } = description;

    /// <summary>Its VPC.</summary>
    public string VpcId { get; } = vpcId;

    /// <summary>The account that owns it.</summary>
    public string OwnerId { get; } = ownerId;

    internal override ConditionKeys KeysIn(Ec2State ec2) => ConditionKeys.None
        .With("ec2:SecurityGroupID", Id)
        .With("ec2:Vpc", ec2.Arn("vpc", VpcId));
}

/// <summary>One rule of a security group.</summary>
public sealed class SecurityGroupRule(string id, string groupId, string groupOwnerId, bool egress, RuleSpec spec) : Ec2Resource(id, "security-group-rule")
{
    /// <summary>The group that it belongs to.</summary>
    public string GroupId { get; } = groupId;

    /// <summary>The account that owns the group.</summary>
    public string GroupOwnerId { get; } = groupOwnerId;

    /// <summary>Whether it lets out rather than in.</summary>
    public bool Egress { get; } = egress;

    /// <summary>What it lets through.</summary>
    public RuleSpec Spec { get; } = spec;

    internal override ConditionKeys KeysIn(Ec2State ec2) =>
        ConditionKeys.None.With("ec2:SecurityGroupRuleID", Id).With("ec2:SecurityGroupID", GroupId);
}

/// <summary>Where a rule's traffic comes from or goes to.</summary>
public enum PeerKind
{
    /// <summary>IPv4 addresses.</summary>
    Cidr,

    /// <summary>IPv6 addresses.</summary>
    CidrIpv6,

    /// <summary>What is in a security group.</summary>
    Group,

    /// <summary>The addresses of a prefix list.</summary>
    PrefixList,
}

/// <summary>What a rule lets through. Two rules of a group may differ in the description alone only.</summary>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c>, <c>icmp</c>, a number, or <c>-1</c> for all.</param>
/// <param name="FromPort">The first port; null for all protocols.</param>
/// <param name="ToPort">The last port; null for all protocols.</param>
/// <param name="Kind">What the peer is.</param>
/// <param name="Peer">The canonical CIDR, group id or prefix list id.</param>
/// <param name="PeerOwnerId">The account of a peer group.</param>
/// <param name="Description">Its description.</param>
public sealed record RuleSpec(string Protocol, int? FromPort, int? ToPort, PeerKind Kind, string Peer, string? PeerOwnerId, string? Description)
{
    /// <summary>AWS's default for what a group lets out.</summary>
    public static readonly RuleSpec Everywhere = new("-1", null, null, PeerKind.Cidr, "0.0.0.0/0", null, null);

    /// <summary>The rule as AWS words it in a refusal.</summary>
    public string Text => $"peer: {Peer}, {(Protocol == "-1" ? "ALL" : Protocol.ToUpperInvariant())}"
        + (FromPort is null ? "" : $", from port: {FromPort}, to port: {ToPort}") + ", ALLOW";

    /// <summary>A rule of a deployed template.</summary>
    public static RuleSpec Of(SecurityRuleSettings rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var (kind, peer) = rule switch
        {
            { CidrIp: { } cidr } => (PeerKind.Cidr, cidr),
            { CidrIpv6: { } cidr } => (PeerKind.CidrIpv6, cidr),
            { GroupId: { } group } => (PeerKind.Group, group),
            _ => (PeerKind.PrefixList, rule.PrefixListId ?? ""),
        };
        return new(rule.Protocol, rule.FromPort, rule.ToPort, kind, peer, null, rule.Description);
    }

    /// <summary>Whether the other is the same rule, whatever their descriptions.</summary>
    public bool IsSameAs(RuleSpec other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Description = null, PeerOwnerId = null } == other with { Description = null, PeerOwnerId = null };
    }

    /// <summary>Whether TCP on a port from or to an address, or a member of one of the groups, passes.</summary>
    public bool Admits(int port, IPAddress address, IEnumerable<string> groupIds)
    {
        var portPasses = Protocol == "-1" || (Protocol is "tcp" or "6" && FromPort <= port && port <= ToPort);
        return portPasses && Kind switch
        {
            PeerKind.Group => groupIds.Contains(Peer, StringComparer.Ordinal),
            PeerKind.Cidr => Cidr.Contains(Peer, address),
            _ => false,
        };
    }
}
