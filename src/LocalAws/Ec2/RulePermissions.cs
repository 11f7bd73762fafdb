using System.Collections.Immutable;
using System.Net.Sockets;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Rules in the older form of the API, in which one permission holds many peers.</summary>
internal static class RulePermissions
{
    private const int LargestPort = 65535;

    /// <summary>All rules that a request means, CIDRs made canonical.</summary>
    public static ImmutableArray<RuleSpec> Read(Form form, string accountId)
    {
        ImmutableArray<RuleSpec> rules = [.. form.List("IpPermissions").SelectMany(permission => ReadOne(permission, accountId))];
        if (form.Text("IpProtocol") is not null)
            rules = [.. rules, .. ReadFlat(form)];
        return rules.IsEmpty
            ? throw new AwsErrorException("MissingParameter", "The request must contain the parameter ipPermissions or ipProtocol")
            : rules;
    }

    /// <summary>Rules that share protocol and ports make one permission.</summary>
    public static XElement Write(string name, IEnumerable<SecurityGroupRule> rules, Func<string, string?> groupVpc) => Xml.List(
        name,
        "item",
        rules.GroupBy(rule => (rule.Spec.Protocol, rule.Spec.FromPort, rule.Spec.ToPort)),
        same =>
        [
            Xml.Of("ipProtocol", same.Key.Protocol),
            Xml.Of("fromPort", same.Key.FromPort),
            Xml.Of("toPort", same.Key.ToPort),
            Peers(same, PeerKind.Group, "groups", rule =>
                [Xml.Of("description", rule.Spec.Description), Xml.Of("userId", rule.Spec.PeerOwnerId ?? rule.GroupOwnerId), Xml.Of("groupId", rule.Spec.Peer), Xml.Of("vpcId", groupVpc(rule.Spec.Peer))]),
            Peers(same, PeerKind.Cidr, "ipRanges", rule => [Xml.Of("description", rule.Spec.Description), Xml.Of("cidrIp", rule.Spec.Peer)]),
            Peers(same, PeerKind.CidrIpv6, "ipv6Ranges", rule => [Xml.Of("description", rule.Spec.Description), Xml.Of("cidrIpv6", rule.Spec.Peer)]),
            Peers(same, PeerKind.PrefixList, "prefixListIds", rule => [Xml.Of("description", rule.Spec.Description), Xml.Of("prefixListId", rule.Spec.Peer)]),
        ]);

    private static XElement Peers(IEnumerable<SecurityGroupRule> rules, PeerKind kind, string name, Func<SecurityGroupRule, IEnumerable<XElement?>> write) =>
        Xml.List(name, "item", rules.Where(rule => rule.Spec.Kind == kind), write);

    private static ImmutableArray<RuleSpec> ReadOne(Form permission, string accountId)
    {
        var ports = Ports(permission);
        var peers = permission.List("IpRanges").Select(range => ports with { Kind = PeerKind.Cidr, Peer = Block(range.Required("CidrIp"), AddressFamily.InterNetwork), Description = range.Text("Description") })
            .Concat(permission.List("Ipv6Ranges").Select(range => ports with { Kind = PeerKind.CidrIpv6, Peer = Block(range.Required("CidrIpv6"), AddressFamily.InterNetworkV6), Description = range.Text("Description") }))
            .Concat(permission.List("Groups").Select(group => ports with { Kind = PeerKind.Group, Peer = group.Required("GroupId"), PeerOwnerId = group.Text("UserId") ?? accountId, Description = group.Text("Description") }))
            .Concat(permission.List("PrefixListIds").Select(list => ports with { Kind = PeerKind.PrefixList, Peer = list.Required("PrefixListId"), Description = list.Text("Description") }))
            .ToImmutableArray();
        return peers.IsEmpty
            ? throw new AwsErrorException("InvalidParameterCombination", "One or more of the following parameters must be present: ipRanges, ipv6Ranges, groups, prefixListIds")
            : peers;
    }

    private static IEnumerable<RuleSpec> ReadFlat(Form form) =>
        [Ports(form) with { Kind = PeerKind.Cidr, Peer = Block(form.Required("CidrIp"), AddressFamily.InterNetwork) }];

    private static RuleSpec Ports(Form form)
    {
        var protocol = form.Required("IpProtocol").ToLowerInvariant() switch
        {
            "6" => "tcp",
            "17" => "udp",
            "1" => "icmp",
            var other => other,
        };
        var all = protocol == "-1";
        var from = all ? null : form.Number("FromPort");
        var to = all ? null : form.Number("ToPort");
        if (protocol is "tcp" or "udp" && (from is not (>= 0 and <= LargestPort) || to is not (>= 0 and <= LargestPort) || from > to))
            throw new AwsErrorException("InvalidParameterValue", "Invalid value for portRange. Must specify both from and to ports with TCP/UDP, each from 0 to 65535.");
        return new(protocol, from, to, PeerKind.Cidr, "", null, null);
    }

    private static string Block(string text, AddressFamily family) =>
        Cidr.Canonical(text, family) ?? throw new AwsErrorException("InvalidParameterValue", $"CIDR block {text} is malformed");
}
