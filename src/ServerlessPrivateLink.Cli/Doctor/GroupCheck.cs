using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether the load balancer's security groups let it reach the databases, and theirs let it in.</summary>
internal static class GroupCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts) =>
        facts.Balancer is { } balancer ? facts.Databases.SelectMany(database => OfDatabase(facts, balancer, database)) : [];

    private static IEnumerable<Complaint> OfDatabase(DoctorFacts facts, ExaminedBalancer balancer, ExaminedDatabase database)
    {
        foreach (var target in database.Targets.Take(1))
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{target.Fact.Address}:{target.Fact.Port}");
            if (!balancer.GroupIds.IsEmpty && !Admits(facts, balancer.GroupIds, egress: true, target.Fact.Port, target.Place, database.Rds?.SecurityGroupIds ?? []))
            {
                yield return new(
                    "load balancer's security group",
                    database.Name,
                    $"The load balancer's security groups do not let it reach {database.Name}.",
                    $"no outbound rule of {string.Join(", ", balancer.GroupIds)} is for {at}",
                    $"aws ec2 authorize-security-group-egress --group-id {OwnGroup(facts, balancer)} --ip-permissions IpProtocol=-1,IpRanges=[{{CidrIp=0.0.0.0/0}}]",
                    Bearing.Cause);
            }

            if (database.Rds is { } rds && !rds.SecurityGroupIds.IsEmpty && balancer.Nodes.FirstOrDefault(node => !Admits(facts, rds.SecurityGroupIds, egress: false, target.Fact.Port, node, balancer.GroupIds)) is { } node)
            {
                yield return new(
                    "database's security group",
                    database.Name,
                    $"The security groups of {database.Name} do not let the load balancer in.",
                    $"no inbound rule of {string.Join(", ", rds.SecurityGroupIds)} is for port {target.Fact.Port} from {node.Address} or {string.Join(", ", balancer.GroupIds)}",
                    $"Put the rule back: privatelink repair {facts.Name}",
                    Bearing.Cause);
            }
        }
    }

    private static bool Admits(DoctorFacts facts, ImmutableArray<string> groupIds, bool egress, int port, Place peer, ImmutableArray<string> groupsThere) =>
        facts.Network.Rules.Any(rule => rule.Egress == egress && groupIds.Contains(rule.GroupId, StringComparer.Ordinal) && rule.Admits(port, peer.Address, groupsThere));

    // The other one is the stack's, for probes, and nothing leaves by it.
    private static string OwnGroup(DoctorFacts facts, ExaminedBalancer balancer) =>
        balancer.GroupIds.FirstOrDefault(id => !facts.Network.Rules.Any(rule => !rule.Egress && rule.GroupId == id)) ?? balancer.GroupIds[0];
}
