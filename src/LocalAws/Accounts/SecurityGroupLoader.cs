using System.Net.Sockets;
using LocalAws.Ec2;

namespace LocalAws.Accounts;

/// <summary>Security groups from the CLI's JSON; their rules get ids of their own.</summary>
internal sealed class SecurityGroupLoader(Cloud cloud)
{
    public void Load(CliDocument document)
    {
        foreach (var entry in document.RequiredList("SecurityGroups"))
        {
            var id = entry.Required("GroupId");
            if (cloud.Ec2.Find<Ec2Resource>(id) is not null)
                throw new AccountFormatException($"{entry.File}: {entry.Path}.GroupId: found \"{id}\" for the second time, needed each once.");
            var group = cloud.Ec2.Add(new SecurityGroup(
                id,
                entry.Required("GroupName"),
                entry.Text("Description") ?? "",
                entry.Required("VpcId"),
                entry.Text("OwnerId") ?? cloud.Options.AccountId)
            {
                Tags = entry.Tags("Tags"),
            });
            AddRules(group, entry, "IpPermissions", egress: false);
            AddRules(group, entry, "IpPermissionsEgress", egress: true);
        }
    }

    private void AddRules(SecurityGroup group, CliDocument entry, string list, bool egress)
    {
        foreach (var rule in entry.List(list).SelectMany(Read))
            cloud.Ec2.AddRule(group, egress, rule);
    }

    private static IEnumerable<RuleSpec> Read(CliDocument permission)
    {
        var protocol = permission.Required("IpProtocol");
        var ports = new RuleSpec(protocol, protocol == "-1" ? null : permission.Number("FromPort"), protocol == "-1" ? null : permission.Number("ToPort"), PeerKind.Cidr, "", null, null);
        return
        [
            .. permission.List("IpRanges").Select(range => Peer(range, ports, PeerKind.Cidr, Block(range, "CidrIp", AddressFamily.InterNetwork))),
            .. permission.List("Ipv6Ranges").Select(range => Peer(range, ports, PeerKind.CidrIpv6, Block(range, "CidrIpv6", AddressFamily.InterNetworkV6))),
            .. permission.List("UserIdGroupPairs").Select(pair => Peer(pair, ports, PeerKind.Group, pair.Required("GroupId")) with { PeerOwnerId = pair.Text("UserId") }),
            .. permission.List("PrefixListIds").Select(prefix => Peer(prefix, ports, PeerKind.PrefixList, prefix.Required("PrefixListId"))),
        ];
    }

    private static RuleSpec Peer(CliDocument at, RuleSpec ports, PeerKind kind, string peer) =>
        ports with { Kind = kind, Peer = peer, Description = at.Text("Description") };

    private static string Block(CliDocument at, string name, AddressFamily family) =>
        Cidr.Canonical(at.Required(name), family) ?? throw at.At(name).Wrong("a CIDR block");
}
