using System.Collections.Immutable;
using System.Net;
using LocalAws;
using LocalAws.Dns;
using LocalAws.Rds;

namespace ServerlessPrivateLink.Cli.Drills;

/// <summary>The ways in which a failover can go, by name.</summary>
public static class DrillCourses
{
    public const string Plain = "plain";

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private static readonly ImmutableArray<(string Name, string What, Func<FailoverCourse, Chance, FailoverCourse> Course)> All =
    [
        (Plain, "the name moves a little before RDS says that it is done", static (plain, _) => plain),
        ("dns-before", "the name moves as soon as the new primary answers", static (plain, _) => plain with { DnsMovesAfter = plain.AnswersAfter + Moment }),
        ("dns-with", "the name moves when RDS says that it is done", static (plain, _) => plain with { DnsMovesAfter = Done(plain) }),
        ("dns-after", "the name moves two minutes after RDS said so", static (plain, _) => plain with { DnsMovesAfter = Done(plain) + TimeSpan.FromMinutes(2) }),
        ("dns-flaps", "for 25 seconds the name gives the old and the new address in turns", static (plain, _) => plain with { Troubles = [new(plain.DnsMovesAfter, TimeSpan.FromSeconds(25), Answer: null)] }),
        ("dns-empty", "for 20 seconds the name has no address", static (plain, _) => Disturbed(plain, new DnsAnswer.Empty())),
        ("dns-missing", "for 20 seconds there is no such name", static (plain, _) => Disturbed(plain, new DnsAnswer.NotFound())),
        ("dns-silent", "for 20 seconds no server answers", static (plain, _) => Disturbed(plain, new DnsAnswer.TimesOut())),
        ("dns-public", "for 20 seconds the name gives a public address", static (plain, _) => Disturbed(plain, new DnsAnswer.Addresses([IPAddress.Parse("203.0.113.9")]))),
        ("event-lost", "the first event is lost", static (plain, _) => Arriving(plain, static (one, index) => index == 0 ? [] : one.ArrivesAfter)),
        ("events-lost", "all events are lost", static (plain, _) => plain.Silently()),
        ("events-doubled", "each event comes twice", static (plain, _) => Arriving(plain, static (one, _) => [.. one.ArrivesAfter, .. one.ArrivesAfter.Select(static at => at + TimeSpan.FromSeconds(20))])),
        ("events-swapped", "the first event comes after the last", static (plain, _) => Arriving(plain, (one, index) => index == 0 ? [Done(plain) + TimeSpan.FromSeconds(30)] : one.ArrivesAfter)),
        ("standby-replaced", "the former primary of an instance does not come back as its standby", static (plain, _) => plain with { KeepsFormer = false }),
        ("drawn", "drawn from the seed", static (plain, chance) => FailoverCourse.Draw(chance, plain.Kind)),
    ];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(static one => one.Name)];

    /// <summary>The names, each with what it stands for.</summary>
    public static string Described { get; } = string.Join("; ", All.Select(static one => $"{one.Name}: {one.What}"));

    public static FailoverCourse Find(string name, FailoverKind kind, Chance chance) => All.First(one => one.Name == name).Course(FailoverCourse.Plain(kind), chance);

    private static TimeSpan Done(FailoverCourse course) => course.Announcements[^1].HappensAfter;

    private static FailoverCourse Disturbed(FailoverCourse plain, DnsAnswer answer) =>
        plain with { Troubles = [new(plain.DnsMovesAfter - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), answer)] };

    private static FailoverCourse Arriving(FailoverCourse plain, Func<Announcement, int, ImmutableArray<TimeSpan>> arrives) =>
        plain with { Announcements = [.. plain.Announcements.Select((one, index) => one with { ArrivesAfter = arrives(one, index) })] };
}
