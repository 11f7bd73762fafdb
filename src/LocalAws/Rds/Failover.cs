using System.Collections.Immutable;
using System.Net;

namespace LocalAws.Rds;

/// <summary>A failover that began: what is to happen, and what happened when.</summary>
/// <param name="Database">The identifier of the instance or cluster.</param>
/// <param name="Course">How it goes.</param>
/// <param name="BeganAt">When it began.</param>
/// <param name="Host">The name that moves.</param>
/// <param name="OldAddress">Where the database was.</param>
/// <param name="NewAddress">Where it is afterwards.</param>
public sealed record Failover(string Database, FailoverCourse Course, DateTimeOffset BeganAt, string Host, IPAddress OldAddress, IPAddress NewAddress)
{
    /// <summary>When the new primary listens.</summary>
    public DateTimeOffset AnswersAt => BeganAt + Course.AnswersAfter;

    /// <summary>When the name gives the new address; resolvers may keep the old one for their time to live.</summary>
    public DateTimeOffset DnsMovedAt => BeganAt + Course.DnsMovesAfter;

    /// <summary>When the last of it is over.</summary>
    public DateTimeOffset EndsAt => BeganAt + Course.Lasts;

    /// <summary>When the first event reached the event bus; null: none did, or not yet.</summary>
    public DateTimeOffset? EventAt => Sent.IsEmpty ? null : Sent[0].At;

    /// <summary>The events that reached the event bus, in that order.</summary>
    public ImmutableArray<(DateTimeOffset At, string EventId)> Sent { get; internal set; } = [];
}
