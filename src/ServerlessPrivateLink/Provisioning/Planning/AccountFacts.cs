using System.Collections.Immutable;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>What the account looks like where the link goes: everything that the rules decide on.</summary>
/// <param name="Vpc">The stack's VPC; null: it is not there.</param>
/// <param name="Databases">One for each database of the document, in its order.</param>
/// <param name="Subnets">All that may carry the load balancer, and those that do.</param>
/// <param name="OtherZones">Local and Wavelength Zones, by name, where no network load balancer can stand.</param>
/// <param name="SecurityGroups">The databases' own.</param>
/// <param name="Standing">What exists already under the link's names.</param>
/// <param name="Quotas">What Elastic Load Balancing allows, and what is used of it.</param>
/// <param name="KnownRegions">The Regions that the SDK knows; a newer one may be missing.</param>
public sealed record AccountFacts(
    FoundVpc? Vpc,
    ImmutableArray<FoundDatabase> Databases,
    ImmutableArray<FoundSubnet> Subnets,
    ImmutableHashSet<string> OtherZones,
    ImmutableArray<FoundSecurityGroup> SecurityGroups,
    StandingLink Standing,
    FoundQuotas Quotas,
    ImmutableHashSet<string> KnownRegions);

public sealed record FoundVpc(string VpcId, ImmutableArray<string> Cidrs);

/// <param name="SubnetId">Its id.</param>
/// <param name="VpcId">Where it is.</param>
/// <param name="OwnerId">The account that owns it: another one when it is shared.</param>
/// <param name="Zone">The zone's name.</param>
/// <param name="ZoneId">The zone's id.</param>
/// <param name="Cidr">Its IPv4 block; empty when it has none.</param>
/// <param name="FreeAddresses">How many network interfaces still fit.</param>
/// <param name="InternetGatewayId">Where its route table leads, if it leads to the internet.</param>
public sealed record FoundSubnet(string SubnetId, string VpcId, string OwnerId, string Zone, string ZoneId, string Cidr, int FreeAddresses, string? InternetGatewayId);

public sealed record FoundSecurityGroup(string GroupId, string OwnerId, ImmutableArray<InboundRule> Inbound);

/// <param name="Protocol"><c>tcp</c>, or <c>-1</c> for all.</param>
/// <param name="FromPort">The first port; null: all.</param>
/// <param name="ToPort">The last port; null: all.</param>
/// <param name="Cidrs">The IPv4 blocks that it admits.</param>
/// <param name="OtherSources">How many sources it admits that are no IPv4 blocks.</param>
public sealed record InboundRule(string Protocol, int? FromPort, int? ToPort, ImmutableArray<string> Cidrs, int OtherSources)
{
    public bool Admits(int port) => Protocol == "-1" || (Protocol is "tcp" or "6" && FromPort <= port && port <= ToPort);
}

/// <param name="Balancer">Null: not there yet.</param>
/// <param name="TargetGroups">Those with the link's names.</param>
/// <param name="SecurityGroup">Null: not there yet.</param>
public sealed record StandingLink(StandingBalancer? Balancer, ImmutableArray<StandingResource> TargetGroups, StandingResource? SecurityGroup)
{
    public static StandingLink None { get; } = new(null, [], null);
}

public sealed record StandingResource(string Name, bool IsOurs);

/// <param name="Name">Its name.</param>
/// <param name="IsOurs">Whether its tags say that it is the link's.</param>
/// <param name="SubnetIds">Where it stands.</param>
/// <param name="VpcId">Of which VPC.</param>
/// <param name="HasSecurityGroup">Whether it was made with one.</param>
/// <param name="Ports">On which it listens.</param>
public sealed record StandingBalancer(string Name, bool IsOurs, ImmutableArray<string> SubnetIds, string VpcId, bool HasSecurityGroup, ImmutableArray<int> Ports);

/// <param name="Limits">By the names that DescribeAccountLimits gives them.</param>
/// <param name="LoadBalancers">Network load balancers in the Region.</param>
/// <param name="TargetGroups">Target groups in the Region.</param>
public sealed record FoundQuotas(ImmutableDictionary<string, int> Limits, int LoadBalancers, int TargetGroups);
