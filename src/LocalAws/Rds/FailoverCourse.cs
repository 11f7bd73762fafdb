using System.Collections.Immutable;
using LocalAws.Dns;

namespace LocalAws.Rds;

/// <summary>What sort of change moves a database.</summary>
public enum FailoverKind
{
    /// <summary>A Multi-AZ instance changes places with its standby.</summary>
    Instance,

    /// <summary>Another instance of an Aurora or Multi-AZ cluster becomes its writer.</summary>
    Cluster,

    /// <summary>The green instance takes the blue one's name.</summary>
    BlueGreen,
}

/// <summary>An event of RDS: what it says and when it comes.</summary>
/// <param name="EventId">Such as <c>RDS-EVENT-0049</c>.</param>
/// <param name="HappensAfter">The time that it tells of, from the beginning.</param>
/// <param name="ArrivesAfter">When it reaches the event bus, from the beginning; several times when it is doubled, never when it is lost.</param>
/// <param name="SaysId">Whether it has an <c>EventID</c>; some do not.</param>
/// <param name="HasPrefix">Whether its <c>SourceIdentifier</c> begins with <c>rds:</c>, as in one of the documented samples.</param>
public sealed record Announcement(string EventId, TimeSpan HappensAfter, ImmutableArray<TimeSpan> ArrivesAfter, bool SaysId = true, bool HasPrefix = false);

/// <summary>A while in which the name is answered otherwise.</summary>
/// <param name="After">When it begins, from the beginning.</param>
/// <param name="Lasts">For how long.</param>
/// <param name="Answer">What is answered; null: the old address and the new in turns.</param>
public sealed record DnsTrouble(TimeSpan After, TimeSpan Lasts, DnsAnswer? Answer);

/// <summary>How a failover goes: all times count from its beginning, at which the old address stops to listen (a blue one goes on).</summary>
/// <param name="Kind">What sort it is.</param>
/// <param name="AnswersAfter">When the new primary listens; RDS shows the new roles from then on.</param>
/// <param name="DnsMovesAfter">When the name gives the new address.</param>
/// <param name="FormerReturnsAfter">When a cluster's former writer answers again, as a reader.</param>
/// <param name="KeepsFormer">Whether a Multi-AZ instance's former primary stays as the standby; else its interface goes and the next one is another.</param>
/// <param name="Announcements">The events.</param>
/// <param name="Troubles">What else the name answers meanwhile.</param>
public sealed record FailoverCourse(
    FailoverKind Kind,
    TimeSpan AnswersAfter,
    TimeSpan DnsMovesAfter,
    TimeSpan FormerReturnsAfter,
    bool KeepsFormer,
    ImmutableArray<Announcement> Announcements,
    ImmutableArray<DnsTrouble> Troubles)
{
    /// <summary>When the last of it is over.</summary>
    public TimeSpan Lasts => Announcements.SelectMany(one => one.ArrivesAfter)
        .Concat(Troubles.Select(trouble => trouble.After + trouble.Lasts))
        .Append(AnswersAfter).Append(DnsMovesAfter).Append(FormerReturnsAfter)
        .Max();

    /// <summary>
    /// A failover without troubles, at the usual pace (Amazon RDS User Guide, "Multi-AZ DB instance deployments": 60 to 120 seconds; a cluster as
    /// one that was recorded: 39 seconds): the name moves a little before RDS says that it is done.
    /// </summary>
    public static FailoverCourse Plain(FailoverKind kind)
    {
        var (answers, done) = kind switch
        {
            FailoverKind.Instance => (Seconds(62), Seconds(75)),
            FailoverKind.Cluster => (Seconds(22), Seconds(39)),
            _ => (Seconds(40), Seconds(58)),
        };
        var (first, last) = EventIds(kind);
        return new(kind, answers, answers + Seconds(5), done + Seconds(12), true, [Told(first, Seconds(1)), Told(last, done)], []);

        static Announcement Told(string id, TimeSpan at) => new(id, at, [at + Seconds(1)]);
    }

    /// <summary>One of the many ways in which it can go.</summary>
    public static FailoverCourse Draw(Chance chance, FailoverKind kind) => CourseDice.Draw(chance, kind);

    /// <summary>No event at all arrives.</summary>
    public FailoverCourse Silently() => this with { Announcements = [] };

    internal static (string First, string Last) EventIds(FailoverKind kind) => kind switch
    {
        FailoverKind.Instance => ("RDS-EVENT-0013", "RDS-EVENT-0049"),
        FailoverKind.Cluster => ("RDS-EVENT-0073", "RDS-EVENT-0071"),
        _ => ("RDS-EVENT-0247", "RDS-EVENT-0248"),
    };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
