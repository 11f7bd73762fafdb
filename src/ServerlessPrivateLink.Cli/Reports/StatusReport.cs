using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>How links stand, as AWS shows them.</summary>
/// <param name="Stack">Their stack.</param>
/// <param name="AccountId">Its account.</param>
/// <param name="Region">Its Region.</param>
/// <param name="Links">By name.</param>
/// <param name="Upkeep">How the stack looks after them; null: nobody asked.</param>
public sealed record StatusReport(string Stack, string AccountId, string Region, ImmutableArray<LinkStatus> Links, Upkeep? Upkeep);

/// <summary>How one link stands.</summary>
/// <param name="Link">Its name.</param>
/// <param name="Serving">Whether a connection would reach each of its databases.</param>
/// <param name="Troubles">What keeps it from that, and what a person should look at; empty: nothing.</param>
/// <param name="Service">Its endpoint service; null: there is none.</param>
/// <param name="LoadBalancer">Its load balancer; null: there is none.</param>
/// <param name="Databases">What its listeners lead to.</param>
/// <param name="Connections">Who is connected or asks to be.</param>
/// <param name="UsdPerMonth">What it costs, by list prices, with 100 GB a month; null: it has no load balancer.</param>
public sealed record LinkStatus(
    string Link,
    bool Serving,
    ImmutableArray<string> Troubles,
    ServiceStatus? Service,
    BalancerStatus? LoadBalancer,
    ImmutableArray<DatabaseStatus> Databases,
    ImmutableArray<ShownConnection> Connections,
    decimal? UsdPerMonth);

/// <param name="Id">EC2's id.</param>
/// <param name="Name">What consumers connect to.</param>
/// <param name="State">EC2's word.</param>
/// <param name="OtherRegions">Regions beside its own from which endpoints can be created.</param>
/// <param name="Principals">Who may ask for a connection.</param>
public sealed record ServiceStatus(string Id, string Name, string State, ImmutableArray<string> OtherRegions, ImmutableArray<string> Principals);

/// <param name="Name">Its name.</param>
/// <param name="State">Elastic Load Balancing's word.</param>
/// <param name="ZoneIds">Its zones, by the ids that are the same in every account.</param>
public sealed record BalancerStatus(string Name, string State, ImmutableArray<string> ZoneIds);

/// <param name="Database">Its name within the link.</param>
/// <param name="ListenerPort">The port that consumers use; null: no listener leads to it.</param>
/// <param name="Targets">Its addresses.</param>
/// <param name="Since">Since when the sync sees it there; null: it was not seen yet.</param>
/// <param name="Sync">What people were told of its sync last, and when; null: nothing had to be.</param>
public sealed record DatabaseStatus(string Database, int? ListenerPort, ImmutableArray<TargetStatus> Targets, DateTimeOffset? Since, string? Sync);

/// <param name="Address">Where it is.</param>
/// <param name="Port">The database's port.</param>
/// <param name="Health">Elastic Load Balancing's word.</param>
/// <param name="Why">Why it is not healthy; null: it is.</param>
public sealed record TargetStatus(string Address, int Port, string Health, string? Why);
