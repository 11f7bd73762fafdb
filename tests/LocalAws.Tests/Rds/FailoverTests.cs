using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LocalAws.Dns;
using LocalAws.Ec2;
using LocalAws.Rds;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Rds;

public sealed class FailoverTests
{
    private const string Domain = "c9xk2m4qz7ab.eu-central-1.rds.amazonaws.com";
    private const string Host = "orders-prod." + Domain;

    private readonly ExampleAccount account = new();

    private DbInstance Orders => account.Cloud.Rds.FindInstance("orders-prod")!;

    private DbCluster Ledger => account.Cloud.Rds.FindCluster("ledger")!;

    [Fact]
    public void An_instance_leaves_at_once_answers_elsewhere_later_and_its_name_follows_last()
    {
        var failover = account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance));

        Assert.False(IsOpen(failover.OldAddress));
        Assert.False(IsOpen(failover.NewAddress));
        PassTo(failover.AnswersAt);
        Assert.True(IsOpen(failover.NewAddress));
        Assert.Equal(failover.NewAddress, Orders.Address);
        Assert.Equal("eu-central-1b", Orders.Zone);
        Assert.Equal(failover.OldAddress, Resolve(Host));
        PassTo(failover.DnsMovedAt + NameServer.TimeToLive);
        Assert.Equal(failover.NewAddress, Resolve(Host));
        PassTo(failover.EndsAt);
        Assert.InRange((failover.EventAt!.Value - failover.BeganAt).TotalSeconds, 1, 3);
        Assert.Equal(["RDS-EVENT-0013", "RDS-EVENT-0049"], failover.Sent.Select(sent => sent.EventId));
        Assert.StartsWith("10.20.65.", failover.NewAddress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_former_place_is_the_standby_and_the_next_failover_goes_back_there()
    {
        var first = Through(() => account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance)));

        Assert.False(IsOpen(first.OldAddress));
        Assert.Single(Interfaces(first.OldAddress));
        var second = Through(() => account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance)));
        Assert.Equal((first.NewAddress, first.OldAddress), (second.OldAddress, second.NewAddress));
        Assert.True(IsOpen(first.OldAddress));
    }

    [Fact]
    public void A_former_place_that_is_replaced_loses_its_interface()
    {
        var first = Through(() => account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance) with { KeepsFormer = false }));

        Assert.Empty(Interfaces(first.OldAddress));
        Assert.NotEqual(first.OldAddress, account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance)).NewAddress);
    }

    [Fact]
    public void A_standby_that_is_replaced_has_another_interface_in_the_same_zone_and_the_next_failover_goes_there()
    {
        var first = Through(() => account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance)));

        var standby = account.Cloud.Rds.Failovers.ReplaceStandby(Orders);

        Assert.Empty(Interfaces(first.OldAddress));
        Assert.NotEqual(first.OldAddress, standby);
        Assert.Equal("eu-central-1a", Assert.Single(Interfaces(standby)).Subnet.Zone);
        Assert.False(IsOpen(standby));
        Assert.Equal(standby, account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance)).NewAddress);
    }

    [Fact]
    public void A_resolver_keeps_the_old_answer_for_its_time_to_live()
    {
        var failover = account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance));

        PassTo(failover.DnsMovedAt - TimeSpan.FromSeconds(1));
        Assert.Equal(failover.OldAddress, Resolve(Host));
        PassTo(failover.DnsMovedAt + TimeSpan.FromSeconds(3));
        Assert.Equal(failover.OldAddress, Resolve(Host));
        PassTo(failover.DnsMovedAt + TimeSpan.FromSeconds(5));
        Assert.Equal(failover.NewAddress, Resolve(Host));
    }

    [Fact]
    public void A_cluster_shows_its_new_writer_and_the_former_one_answers_again_as_a_reader()
    {
        var failover = account.Cloud.Rds.Failovers.Begin(Ledger, "ledger-2", FailoverCourse.Plain(FailoverKind.Cluster) with { DnsMovesAfter = TimeSpan.FromSeconds(60) });
        var members = (account.Cloud.Rds.FindInstance("ledger-1")!.Address, account.Cloud.Rds.FindInstance("ledger-2")!.Address);

        Assert.Equal("failing-over", (string?)Ledger.Facts["Status"]);
        Assert.Equal("ledger-1", Writer());
        PassTo(failover.AnswersAt);
        Assert.Equal("ledger-2", Writer());
        Assert.Equal(failover.OldAddress, Resolve("ledger.cluster-" + Domain));
        Assert.False(IsOpen(failover.OldAddress, 3306));
        PassTo(failover.EndsAt + NameServer.TimeToLive);
        Assert.Equal(failover.NewAddress, Resolve("ledger.cluster-" + Domain));
        Assert.True(IsOpen(failover.OldAddress, 3306));
        Assert.Equal(members, (account.Cloud.Rds.FindInstance("ledger-1")!.Address, account.Cloud.Rds.FindInstance("ledger-2")!.Address));
        Assert.Equal("available", (string?)Ledger.Facts["Status"]);

        string Writer() => Ledger.Members.Single(member => member.IsWriter).Identifier;
    }

    [Fact]
    public void After_a_switchover_the_name_means_another_place_and_the_old_one_still_answers()
    {
        var failover = Through(() => account.Cloud.Rds.Failovers.SwitchOver(Orders, FailoverCourse.Plain(FailoverKind.BlueGreen)));
        account.Pass(6);

        Assert.Equal(failover.NewAddress, Resolve(Host));
        Assert.Equal(failover.NewAddress, Orders.Address);
        Assert.True(IsOpen(failover.OldAddress));
        Assert.Equal(failover.OldAddress, Resolve("orders-prod-old1." + Domain));
        Assert.Equal(["RDS Blue Green Deployment Event"], Events().Select(happened => (string)happened["detail-type"]!).Distinct());
    }

    [Fact]
    public void Events_are_shaped_as_the_documented_samples()
    {
        Through(() => account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance) with
        {
            Announcements = [new("RDS-EVENT-0013", TimeSpan.Zero, [TimeSpan.FromSeconds(2)], SaysId: false, HasPrefix: true), new("RDS-EVENT-0049", TimeSpan.FromSeconds(70), [TimeSpan.FromSeconds(71)])],
        }));
        Through(() => account.Cloud.Rds.Failovers.Begin(Ledger, "ledger-2", FailoverCourse.Plain(FailoverKind.Cluster)));
        const string Arn = "arn:aws:rds:eu-central-1:111122223333:db:orders-prod";
        var events = Events();

        Assert.Equal(
            $$"""{"EventCategories":["failover"],"SourceType":"DB_INSTANCE","SourceArn":"{{Arn}}","Date":"2026-01-01T08:00:00.000Z","Message":"Multi-AZ instance failover started.","SourceIdentifier":"rds:orders-prod"}""",
            events[0]["detail"]!.ToJsonString());
        Assert.Equal(("RDS DB Instance Event", "aws.rds", Arn, "2026-01-01T08:00:00Z"), ((string)events[0]["detail-type"]!, (string)events[0]["source"]!, (string)events[0]["resources"]![0]!, (string)events[0]["time"]!));
        Assert.Equal(("orders-prod", "RDS-EVENT-0049"), ((string)events[1]["detail"]!["SourceIdentifier"]!, (string)events[1]["detail"]!["EventID"]!));
        Assert.Equal(
            ("RDS DB Cluster Event", "CLUSTER", "RDS-EVENT-0071", "Completed failover to DB instance: ledger-2"),
            ((string)events[3]["detail-type"]!, (string)events[3]["detail"]!["SourceType"]!, (string)events[3]["detail"]!["EventID"]!, (string)events[3]["detail"]!["Message"]!));
    }

    [Fact]
    public void Events_may_be_lost_doubled_late_and_out_of_order()
    {
        var failover = Through(() => account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Instance) with
        {
            Announcements =
            [
                new("RDS-EVENT-0013", TimeSpan.Zero, [TimeSpan.FromSeconds(200)]),
                new("RDS-EVENT-0049", TimeSpan.FromSeconds(70), [TimeSpan.FromSeconds(71), TimeSpan.FromSeconds(90)]),
                new("RDS-EVENT-0006", TimeSpan.FromSeconds(70), []),
            ],
        }));

        Assert.Equal(["RDS-EVENT-0049", "RDS-EVENT-0049", "RDS-EVENT-0013"], failover.Sent.Select(sent => sent.EventId));
        Assert.Equal(2, Events().Select(happened => (string)happened["id"]!).Distinct().Count());
    }

    [Fact]
    public void A_name_may_answer_nothing_nobody_a_stranger_late_or_in_turns()
    {
        var stranger = IPAddress.Parse("203.0.113.9");
        Disturb(new DnsAnswer.Empty(), 0);
        Disturb(new DnsAnswer.NotFound(), 10);
        Disturb(new DnsAnswer.Addresses([stranger]), 20);
        Disturb(new DnsAnswer.TimesOut(), 30);
        Disturb(new DnsAnswer.InTurns([stranger]), 50);
        var truth = Orders.Address!;

        Assert.Empty(Ask());
        account.Pass(10);
        Assert.Equal(SocketError.HostNotFound, Assert.Throws<SocketException>(() => Ask()).SocketErrorCode);
        account.Pass(10);
        Assert.Equal([stranger], Ask());
        account.Pass(10);
        var asked = account.Cloud.Time.GetUtcNow();
        Assert.Equal(SocketError.TryAgain, Assert.Throws<SocketException>(() => Ask()).SocketErrorCode);
        Assert.InRange((account.Cloud.Time.GetUtcNow() - asked).TotalSeconds, 10, 11);
        account.Pass(11);
        Assert.Equal([stranger], Ask());
        account.Pass(5);
        Assert.Equal([truth], Ask());
        account.Pass(20);
        Assert.Equal([truth], Ask());

        void Disturb(DnsAnswer answer, int after) => account.Cloud.Dns.Disturb(Host, answer, TimeSpan.FromSeconds(after), TimeSpan.FromSeconds(after == 50 ? 30 : 10));
    }

    [Theory]
    [InlineData(FailoverKind.Instance)]
    [InlineData(FailoverKind.Cluster)]
    [InlineData(FailoverKind.BlueGreen)]
    public void A_drawn_course_is_the_same_for_the_same_seed_and_all_troubles_come_up(FailoverKind kind)
    {
        var courses = Enumerable.Range(1, 400).Select(seed => FailoverCourse.Draw(new Chance(seed), kind)).ToList();

        Assert.Equal(Told(courses[6]), Told(FailoverCourse.Draw(new Chance(7), kind)));
        Assert.All(courses, course => Assert.True(course.DnsMovesAfter >= course.AnswersAfter && course.AnswersAfter > TimeSpan.Zero));
        var completed = courses.Select(course => (Course: course, Done: course.Announcements[^1])).ToList();
        Assert.Contains(completed, one => one.Course.DnsMovesAfter < one.Done.HappensAfter);
        Assert.Contains(completed, one => one.Course.DnsMovesAfter > one.Done.HappensAfter + TimeSpan.FromMinutes(2));
        Assert.Contains(courses, course => course.Announcements.All(told => told.ArrivesAfter.IsEmpty));
        Assert.Contains(courses, course => course.Announcements.Any(told => told.ArrivesAfter.Length == 2));
        Assert.Contains(courses, course => course.Announcements[0].ArrivesAfter.Any(first => course.Announcements[^1].ArrivesAfter.Any(last => last < first)));
        Assert.Contains(courses, course => course.Announcements.Any(told => !told.SaysId) && course.Announcements.Any(told => told.HasPrefix));
        Assert.Contains(courses, course => course.Troubles.Any(trouble => trouble.Answer is null));
        Type[] answers = [typeof(DnsAnswer.Empty), typeof(DnsAnswer.NotFound), typeof(DnsAnswer.Addresses), typeof(DnsAnswer.TimesOut)];
        Assert.Empty(answers.Except(courses.SelectMany(course => course.Troubles).Select(trouble => trouble.Answer?.GetType()).OfType<Type>()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void However_it_goes_name_and_place_agree_in_the_end(int seed)
    {
        var chance = new Chance(seed);
        var (instance, cluster) = (
            account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Draw(chance, FailoverKind.Instance)),
            account.Cloud.Rds.Failovers.Begin(Ledger, "ledger-2", FailoverCourse.Draw(chance, FailoverKind.Cluster)));
        PassTo((instance.EndsAt > cluster.EndsAt ? instance.EndsAt : cluster.EndsAt) + NameServer.TimeToLive);

        Assert.Equal(Orders.Address, Resolve(Host));
        Assert.Equal(account.Cloud.Rds.FindInstance("ledger-2")!.Address, Resolve("ledger.cluster-" + Domain));
        Assert.True(IsOpen(instance.NewAddress) && IsOpen(cluster.NewAddress, 3306));
    }

    [Fact]
    public void A_course_of_another_kind_is_refused() =>
        Assert.Contains("Instance is needed", Assert.Throws<ArgumentException>(() => account.Cloud.Rds.Failovers.Begin(Orders, FailoverCourse.Plain(FailoverKind.Cluster))).Message, StringComparison.Ordinal);

    private static string Told(FailoverCourse course) => string.Join(' ', course.AnswersAfter, course.DnsMovesAfter, course.Announcements.Length, string.Join(',', course.Announcements.SelectMany(told => told.ArrivesAfter)), string.Join(',', course.Troubles.Select(trouble => trouble.After)));

    private Failover Through(Func<Failover> begin)
    {
        var failover = begin();
        PassTo(failover.EndsAt);
        return failover;
    }

    private void PassTo(DateTimeOffset instant) => account.Cloud.Time.Advance(instant - account.Cloud.Time.GetUtcNow());

    private bool IsOpen(IPAddress address, int port = 5432) => account.Cloud.Ec2.Ports.Find(address, port) is { IsOpen: true };

    private IEnumerable<NetworkInterface> Interfaces(IPAddress address) => account.Cloud.Ec2.All<NetworkInterface>().Where(face => face.Address.Equals(address));

    private List<JsonObject> Events() => [.. account.Cloud.Events.Events];

    private IPAddress[] Ask() => [.. account.Run(() => account.Cloud.Dns.ResolveAsync(Host, CancellationToken.None))];

    private IPAddress Resolve(string host) => Assert.Single(account.Run(() => account.Cloud.Dns.ResolveAsync(host, CancellationToken.None)));
}
