using System.Collections.Immutable;
using System.Net;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Probing;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>All that the checks of a link look at.</summary>
/// <param name="Name">The link.</param>
/// <param name="Service">Its endpoint service; null: there is none.</param>
/// <param name="Balancer">Its load balancer; null: there is none.</param>
/// <param name="Databases">What its target groups are for.</param>
/// <param name="Network">What stands between load balancer and databases.</param>
/// <param name="ConsumerZones">The zone ids of a consumer's subnets, as a person gave them; empty: not known.</param>
internal sealed record DoctorFacts(
    string Name,
    ServiceFact? Service,
    ExaminedBalancer? Balancer,
    ImmutableArray<ExaminedDatabase> Databases,
    NetworkFacts Network,
    ImmutableArray<string> ConsumerZones);

/// <param name="Fact">The load balancer itself.</param>
/// <param name="GroupIds">Its security groups.</param>
/// <param name="Nodes">Its addresses.</param>
/// <param name="Ports">The port that each listener was built for, by its ARN.</param>
internal sealed record ExaminedBalancer(
    LoadBalancerFact Fact,
    ImmutableArray<string> GroupIds,
    ImmutableArray<Place> Nodes,
    ImmutableDictionary<string, int> Ports);

/// <summary>An address, and the subnet that it is in; null: none of the VPC's.</summary>
internal sealed record Place(IPAddress Address, string? SubnetId);

/// <param name="Name">Its name within the link.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Group">Its target group.</param>
/// <param name="Host">The name in its target group's tag; null: a cluster's.</param>
/// <param name="Listener">What leads to it; null: nothing does.</param>
/// <param name="Rds">What RDS says of it; null: it is not RDS's, or not there.</param>
/// <param name="Targets">Where it is registered, and what drains no longer.</param>
/// <param name="Answer">What its name is, from inside the VPC; null: it was not asked.</param>
/// <param name="Writers">Where its cluster's writer is, from inside the VPC; empty: not known.</param>
/// <param name="Readers">Likewise, its other members.</param>
/// <param name="Probe">What a client in the VPC heard; null: none was sent.</param>
internal sealed record ExaminedDatabase(
    string Name,
    DatabaseKind Kind,
    TargetGroupFact Group,
    string? Host,
    ListenerFact? Listener,
    FoundDatabase.Rds? Rds,
    ImmutableArray<ExaminedTarget> Targets,
    HostAnswer? Answer,
    ImmutableArray<string> Writers,
    ImmutableArray<string> Readers,
    DatabaseProbe? Probe)
{
    public bool IsHealthy => Targets.Any(static target => target.Fact.Health == "healthy");
}

internal sealed record ExaminedTarget(TargetFact Fact, Place Place);

/// <param name="VpcCidrs">The VPC's blocks.</param>
/// <param name="Subnets">Its subnets.</param>
/// <param name="Rules">The rules of the load balancer's and of the databases' security groups.</param>
/// <param name="Acls">The VPC's network ACLs.</param>
/// <param name="Tables">Its route tables.</param>
internal sealed record NetworkFacts(
    ImmutableArray<string> VpcCidrs,
    ImmutableArray<SubnetFact> Subnets,
    ImmutableArray<GroupRule> Rules,
    ImmutableArray<AclFact> Acls,
    ImmutableArray<TableFact> Tables);

/// <param name="GroupId">Whose rule it is.</param>
/// <param name="Egress">Whether it lets out.</param>
/// <param name="Protocol">As EC2 has it; <c>-1</c> is all.</param>
/// <param name="FromPort">The first port.</param>
/// <param name="ToPort">The last port.</param>
/// <param name="Peer">A security group, an IPv4 block, a prefix list.</param>
internal sealed record GroupRule(string GroupId, bool Egress, string Protocol, int FromPort, int ToPort, string Peer)
{
    /// <summary>Whether TCP to a port passes, from or to an address that is in some security groups.</summary>
    public bool Admits(int port, IPAddress address, ImmutableArray<string> groupIds) =>
        (Protocol == "-1" || (Protocol is "tcp" or "6" && FromPort <= port && port <= ToPort)) && Names(address, groupIds);

    // What a prefix list holds is not read: that it refuses is not known.
    private bool Names(IPAddress address, ImmutableArray<string> groupIds) =>
        Peer.StartsWith("pl-", StringComparison.Ordinal)
        || groupIds.Contains(Peer, StringComparer.Ordinal)
        || (Ipv4Block.TryParse(Peer, out var block) && Ipv4Block.TryFrom(address, out var number) && block.Contains(number));
}

/// <param name="Id">Its id.</param>
/// <param name="SubnetIds">The subnets that have it.</param>
/// <param name="Rules">Its rules.</param>
internal sealed record AclFact(string Id, ImmutableArray<string> SubnetIds, ImmutableArray<AclRule> Rules);

/// <param name="Id">Its id.</param>
/// <param name="IsMain">Whether it is that of all subnets that have no other.</param>
/// <param name="SubnetIds">The subnets that have it.</param>
/// <param name="Routes">Its IPv4 routes.</param>
internal sealed record TableFact(string Id, bool IsMain, ImmutableArray<string> SubnetIds, ImmutableArray<RouteFact> Routes);

/// <param name="Destination">The block; null: a prefix list, which is not read.</param>
/// <param name="IsActive">A blackhole is none.</param>
internal sealed record RouteFact(string? Destination, bool IsActive);
