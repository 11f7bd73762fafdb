using System.Net;
using System.Text.Json.Nodes;
using LocalAws.Dns;
using LocalAws.Ec2;

namespace LocalAws.Rds;

/// <summary>Databases that move, each along a course: addresses, roles, names and events, each in its own time.</summary>
public sealed class Failovers
{
    private readonly RdsState rds;
    private readonly List<Failover> all = [];

    internal Failovers(RdsState rds) => this.rds = rds;

    /// <summary>All that began, oldest first.</summary>
    public IReadOnlyList<Failover> All => all;

    private Cloud Cloud => rds.Cloud;

    /// <summary>A Multi-AZ instance begins to change places with its standby.</summary>
    /// <exception cref="ArgumentException">The course is none of an instance, or the instance has no address.</exception>
    public Failover Begin(DbInstance instance, FailoverCourse course)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Demand(course, FailoverKind.Instance);
        var (host, old) = PlaceOf(instance);
        var next = rds.StandbyOf(instance);
        var failover = Start(instance.Identifier, course, host, old, next.Address, instance.Identifier);
        Cloud.Ec2.Ports.Close(old, instance.Port, Cloud.Time.GetUtcNow());
        After(course.AnswersAfter, () => rds.Promote(instance, next, course.KeepsFormer));
        return failover;
    }

    /// <summary>
    /// RDS replaces the standby of a Multi-AZ instance, as it does with a host that has failed: the old one's network interface goes, and the new one
    /// has another, in the same zone (Amazon RDS User Guide, "Multi-AZ DB instance deployments").
    /// </summary>
    /// <returns>The new standby's address.</returns>
    public IPAddress ReplaceStandby(DbInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return rds.ReplaceStandby(instance).Address;
    }

    /// <summary>Another instance of a cluster begins to become its writer; members keep their addresses and names.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="writer">The identifier of the writer to be.</param>
    /// <param name="course">How it goes.</param>
    /// <exception cref="ArgumentException">The course is none of a cluster, or there is no such reader.</exception>
    public Failover Begin(DbCluster cluster, string writer, FailoverCourse course)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        Demand(course, FailoverKind.Cluster);
        var former = Member(cluster.Members.First(member => member.IsWriter).Identifier);
        var next = Member(cluster.Members.First(member => !member.IsWriter && member.Identifier.Equals(writer, StringComparison.OrdinalIgnoreCase)).Identifier);
        var old = PlaceOf(former).Address;
        var failover = Start(cluster.Identifier, course, cluster.WriterHost ?? throw new ArgumentException("The cluster has no endpoint.", nameof(cluster)), old, PlaceOf(next).Address, next.Identifier);
        cluster.Facts["Status"] = "failing-over";
        Cloud.Ec2.Ports.Close(old, former.Port, Cloud.Time.GetUtcNow());
        After(course.AnswersAfter, () =>
        {
            RdsState.FailOver(cluster, next.Identifier);
            cluster.Facts["Status"] = "available";
        });
        After(course.FormerReturnsAfter, () => Cloud.Ec2.Ports.Open(old, former.Port, former.SecurityGroupIds, Cloud.Time.GetUtcNow()));
        return failover;

        DbInstance Member(string identifier) => rds.FindInstance(identifier) ?? throw new ArgumentException($"The cluster's member {identifier} is not there.", nameof(cluster));
    }

    /// <summary>
    /// A green instance begins to take the blue one's name and endpoint; the blue one goes on under its name with <c>-old1</c>, and still answers
    /// (Amazon RDS User Guide, "Switching a blue/green deployment").
    /// </summary>
    /// <exception cref="ArgumentException">The course is none of a blue/green deployment, or the instance has no address.</exception>
    public Failover SwitchOver(DbInstance blue, FailoverCourse course)
    {
        ArgumentNullException.ThrowIfNull(blue);
        Demand(course, FailoverKind.BlueGreen);
        var (host, old) = PlaceOf(blue);
        var green = rds.DrawPlace(blue);
        Cloud.Ec2.Ports.Open(green.Address, blue.Port, blue.SecurityGroupIds, Cloud.Time.GetUtcNow());
        var failover = Start(blue.Identifier, course, host, old, green.Address, $"{blue.Identifier}-green-{Cloud.Chance.Apart(blue.Identifier).Hex(6)}");
        After(course.AnswersAfter, () => rds.Rename(blue, green));
        return failover;
    }

    private Failover Start(string database, FailoverCourse course, string host, IPAddress old, IPAddress next, string target)
    {
        var failover = new Failover(database, course, Cloud.Time.GetUtcNow(), host, old, next);
        all.Add(failover);
        Cloud.Dns.Cache(host);
        rds.Hold(host, old);
        After(course.DnsMovesAfter, () => rds.Hold(host, next));
        foreach (var trouble in course.Troubles)
            Cloud.Dns.Disturb(host, trouble.Answer ?? new DnsAnswer.InTurns([old]), trouble.After, trouble.Lasts);
        foreach (var told in course.Announcements.Where(told => !told.ArrivesAfter.IsEmpty))
            Announce(failover, told, RdsEvents.Make(Cloud, failover, told, target));
        var settled = course.DnsMovesAfter > course.AnswersAfter ? course.DnsMovesAfter : course.AnswersAfter;
        After(settled, () => rds.Release(host));
        return failover;
    }

    private void Announce(Failover failover, Announcement told, JsonObject happened)
    {
        foreach (var arrival in told.ArrivesAfter)
        {
            After(arrival, () =>
            {
                failover.Sent = failover.Sent.Add((Cloud.Time.GetUtcNow(), told.EventId));
                Cloud.Events.Put(happened);
            });
        }
    }

    private void After(TimeSpan delay, Action happens) => Cloud.Time.CreateTimer(_ => happens(), null, delay, Timeout.InfiniteTimeSpan);

    private static (string Host, IPAddress Address) PlaceOf(DbInstance instance) => instance is { Host: { } host, Address: { } address }
        ? (host, address)
        : throw new ArgumentException($"{instance.Identifier} has no address.", nameof(instance));

    private static void Demand(FailoverCourse course, FailoverKind kind)
    {
        ArgumentNullException.ThrowIfNull(course);
        if (course.Kind != kind)
            throw new ArgumentException($"The course is one of kind {course.Kind}; {kind} is needed.", nameof(course));
    }
}

/// <summary>Where an instance is, or could be.</summary>
internal sealed record DatabasePlace(IPAddress Address, NetworkInterface Interface);
