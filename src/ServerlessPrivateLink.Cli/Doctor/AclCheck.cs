using System.Net;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether network ACLs let connections pass, and their answers back to ephemeral ports: an ACL keeps no state.</summary>
internal static class AclCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts) => facts.Balancer is { } balancer
        ? facts.Databases.SelectMany(database => database.Targets.Take(1).SelectMany(target => balancer.Nodes.SelectMany(node => Between(facts, node, target, database.Name)).Take(1)))
        : [];

    private static IEnumerable<Complaint> Between(DoctorFacts facts, Place node, ExaminedTarget target, string database)
    {
        if (node.SubnetId is not null && node.SubnetId == target.Place.SubnetId) yield break;

        var port = target.Fact.Port;
        foreach (var (subnetId, egress, peer, from, to) in new[]
        {
            (node.SubnetId, true, target.Place.Address, port, port),
            (target.Place.SubnetId, false, node.Address, port, port),
            (target.Place.SubnetId, true, node.Address, AclRules.FirstEphemeral, AclRules.LastEphemeral),
            (node.SubnetId, false, target.Place.Address, AclRules.FirstEphemeral, AclRules.LastEphemeral),
        })
        {
            if (subnetId is null || facts.Network.Acls.FirstOrDefault(acl => acl.SubnetIds.Contains(subnetId, StringComparer.Ordinal)) is not { } acl) continue;
            if (AclRules.Refusal(acl.Rules, egress, peer, from, to) is not { } rule) continue;
            var (way, ports) = (egress ? "outbound" : "inbound", from == to ? FormattableString.Invariant($"port {from}") : FormattableString.Invariant($"ports {from} to {to}, to which answers go"));
            yield return new(
                "network ACL",
                database,
                $"A network ACL stands between the load balancer and {database}.",
                FormattableString.Invariant($"{acl.Id} of {subnetId} refuses {way} TCP {(egress ? "to" : "from")} {peer}, {ports} (rule {rule.Number}{(rule.Number == AclRule.Last(egress).Number ? ", what no other rule is for" : "")})"),
                FormattableString.Invariant($"Add a rule with a number below {rule.Number} to {acl.Id}: {way}, TCP, {(from == to ? from : $"{from}-{to}")}, {(egress ? "destination" : "source")} {BlockOf(facts, peer)}, allow"),
                Bearing.Cause);
        }
    }

    private static string BlockOf(DoctorFacts facts, IPAddress peer) =>
        facts.Network.Subnets.FirstOrDefault(subnet => Ipv4Block.TryParse(subnet.Cidr, out var block) && Ipv4Block.TryFrom(peer, out var number) && block.Contains(number))?.Cidr ?? $"{peer}/32";
}
