using System.Collections.Immutable;
using System.Net;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether network ACLs let connections pass, and their answers back to ephemeral ports: an ACL keeps no state.</summary>
internal static class AclCheck
{
    private const int FirstEphemeral = 1024;
    private const int LastEphemeral = 65_535;

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
            (target.Place.SubnetId, true, node.Address, FirstEphemeral, LastEphemeral),
            (node.SubnetId, false, target.Place.Address, FirstEphemeral, LastEphemeral),
        })
        {
            if (subnetId is null || facts.Network.Acls.FirstOrDefault(acl => acl.SubnetIds.Contains(subnetId, StringComparer.Ordinal)) is not { } acl) continue;
            if (Refusal(acl, egress, peer, from, to) is not { } rule) continue;
            var (way, ports) = (egress ? "outbound" : "inbound", from == to ? FormattableString.Invariant($"port {from}") : FormattableString.Invariant($"ports {from} to {to}, to which answers go"));
            yield return new(
                "network ACL",
                database,
                $"A network ACL stands between the load balancer and {database}.",
                FormattableString.Invariant($"{acl.Id} of {subnetId} refuses {way} TCP {(egress ? "to" : "from")} {peer}, {ports} (rule {rule.Number}{(rule.Number == 32_767 ? ", what no other rule is for" : "")})"),
                FormattableString.Invariant($"Add a rule with a number below {rule.Number} to {acl.Id}: {way}, TCP, {(from == to ? from : $"{from}-{to}")}, {(egress ? "destination" : "source")} {BlockOf(facts, peer)}, allow"),
                Bearing.Cause);
        }
    }

    /// <summary>The rule that refuses some of the ports; null: all pass.</summary>
    internal static AclRule? Refusal(AclFact acl, bool egress, IPAddress peer, int from, int to)
    {
        ImmutableArray<AclRule> fitting = [.. acl.Rules.Where(rule => rule.Egress == egress && Fits(rule, peer)).OrderBy(static rule => rule.Number)];
        // Where one rule's range begins or ends, another may decide.
        var edges = fitting.SelectMany(static rule => new[] { rule.FromPort ?? 0, (rule.ToPort ?? LastEphemeral) + 1 }).Append(from).Where(port => from <= port && port <= to);
        return edges
            .Select(port => fitting.FirstOrDefault(rule => rule.FromPort is null || (rule.FromPort <= port && port <= rule.ToPort)))
            .FirstOrDefault(static rule => rule is { Allows: false });
    }

    private static bool Fits(AclRule rule, IPAddress peer) =>
        rule.Protocol is "-1" or "6" && rule.Cidr is { } cidr && Ipv4Block.TryParse(cidr, out var block) && Ipv4Block.TryFrom(peer, out var number) && block.Contains(number);

    private static string BlockOf(DoctorFacts facts, IPAddress peer) =>
        facts.Network.Subnets.FirstOrDefault(subnet => Ipv4Block.TryParse(subnet.Cidr, out var block) && Ipv4Block.TryFrom(peer, out var number) && block.Contains(number))?.Cidr ?? $"{peer}/32";
}
