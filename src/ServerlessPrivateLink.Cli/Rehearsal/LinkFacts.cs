using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>What AWS says of a link when it is asked: nothing in here was assumed.</summary>
/// <param name="Databases">What RDS says of the document's databases, in its order; hosts are not RDS's.</param>
/// <param name="Subnets">All subnets of the account.</param>
/// <param name="TargetGroups">The link's target groups.</param>
/// <param name="LoadBalancer">The link's load balancer; null: there is none.</param>
/// <param name="Service">The link's endpoint service; null: there is none.</param>
/// <param name="SecurityGroup">The link's security group; null: there is none.</param>
/// <param name="Rules">Rules of security groups that carry the link's tags.</param>
public sealed record LinkFacts(
    ImmutableArray<DatabaseFact> Databases,
    ImmutableArray<SubnetFact> Subnets,
    ImmutableArray<TargetGroupFact> TargetGroups,
    LoadBalancerFact? LoadBalancer,
    ServiceFact? Service,
    SecurityGroupFact? SecurityGroup,
    ImmutableArray<RuleFact> Rules);

public sealed record DatabaseFact(string Name, string Engine, string Status, string Host, int Port, ImmutableArray<string> SecurityGroupIds);

public sealed record SubnetFact(string SubnetId, string VpcId, string Zone, string ZoneId, string Cidr);

public sealed record TargetGroupFact(
    string Arn,
    string Name,
    string VpcId,
    int Port,
    string? Database,
    string HealthCheck,
    ImmutableArray<TargetFact> Targets)
{
    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;
}

public sealed record TargetFact(string Address, int Port, string Health)
{
    /// <summary>The reason that the load balancer gives; empty: none.</summary>
    public string Why { get; init; } = "";
}

public sealed record LoadBalancerFact(
    string Arn,
    string Name,
    string Type,
    string Scheme,
    string State,
    bool CrossZone,
    string? PrivateLinkEnforcement,
    ImmutableArray<ZoneFact> Zones,
    ImmutableArray<ListenerFact> Listeners);

public sealed record ZoneFact(string Zone, string SubnetId);

public sealed record ListenerFact(string Arn, int Port, string Protocol, string TargetGroupArn);

public sealed record ServiceFact(
    string ServiceId,
    string ServiceName,
    string State,
    bool AcceptanceRequired,
    ImmutableArray<string> LoadBalancerArns,
    ImmutableArray<string> Regions,
    ImmutableArray<PrincipalFact> Principals,
    ImmutableArray<NotificationFact> Notifications,
    string? Announced);

public sealed record PrincipalFact(string Principal, string PermissionId, string? Accept);

public sealed record NotificationFact(string Id, string TopicArn, ImmutableArray<string> Events);

public sealed record SecurityGroupFact(string GroupId, string Name);

public sealed record RuleFact(string RuleId, string GroupId, int FromPort, int ToPort, string Source);
