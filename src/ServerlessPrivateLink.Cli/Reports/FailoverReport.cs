using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>
/// What one failover did to one listener. All instants are simulated seconds from its beginning, as the embedded AWS recorded them; none is the product's own claim.
/// </summary>
/// <param name="Database">The database as the link names it: <c>orders-prod</c>, <c>ledger/writer</c>.</param>
/// <param name="Link">The link.</param>
/// <param name="Kind">One of <see cref="Drills.DrillKinds"/>.</param>
/// <param name="Course">One of <see cref="Drills.DrillCourses"/>.</param>
/// <param name="Followed">Whether at the end the database's address is registered and healthy, and no registered target leads elsewhere.</param>
/// <param name="BeganAt">When it began, in seconds from the start of the rehearsal; the old primary stops listening.</param>
/// <param name="EventAt">When the first event of RDS reached the event bus; null: none did.</param>
/// <param name="AnswersAt">When the new primary listened.</param>
/// <param name="DnsMovedAt">When the endpoint's name gave the new address.</param>
/// <param name="RegisteredAt">When the new address was registered; 0: before already; null: never.</param>
/// <param name="HealthyAt">When the load balancer called it healthy; null: never.</param>
/// <param name="OldRemovedAt">When the old address was no registered target any more; null: it still is, or there was none.</param>
/// <param name="EmptySeconds">How long no registered target could serve although the database answered somewhere.</param>
/// <param name="DownSeconds">How long the database answered nowhere.</param>
/// <param name="MisleadingSeconds">How long a registered target answered that was not, or no longer, what the listener is for.</param>
/// <param name="Timeline">What happened, in order.</param>
/// <param name="Serving">The targets able to serve, from each moment on.</param>
/// <param name="Alerts">What was published to the alert topic.</param>
/// <param name="Cost">What following it cost.</param>
public sealed record FailoverReport(
    string Database,
    string Link,
    string Kind,
    string Course,
    bool Followed,
    double BeganAt,
    double? EventAt,
    double AnswersAt,
    double DnsMovedAt,
    double? RegisteredAt,
    double? HealthyAt,
    double? OldRemovedAt,
    double EmptySeconds,
    double DownSeconds,
    double MisleadingSeconds,
    ImmutableArray<TimelineEntry> Timeline,
    ImmutableArray<ServingCount> Serving,
    ImmutableArray<SentAlert> Alerts,
    FollowCost Cost);

/// <summary>Something that happened.</summary>
/// <param name="At">Seconds from the failover's beginning.</param>
/// <param name="What">What it was.</param>
public sealed record TimelineEntry(double At, string What);

/// <summary>What a target group could do from one moment on.</summary>
/// <param name="At">Seconds from the failover's beginning.</param>
/// <param name="Able">Registered targets at which the database answers in the listener's role.</param>
/// <param name="Healthy">Those of them that the load balancer calls healthy.</param>
/// <param name="Exists">Whether the database answers anywhere.</param>
public sealed record ServingCount(double At, int Able, int Healthy, bool Exists)
{
    /// <summary>Nobody is served though somebody could be.</summary>
    internal bool IsEmpty => Exists && Able == 0;
}

/// <summary>What following a failover cost, beyond what the schedule costs anyway.</summary>
/// <param name="Executions">Executions of <c>FollowFailover</c>.</param>
/// <param name="Transitions">Their state transitions.</param>
/// <param name="Invocations">Function invocations: <c>StartFollow</c>, <c>SyncTargets</c>, <c>ResolveAddresses</c>.</param>
/// <param name="Usd">US dollars at list price.</param>
/// <param name="How">How it was reckoned.</param>
public sealed record FollowCost(int Executions, int Transitions, int Invocations, decimal Usd, string How);

/// <summary>Minutes in which nothing happened to a database.</summary>
/// <param name="Minutes">How many.</param>
/// <param name="CallsPerMinute">Calls of the functions, all together.</param>
/// <param name="MutatingCalls">Those that can change something; 0 is right.</param>
/// <param name="Alerts">Messages published to the alert topic; 0 is right.</param>
public sealed record SteadyState(int Minutes, double CallsPerMinute, int MutatingCalls, int Alerts);

/// <summary>All that a drill has to tell.</summary>
/// <param name="Status">As of a rehearsal.</param>
/// <param name="Link">The link's name.</param>
/// <param name="Seed">The seed of all chance.</param>
/// <param name="SteadyState">The minutes before; null: the link was not built.</param>
/// <param name="Failovers">One entry for each listener that leads to the database.</param>
/// <param name="Notes">What had to be assumed.</param>
/// <param name="Failure">Why the link was not built; null: it was.</param>
public sealed record DrillReport(
    string Status,
    string Link,
    int Seed,
    SteadyState? SteadyState,
    ImmutableArray<FailoverReport> Failovers,
    ImmutableArray<string> Notes,
    RunFailure? Failure);
