using LocalAws.Ec2;
using LocalAws.Faults;
using LocalAws.Rds;
using LocalAws.States.Running;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

/// <summary>The pre-registered standby of a Multi-AZ instance, from failover to failover.</summary>
public sealed class StandbyTests
{
    private const string Orders = "orders-prod";

    private readonly SyncWorld world = new(SyncWorld.WithStandby);

    private LocalAws.Cloud Cloud => world.World.Cloud;

    [Fact]
    public void After_a_failover_the_former_primary_stays_registered_and_the_following_is_over_as_soon_as_without_it()
    {
        var failover = FailOver();

        Assert.Equal(Both(failover), world.Targets(Orders).ToArray());
        Assert.Equal("unhealthy", world.Health(Orders)[failover.OldAddress.ToString()]);
        Assert.Equal(["targets.changed"], world.Told);
        Assert.Contains($"{failover.OldAddress}:5432", world.News.Single().Message, StringComparison.Ordinal);
        var followed = Assert.Single(world.Followings);
        Assert.Equal(ExecutionStatus.Succeeded, followed.Status);
        Assert.InRange((followed.StopDate!.Value - failover.DnsMovedAt).TotalSeconds, 60, 90);
    }

    [Fact]
    public void The_next_failover_is_switched_by_the_load_balancer_with_nothing_registered_and_nothing_removed()
    {
        FailOver();
        var place = Cloud.Calls.Count;

        var second = Begin(FailoverCourse.Plain(FailoverKind.Instance) with { DnsMovesAfter = TimeSpan.FromMinutes(4) });
        Cloud.Time.Advance(second.AnswersAt + TimeSpan.FromSeconds(11) - Cloud.Time.GetUtcNow());
        var name = Cloud.Time.Run(() => Cloud.Dns.ResolveAsync(second.Host, CancellationToken.None));
        while (Cloud.Time.GetUtcNow() < second.BeganAt + TimeSpan.FromMinutes(12))
        {
            Assert.Equal("healthy", world.Health(Orders)[second.NewAddress.ToString()]);
            Assert.Equal("unhealthy", world.Health(Orders)[second.OldAddress.ToString()]);
            Cloud.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal([second.OldAddress], name.ToArray());
        Assert.DoesNotContain(world.World.ChangesSince(place), static action => action is "elasticloadbalancing:RegisterTargets" or "elasticloadbalancing:DeregisterTargets");
        Assert.Equal(Both(second), world.Targets(Orders).ToArray());
    }

    [Fact]
    public void Without_the_word_the_former_primary_goes()
    {
        var plain = new SyncWorld();
        plain.Minute();

        var failover = plain.World.Cloud.Rds.Failovers.Begin(plain.Orders, FailoverCourse.Plain(FailoverKind.Instance));
        plain.World.Cloud.Time.Advance(TimeSpan.FromMinutes(12));

        Assert.Equal([failover.NewAddress.ToString()], plain.Targets(Orders).ToArray());
        Assert.DoesNotContain("ec2:DescribeNetworkInterfaces", plain.World.Cloud.Calls.Since(0).Select(static call => call.Action));
    }

    [Fact]
    public void A_standby_that_is_replaced_is_removed_within_a_minute_and_nobody_is_woken()
    {
        var failover = FailOver();

        Cloud.Rds.Failovers.ReplaceStandby(world.Orders);
        world.Minute();

        Assert.Equal([failover.NewAddress.ToString()], world.Targets(Orders).ToArray());
        Assert.Equal(["targets.changed"], world.Told);
    }

    [Fact]
    public void A_former_primary_whose_interface_goes_with_the_failover_is_removed()
    {
        var failover = FailOver(FailoverCourse.Plain(FailoverKind.Instance) with { KeepsFormer = false });

        Assert.Equal([failover.NewAddress.ToString()], world.Targets(Orders).ToArray());
    }

    [Fact]
    public void A_blue_database_answers_after_its_switchover_and_is_no_standby()
    {
        world.Minute();
        var failover = Cloud.Rds.Failovers.SwitchOver(world.Orders, FailoverCourse.Plain(FailoverKind.BlueGreen));
        Cloud.Time.Advance(failover.DnsMovedAt + TimeSpan.FromSeconds(30) - Cloud.Time.GetUtcNow());

        Assert.Equal([failover.NewAddress.ToString()], world.Targets(Orders).ToArray());
    }

    [Fact]
    public void A_standby_that_does_not_answer_raises_no_alarm_and_is_told_once()
    {
        Cloud.CloudWatch.Start();
        Cloud.Scheduler.Start();
        Cloud.Time.Advance(TimeSpan.FromMinutes(5));
        Begin();
        Cloud.Time.Advance(TimeSpan.FromMinutes(15));
        var before = world.World.Alerts.Count;
        var place = Cloud.Calls.Count;

        Cloud.Time.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(before, world.World.Alerts.Count);
        Assert.Equal(["lambda:Invoke"], world.World.ChangesSince(place).Distinct());
        Assert.Equal(["targets.unhealthy", "sync.recovered"], world.Told.Where(static told => !told.StartsWith('"')));
    }

    [Fact]
    public void A_failover_waits_for_no_answer_about_interfaces_and_without_one_nothing_is_removed()
    {
        world.Minute();
        world.World.Cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance).Silently());
        Cloud.Time.Advance(TimeSpan.FromMinutes(3));
        Cloud.Faults.Plan(FaultKind.ServerError, static call => call.Operation.Name == "DescribeNetworkInterfaces", times: 1);

        var (output, error) = world.Sync();

        Assert.Equal("Unhandled", error);
        Assert.Contains(Orders, output.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, world.Targets(Orders).Length);
        world.Minute();
        Assert.Equal(2, world.Targets(Orders).Length);
        Assert.Equal(["sync.failed", "sync.recovered"], world.Told);
    }

    [Fact]
    public void An_interface_that_is_none_of_RDS_is_no_place_of_a_database()
    {
        var balancers = Cloud.Ec2.All<NetworkInterface>().First(static face => face.RequesterId != "amazon-rds");
        Cloud.Dns.Set(world.Orders.Host!, [balancers.Address]);

        world.Succeed();

        Assert.Contains(balancers.Address.ToString(), world.Targets(Orders));
        Assert.Null(world.Group(Orders).Tags[ResourceTags.Places]);
    }

    [Fact]
    public void Taken_out_of_the_document_the_standby_goes_and_put_back_it_comes_with_the_next_failover()
    {
        var first = FailOver();

        world.World.Build(Provisioning.World.Document());
        Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        world.Minute();
        Assert.Equal([first.NewAddress.ToString()], world.Targets(Orders).ToArray());

        world.World.Build(Provisioning.World.Document(SyncWorld.WithStandby));
        Assert.Equal(Both(FailOver()), world.Targets(Orders).ToArray());
    }

    [Fact]
    public void Provisioning_again_leaves_a_standby_alone()
    {
        var failover = FailOver();

        Assert.DoesNotContain(world.World.Changes(Provisioning.World.Document(SyncWorld.WithStandby)), static action => action != "lambda:Invoke");
        Assert.Equal(Both(failover), world.Targets(Orders).ToArray());
    }

    private Failover Begin(FailoverCourse? course = null) => Cloud.Rds.Failovers.Begin(world.Orders, course ?? FailoverCourse.Plain(FailoverKind.Instance));

    private Failover FailOver(FailoverCourse? course = null)
    {
        world.Minute();
        var failover = Begin(course);
        Cloud.Time.Advance(TimeSpan.FromMinutes(12));
        return failover;
    }

    private static string[] Both(Failover failover) => [.. new[] { failover.OldAddress.ToString(), failover.NewAddress.ToString() }.Order(StringComparer.Ordinal)];
}
