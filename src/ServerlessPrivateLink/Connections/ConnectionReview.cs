using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Connections;

public enum Verdict
{
    /// <summary>It stays as it is, and nobody needs to know.</summary>
    Nothing,
    Accept,

    /// <summary>It stays as it is, and a person is told.</summary>
    Flag,
    Reject,
}

/// <summary>Why a connection was decided so.</summary>
public enum ReviewRule
{
    WithinRule,
    OwnerNotNamed,
    RuleUnclear,
    Never,
    Expired,
    AskFirst,
    OtherRegion,
    OtherEndpoint,
    OverLimit,
    Overridden,

    /// <summary>A person decided, as the rules allow.</summary>
    ByHand,
    Over,

    /// <summary>Provisioning took its account out of the link.</summary>
    TakenOut,

    /// <summary>The link is released, and that was forced.</summary>
    Released,
}

/// <param name="Connection">What was decided.</param>
/// <param name="Verdict">How.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="Reason">The same in a sentence.</param>
public sealed record Decision(Connection Connection, Verdict Verdict, ReviewRule Rule, string Reason);

/// <summary>Decides the connections of one link. What the rules do not clearly allow is flagged, not guessed.</summary>
/// <param name="Region">The service's own.</param>
/// <param name="Rules">The consumers and their rules.</param>
/// <param name="Connections">All of the link's.</param>
/// <param name="Today">In UTC.</param>
public sealed record ConnectionReview(string Region, ConsumerRules Rules, ImmutableArray<Connection> Connections, DateOnly Today)
{
    public ImmutableArray<Decision> Decide() => [.. Connections.Select(Decide)];

    public Decision Decide(Connection connection) => connection.Phase switch
    {
        ConnectionPhase.Pending => OfPending(connection, byPerson: false),
        ConnectionPhase.Established => OfEstablished(connection),
        _ => new(connection, Verdict.Nothing, ReviewRule.Over, "The connection has ended."),
    };

    /// <summary>What the rules say to a person who accepts: the one whom <c>ask</c> asks.</summary>
    public Decision DecideForPerson(Connection connection) => connection.Phase is ConnectionPhase.Pending ? OfPending(connection, byPerson: true) : Decide(connection);

    private Decision OfPending(Connection connection, bool byPerson)
    {
        if (!Rules.Names(connection.Owner)) return NotNamed(connection, "asks to connect");
        if (Rules.For(connection.Owner) is not { } rule)
            return new(connection, Verdict.Flag, ReviewRule.RuleUnclear, $"The rule of the account {connection.Owner} cannot be read from the tags of its permissions.");
        if (rule.Accept is Acceptance.Never) return new(connection, Verdict.Reject, ReviewRule.Never, $"The link never accepts connections of the account {connection.Owner}.");
        if (HasEnded(rule)) return Expired(connection, rule);
        if (rule.Accept is Acceptance.Ask && !byPerson) return new(connection, Verdict.Flag, ReviewRule.AskFirst, $"A person is to decide connections of the account {connection.Owner}.");
        if (!IsInRegion(connection, rule))
            return new(connection, Verdict.Flag, ReviewRule.OtherRegion, $"The endpoint stands in {connection.Region}, from which the account {connection.Owner} may not connect.");
        if (!IsListed(connection, rule))
            return new(connection, Verdict.Flag, ReviewRule.OtherEndpoint, $"The account {connection.Owner} may connect with the endpoints {string.Join(", ", rule.EndpointIds)} alone.");
        if (rule.MaxConnections is { } most && PlacesBefore(connection, rule) is var taken && taken >= most)
            return new(connection, Verdict.Flag, ReviewRule.OverLimit, string.Create(CultureInfo.InvariantCulture, $"The account {connection.Owner} has {taken} connection{(taken == 1 ? "" : "s")}, and its limit is {most}."));
        return new(connection, Verdict.Accept, ReviewRule.WithinRule, $"The request is within the rule of the account {connection.Owner}.");
    }

    private Decision OfEstablished(Connection connection)
    {
        if (connection.Notes.Override is not null) return new(connection, Verdict.Nothing, ReviewRule.Overridden, "A person let it in against the rules.");
        if (!Rules.Names(connection.Owner)) return NotNamed(connection, "is connected");
        return Rules.For(connection.Owner) is { } rule && HasEnded(rule)
            ? Expired(connection, rule)
            : new(connection, Verdict.Nothing, ReviewRule.WithinRule, $"The account {connection.Owner} is connected, and the link names it.");
    }

    private static Decision NotNamed(Connection connection, string what) =>
        new(connection, Verdict.Flag, ReviewRule.OwnerNotNamed, $"The account {connection.Owner} {what}, and the link does not name it.");

    private static Decision Expired(Connection connection, AcceptanceRule rule) =>
        new(connection, Verdict.Reject, ReviewRule.Expired, string.Create(CultureInfo.InvariantCulture, $"The account {connection.Owner} could connect until {rule.Until:yyyy-MM-dd}."));

    private bool HasEnded(AcceptanceRule rule) => rule.Until < Today;

    private bool IsInRegion(Connection connection, AcceptanceRule rule) => connection.Region == Region || rule.Regions.Contains(connection.Region, StringComparer.Ordinal);

    private static bool IsListed(Connection connection, AcceptanceRule rule) =>
        rule.EndpointIds.IsEmpty || rule.EndpointIds.Contains(connection.EndpointId, StringComparer.Ordinal);

    /// <summary>Requests are ranked, so that reviews that overlap choose alike. Only those that would be accepted too take a place.</summary>
    private int PlacesBefore(Connection connection, AcceptanceRule rule) => Connections.Count(other =>
        other.Owner == connection.Owner
        && (other.Phase is ConnectionPhase.Established
            || (rule.Accept is Acceptance.Auto && other.Phase is ConnectionPhase.Pending && IsBefore(other, connection) && IsInRegion(other, rule) && IsListed(other, rule))));

    private static bool IsBefore(Connection one, Connection other) => one.CreatedAt == other.CreatedAt
        ? string.CompareOrdinal(one.EndpointId, other.EndpointId) < 0
        : one.CreatedAt < other.CreatedAt;
}
