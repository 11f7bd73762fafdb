using System.Collections.Immutable;
using System.Net;
using LocalAws.Dns;

namespace LocalAws.Rds;

/// <summary>Draws the course of a failover, with all that events and names can do.</summary>
internal static class CourseDice
{
    public static FailoverCourse Draw(Chance chance, FailoverKind kind)
    {
        var total = kind switch
        {
            FailoverKind.Instance => Seconds(chance, 60, 120),
            FailoverKind.Cluster => Seconds(chance, 15, 55),
            _ => Seconds(chance, 30, 90),
        };
        var answers = total * (0.5 + (chance.NextDouble() * 0.4));
        var moves = DnsMoves(chance, answers, total);
        return new(
            kind,
            answers,
            moves,
            total + Seconds(chance, 5, 60),
            chance.NextDouble() < 0.8,
            [.. Announcements(chance, kind, total)],
            [.. Troubles(chance, answers, moves)]);
    }

    /// <summary>Before RDS says that it is done, with it, or minutes after.</summary>
    private static TimeSpan DnsMoves(Chance chance, TimeSpan answers, TimeSpan total) => chance.NextDouble() switch
    {
        < 0.4 => answers + ((total - answers) * chance.NextDouble()),
        < 0.7 => total + Seconds(chance, 0, 3),
        _ => total + Seconds(chance, 5, 180),
    };

    private static IEnumerable<Announcement> Announcements(Chance chance, FailoverKind kind, TimeSpan total)
    {
        var (first, last) = FailoverCourse.EventIds(kind);
        if (kind is FailoverKind.Instance && chance.NextDouble() < 0.3)
            last = "RDS-EVENT-0015";
        if (kind is FailoverKind.Cluster && chance.NextDouble() < 0.3)
            first = "RDS-EVENT-0072";
        var isSilent = chance.NextDouble() < 0.1;
        yield return Announcement(chance, first, Seconds(chance, 0, 4), isSilent);
        if (kind is FailoverKind.Instance && chance.NextDouble() < 0.5)
            yield return Announcement(chance, "RDS-EVENT-0006", total * 0.9, isSilent);
        yield return Announcement(chance, last, total, isSilent);
    }

    private static Announcement Announcement(Chance chance, string id, TimeSpan happens, bool isSilent)
    {
        const double Lost = 0.1;
        const double Doubled = 0.15;
        const double Late = 0.15;
        var arrives = happens + (chance.NextDouble() < Late ? Seconds(chance, 10, 300) : Seconds(chance, 0.3, 4));
        var again = arrives + Seconds(chance, 0, 40);
        ImmutableArray<TimeSpan> arrivals = isSilent || chance.NextDouble() < Lost ? [] : chance.NextDouble() < Doubled ? [arrives, again] : [arrives];
        return new(id, happens, arrivals, chance.NextDouble() < 0.9, chance.NextDouble() < 0.3);
    }

    private static IEnumerable<DnsTrouble> Troubles(Chance chance, TimeSpan answers, TimeSpan moves)
    {
        if (chance.NextDouble() < 0.3)
            yield return new(moves, Seconds(chance, 20, 30), null);
        DnsAnswer? other = chance.NextDouble() switch
        {
            < 0.08 => new DnsAnswer.Empty(),
            < 0.16 => new DnsAnswer.NotFound(),
            < 0.24 => new DnsAnswer.Addresses([IPAddress.Parse("203.0.113.9")]),
            < 0.32 => new DnsAnswer.TimesOut(),
            _ => null,
        };
        if (other is not null)
            yield return new(answers * chance.NextDouble(), Seconds(chance, 3, 30), other);
    }

    private static TimeSpan Seconds(Chance chance, double from, double to) => chance.Between(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
}
