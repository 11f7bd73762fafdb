using LocalAws.Dns;
using LocalAws.Faults;
using LocalAws.Rds;
using LocalAws.States.Running;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

/// <summary>Failovers with their events, from the rule to the targets.</summary>
public sealed class FollowTests
{
    [Fact]
    public void A_failed_over_instance_is_registered_within_seconds_of_its_move()
    {
        var world = new SyncWorld();
        world.Minute();

        var failover = world.World.Cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance));
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(12));

        Assert.Equal([failover.NewAddress.ToString()], world.Targets("orders-prod").ToArray());
        Assert.InRange((world.RegisteredAt("orders-prod", failover.NewAddress) - failover.DnsMovedAt).TotalSeconds, 0, 8);
        Assert.Equal(["targets.changed"], world.Told);
        Assert.Contains("secondsSinceEvent", world.News.Single().Message, StringComparison.Ordinal);
        Assert.Contains($"registered: {failover.NewAddress}:5432", world.News.Single().Message, StringComparison.Ordinal);
        var followed = Assert.Single(world.Followings);
        Assert.Equal(ExecutionStatus.Succeeded, followed.Status);
        Assert.InRange((followed.StopDate!.Value - failover.DnsMovedAt).TotalSeconds, 60, 90);
    }

    [Fact]
    public void When_others_use_the_accounts_calls_up_a_moved_database_is_registered_all_the_same()
    {
        var world = new SyncWorld(nameWatch: "DISABLED");
        var cloud = world.World.Cloud;
        world.Minute();
        var failover = cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance));
        cloud.Time.Advance(failover.DnsMovedAt - cloud.Time.GetUtcNow());

        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name is "DescribeTargetHealth" or "DescribeTags", times: 3);
        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name is "RegisterTargets", times: 2);
        cloud.Time.Advance(TimeSpan.FromMinutes(12));

        Assert.InRange((world.RegisteredAt("orders-prod", failover.NewAddress) - failover.DnsMovedAt).TotalSeconds, 0, 12);
        Assert.Equal([failover.NewAddress.ToString()], world.Targets("orders-prod").ToArray());
        Assert.Equal(["targets.changed"], world.Told);
        Assert.Contains($"registered: {failover.NewAddress}:5432", world.News.Single().Message, StringComparison.Ordinal);
        Assert.Equal(ExecutionStatus.Succeeded, Assert.Single(world.Followings).Status);
    }

    [Fact]
    public void A_former_writer_goes_though_another_listener_of_its_cluster_cannot_be_registered_yet()
    {
        var world = new SyncWorld(SyncWorld.OnCluster, nameWatch: "DISABLED");
        var cloud = world.World.Cloud;
        world.Minute();
        var reader = world.Group("ledger/reader").Arn;
        cloud.Faults.Plan(FaultKind.Throttle, call => call.Operation.Name == "RegisterTargets" && call.Form.Text("TargetGroupArn") == reader, times: 1000);
        var next = world.Ledger.Members.First(static member => !member.IsWriter).Identifier;

        var failover = cloud.Rds.Failovers.Begin(world.Ledger, next, FailoverCourse.Plain(FailoverKind.Cluster));
        cloud.Time.Advance(failover.AnswersAt - cloud.Time.GetUtcNow() + TimeSpan.FromSeconds(6));

        Assert.Equal([failover.NewAddress.ToString()], world.Targets("ledger/writer").ToArray());
    }

    [Fact]
    public void What_is_refused_five_times_is_registered_in_its_turn_where_no_name_is_watched()
    {
        var world = new SyncWorld(nameWatch: "DISABLED");
        var cloud = world.World.Cloud;
        world.Minute();
        var failover = cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance));
        cloud.Time.Advance(failover.DnsMovedAt - cloud.Time.GetUtcNow());

        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name is "RegisterTargets", times: 5);
        cloud.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.InRange((world.RegisteredAt("orders-prod", failover.NewAddress) - failover.DnsMovedAt).TotalSeconds, 10, 55);
    }

    [Fact]
    public void While_the_name_has_not_moved_only_the_name_is_asked()
    {
        var world = new SyncWorld(nameWatch: "DISABLED");
        var cloud = world.World.Cloud;
        world.Minute();
        var failover = cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance));
        cloud.Time.Advance(failover.DnsMovedAt - cloud.Time.GetUtcNow() - TimeSpan.FromSeconds(21));

        var place = cloud.Calls.Count;
        cloud.Time.Advance(TimeSpan.FromSeconds(20));

        var calls = cloud.Calls.Since(place).Where(static call => call.Caller == "SyncTargets").Select(static call => call.Action).ToArray();
        Assert.InRange(calls.Length, 10, 13);
        Assert.Equal(["lambda:Invoke"], calls.Distinct());
    }

    [Fact]
    public void A_clusters_demoted_writer_is_gone_from_the_writers_listener_within_seconds()
    {
        var world = new SyncWorld(SyncWorld.OnCluster);
        world.Minute();
        var next = world.Ledger.Members.First(static member => !member.IsWriter).Identifier;

        var failover = world.World.Cloud.Rds.Failovers.Begin(world.Ledger, next, FailoverCourse.Plain(FailoverKind.Cluster));
        world.World.Cloud.Time.Advance(failover.AnswersAt - world.World.Cloud.Time.GetUtcNow() + TimeSpan.FromSeconds(6));

        Assert.Equal([failover.NewAddress.ToString()], world.Targets("ledger/writer").ToArray());
    }

    [Fact]
    public void Of_a_writer_the_run_that_registers_the_new_one_looks_for_the_former_at_once()
    {
        var world = new SyncWorld(SyncWorld.OnCluster, nameWatch: "DISABLED");
        var cloud = world.World.Cloud;
        world.Minute();
        var next = world.Ledger.Members.First(static member => !member.IsWriter).Identifier;
        var place = cloud.Calls.Count;

        cloud.Rds.Failovers.Begin(world.Ledger, next, FailoverCourse.Plain(FailoverKind.Cluster));
        cloud.Time.Advance(TimeSpan.FromMinutes(3));

        var asked = cloud.Calls.Since(place).Where(static call => call.Caller == "SyncTargets").SkipWhile(static call => call.Action != "elasticloadbalancing:RegisterTargets").ToArray();
        var read = asked.First(static call => call.Action == "elasticloadbalancing:DescribeTargetHealth");
        Assert.InRange((read.At - asked[0].At).TotalSeconds, 0, 1);
    }

    [Fact]
    public void A_switched_over_database_is_followed_though_its_event_does_not_name_it()
    {
        var world = new SyncWorld();
        world.Minute();

        var failover = world.World.Cloud.Rds.Failovers.SwitchOver(world.Orders, FailoverCourse.Plain(FailoverKind.BlueGreen));
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(12));

        Assert.Equal([failover.NewAddress.ToString()], world.Targets("orders-prod").ToArray());
    }

    [Fact]
    public void Lost_events_are_made_up_for_by_the_schedule_where_no_name_is_watched()
    {
        var world = new SyncWorld(nameWatch: "DISABLED");
        world.World.Cloud.Scheduler.Start();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        var failover = world.World.Cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance).Silently());
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal([failover.NewAddress.ToString()], world.Targets("orders-prod").ToArray());
        Assert.InRange((world.RegisteredAt("orders-prod", failover.NewAddress) - failover.DnsMovedAt).TotalSeconds, 8, 70);
        Assert.Empty(world.Followings);
    }

    [Fact]
    public void A_name_that_flaps_and_fails_ends_with_the_right_target_and_never_without_one()
    {
        var plain = FailoverCourse.Plain(FailoverKind.Instance);
        var world = new SyncWorld();
        world.World.Cloud.Scheduler.Start();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        var failover = world.World.Cloud.Rds.Failovers.Begin(
            world.Orders,
            plain with { Troubles = [new(plain.DnsMovesAfter - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25), Answer: null), new(plain.DnsMovesAfter + TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(15), new DnsAnswer.NotFound())] });
        for (var second = 0; second < 720; second++)
        {
            world.World.Cloud.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.NotEmpty(world.Targets("orders-prod"));
        }

        Assert.Equal([failover.NewAddress.ToString()], world.Targets("orders-prod").ToArray());
    }

    [Fact]
    public void A_database_that_no_link_exposes_is_not_followed()
    {
        var world = new SyncWorld(SyncWorld.OnHost);
        world.Minute();

        world.World.Cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance));
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.Empty(world.Followings);
    }
}
