using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Probing;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>What <see cref="PlanLink"/> found and decided; every later step takes its part of it.</summary>
/// <param name="Link">The link's name.</param>
/// <param name="VpcId">The VPC of the databases and of the load balancer.</param>
/// <param name="VpcCidrs">All IPv4 blocks of that VPC.</param>
/// <param name="Subnets">One subnet per zone in which a database may live.</param>
/// <param name="Exposures">The databases, in the order of the document.</param>
/// <param name="Consumers">Who may connect.</param>
/// <param name="SupportedRegions">The consumers' Regions other than the service's own.</param>
/// <param name="Ingress">How the databases' security groups are opened.</param>
/// <param name="OnRemoval">What becomes of the connections of consumers that the document no longer names.</param>
/// <param name="MadeBy">The mark of what this execution makes, and takes away again when it fails; empty: it keeps it.</param>
/// <param name="AwaitSeconds">How long to wait for the first connection; 0: not at all.</param>
/// <param name="Warnings">What a person should know though nothing is refused.</param>
/// <param name="ProbedGroupId">The security group of the stack that lets <c>ProbeDatabase</c> in; empty: there is none.</param>
public sealed record LinkPlan(
    string Link,
    string VpcId,
    ImmutableArray<string> VpcCidrs,
    ImmutableArray<PlannedSubnet> Subnets,
    ImmutableArray<Exposure> Exposures,
    ImmutableArray<Consumer> Consumers,
    ImmutableArray<string> SupportedRegions,
    Ingress Ingress,
    Removal OnRemoval,
    string MadeBy,
    int AwaitSeconds,
    ImmutableArray<string> Warnings,
    string ProbedGroupId = "");

/// <summary>A subnet of the load balancer.</summary>
/// <param name="SubnetId">Its id.</param>
/// <param name="Zone">The zone's name in this account.</param>
/// <param name="ZoneId">The zone's id, which is the same in every account.</param>
/// <param name="Cidr">Its IPv4 block.</param>
public sealed record PlannedSubnet(string SubnetId, string Zone, string ZoneId, string Cidr);

/// <summary>One database behind one listener port.</summary>
/// <param name="Database">Its name within the link: <c>orders-prod</c>, <c>ledger/writer</c>, <c>pg.corp.example</c>.</param>
/// <param name="Kind">What kind of database it is.</param>
/// <param name="Hosts">The names whose addresses are its targets: one, or a cluster's readers.</param>
/// <param name="Port">The database's port.</param>
/// <param name="ListenerPort">The port that consumers use.</param>
/// <param name="SecurityGroupIds">The database's security groups that are opened; none for a host.</param>
/// <param name="AllowedCidrs">Where addresses may lie beside the VPC's own blocks.</param>
/// <param name="KeepsStandby">Whether the address that a Multi-AZ instance has left stays registered.</param>
/// <param name="Protocol">What it speaks.</param>
public sealed record Exposure(
    string Database,
    DatabaseKind Kind,
    ImmutableArray<string> Hosts,
    int Port,
    int ListenerPort,
    ImmutableArray<string> SecurityGroupIds,
    ImmutableArray<string> AllowedCidrs,
    bool KeepsStandby,
    DatabaseProtocol Protocol = DatabaseProtocol.Unknown);
