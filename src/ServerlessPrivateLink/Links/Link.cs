using System.Collections.Immutable;

namespace ServerlessPrivateLink.Links;

/// <summary>What a valid link document says.</summary>
/// <param name="Name">Unique in the stack.</param>
/// <param name="Databases">At least one.</param>
/// <param name="Consumers">At least one.</param>
/// <param name="Ingress">How the databases' security groups are opened.</param>
/// <param name="SubnetIds">The load balancer's subnets; empty: chosen from the databases' own.</param>
/// <param name="OnRemoval">What becomes of the connections of a consumer that an earlier document named and this one does not.</param>
/// <param name="OnFailure">What becomes of what a provisioning run has made when it fails.</param>
/// <param name="AwaitConnection">How long provisioning waits for the first connection once the link stands; zero: not at all.</param>
public sealed record Link(
    string Name,
    ImmutableArray<Database> Databases,
    ImmutableArray<Consumer> Consumers,
    Ingress Ingress,
    ImmutableArray<string> SubnetIds,
    Removal OnRemoval,
    OnFailure OnFailure,
    TimeSpan AwaitConnection);

public enum Removal
{
    /// <summary>They are rejected.</summary>
    Cut,

    /// <summary>They stay; new ones are not accepted.</summary>
    Keep,
}

public enum OnFailure
{
    /// <summary>It stays for the next run.</summary>
    Keep,

    /// <summary>It is removed; what stood before stays.</summary>
    Release,
}

/// <summary>One entry of <c>databases</c>.</summary>
/// <param name="Kind">What <paramref name="Name"/> is the name of.</param>
/// <param name="Name">The instance's or cluster's identifier, or the host name.</param>
/// <param name="Port">The database's port; null: RDS knows it.</param>
/// <param name="ListenerPort">The port that consumers use; null: the database's.</param>
/// <param name="AllowedCidrs">For a host: where its addresses may lie outside the VPC.</param>
/// <param name="IgnoreConnectErrors">Skip the check of <c>max_connect_errors</c>.</param>
/// <param name="KeepsStandby">For a Multi-AZ instance: the address that it has left stays registered, because its standby is there.</param>
public sealed record Database(
    DatabaseKind Kind,
    string Name,
    int? Port,
    int? ListenerPort,
    ImmutableArray<string> AllowedCidrs,
    bool IgnoreConnectErrors,
    bool KeepsStandby);

public enum DatabaseKind
{
    Instance,
    ClusterWriter,
    ClusterReader,
    Host,
}

public enum Ingress
{
    SecurityGroup,
    SubnetCidrs,
}

/// <summary>One entry of <c>consumers</c>.</summary>
/// <param name="Principal">The ARN that EC2 takes as allowed principal.</param>
/// <param name="AccountId">The twelve digits in it.</param>
/// <param name="Rule">The account's acceptance rule.</param>
public sealed record Consumer(string Principal, string AccountId, AcceptanceRule Rule);

/// <summary>How connection requests of an account are answered.</summary>
/// <param name="Accept">What to do with a request within the limits.</param>
/// <param name="MaxConnections">Null: no limit.</param>
/// <param name="Regions">Regions beside the service's own from which the account may connect.</param>
/// <param name="Until">The last day, in UTC; null: for good.</param>
/// <param name="EndpointIds">The only endpoints with which the account may connect; empty: any.</param>
public sealed record AcceptanceRule(Acceptance Accept, int? MaxConnections, ImmutableArray<string> Regions, DateOnly? Until, ImmutableArray<string> EndpointIds);

public enum Acceptance
{
    Auto,
    Ask,
    Never,
}
