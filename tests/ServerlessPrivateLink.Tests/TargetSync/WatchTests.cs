using System.Net;
using System.Text;
using System.Text.Json;
using LocalAws.Dns;
using LocalAws.Faults;
using LocalAws.Rds;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

/// <summary>Failovers of which no event tells, from the watched name to the targets.</summary>
public sealed class WatchTests
{
    private const string OnlyMoved = """{ "OnlyMoved": true }""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_instance_is_followed_within_seconds_though_every_event_is_lost(int seed)
    {
        var world = Watched(new(seed: seed));

        var failover = world.World.Cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance).Silently());
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal([failover.NewAddress.ToString()], world.Targets("orders-prod").ToArray());
        Assert.InRange((world.RegisteredAt("orders-prod", failover.NewAddress) - failover.DnsMovedAt).TotalSeconds, 0, 8);
        Assert.Equal(["targets.unhealthy", "sync.recovered"], world.Told);
        Assert.Empty(world.Followings);
    }

    [Fact]
    public void A_clusters_new_writer_is_found_within_half_a_minute_though_neither_event_nor_name_tells()
    {
        var world = Watched(new(SyncWorld.OnCluster));
        var plain = FailoverCourse.Plain(FailoverKind.Cluster).Silently();

        var failover = world.World.Cloud.Rds.Failovers.Begin(
            world.Ledger, world.Ledger.Members.First(static member => !member.IsWriter).Identifier, plain with { DnsMovesAfter = TimeSpan.FromMinutes(3) });
        world.World.Cloud.Time.Advance(plain.AnswersAfter + TimeSpan.FromSeconds(25));

        Assert.Equal([failover.NewAddress.ToString()], world.Targets("ledger/writer").ToArray());
    }

    [Fact]
    public void Of_a_cluster_the_writers_name_is_watched_and_RDS_asked_every_twenty_seconds()
    {
        var world = new SyncWorld(SyncWorld.OnCluster);
        var cloud = world.World.Cloud;

        var ended = cloud.Time.Run(() => cloud.Lambda.InvokeAsync(world.World.Deployed.Functions["ListNames"], Encoding.UTF8.GetBytes("""{ "Started": "2026-01-01T08:00:00Z" }"""), "list"));
        var watch = JsonDocument.Parse(ended.Payload).RootElement.GetProperty("Watch");

        Assert.Equal([world.Ledger.WriterHost], watch.GetProperty("Names").EnumerateArray().Select(static name => name.GetProperty("Host").GetString()));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 8, 0, 20, TimeSpan.Zero), watch.GetProperty("SyncAt").GetDateTimeOffset());
    }

    [Fact]
    public void A_host_of_ones_own_is_followed_too()
    {
        var world = Watched(new(SyncWorld.OnHost));

        world.Point("10.9.1.2");
        world.World.Cloud.Time.Advance(TimeSpan.FromSeconds(4));

        Assert.Contains("10.9.1.2", world.Targets(World.Warehouse));
    }

    [Fact]
    public void What_goes_wrong_for_a_moment_does_not_end_the_watch()
    {
        var world = Watched(new());
        var cloud = world.World.Cloud;
        cloud.Faults.Plan(FaultKind.ServerError, static call => call.Operation.Name == "RegisterTargets", times: 1);
        cloud.Dns.Disturb(world.Orders.Host!, new DnsAnswer.TimesOut(), TimeSpan.Zero, TimeSpan.FromSeconds(10));

        var failover = cloud.Rds.Failovers.Begin(world.Orders, FailoverCourse.Plain(FailoverKind.Instance).Silently());
        cloud.Time.Advance(TimeSpan.FromMinutes(4));

        Assert.InRange((world.RegisteredAt("orders-prod", failover.NewAddress) - failover.DnsMovedAt).TotalSeconds, 0, 12);
    }

    [Fact]
    public void Only_groups_whose_database_has_moved_are_looked_at()
    {
        var world = new SyncWorld($$"""{ "instance": "orders-prod" }, {{SyncWorld.OnHost}}""");
        world.Minute();
        world.Minute();

        Assert.Equal(0, world.Succeed(OnlyMoved).GetProperty("Looked").GetInt32());
        world.Point("10.9.1.2");
        var moved = world.Succeed(OnlyMoved);

        Assert.Equal((1, 1), (moved.GetProperty("Looked").GetInt32(), moved.GetProperty("Changed").GetInt32()));
    }

    [Fact]
    public void Of_several_that_moved_none_is_looked_at_before_all_are_registered_and_none_is_registered_twice()
    {
        var world = Hosts(3);
        var cloud = world.World.Cloud;
        Move(world, 3);
        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name == "RegisterTargets", times: 1);
        var place = cloud.Calls.Count;

        var first = world.Succeed(OnlyMoved);
        var between = Actions(place);
        var second = world.Succeed($$"""{ "OnlyMoved": true, "Registered": {{first.GetProperty("Progress")}} }""");
        var third = world.Succeed($$"""{ "OnlyMoved": true, "Registered": {{second.GetProperty("Progress")}} }""");

        Assert.Equal((false, true, true), (IsDone(first), IsDone(second), IsDone(third)));
        Assert.Equal(["RegisterTargets", "RegisterTargets", "RegisterTargets"], between);
        Assert.Equal(4, Actions(place).TakeWhile(static action => action != "DescribeTargetHealth").Count(static action => action == "RegisterTargets"));
        Assert.Equal((3, 0), (second.GetProperty("Looked").GetInt32(), third.GetProperty("Looked").GetInt32()));
        Assert.Equal(["targets.changed", "targets.changed", "targets.changed"], world.Told);
        Assert.All(world.News, static alert => Assert.Contains("registered: 10.9.0.6:5439", alert.Message, StringComparison.Ordinal));

        string[] Actions(int since) => [.. cloud.Calls.Since(since).Where(static call => call.Action.StartsWith("elasticloadbalancing:", StringComparison.Ordinal)).Select(static call => call.Action.Split(':')[1])];
        static bool IsDone(JsonElement output) => output.GetProperty("Done").GetBoolean();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void What_was_registered_and_is_gone_a_little_later_is_registered_again(int seconds)
    {
        var world = Hosts(2);
        var cloud = world.World.Cloud;
        Move(world, 2);
        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name == "DescribeTargetHealth", times: 2);
        var first = world.Succeed(OnlyMoved);
        world.Deregister("pg1.corp.example", "10.9.0.6");

        cloud.Time.Advance(TimeSpan.FromSeconds(seconds));
        world.Succeed($$"""{ "OnlyMoved": true, "Registered": {{first.GetProperty("Progress")}} }""");

        Assert.Contains("10.9.0.6", world.Targets("pg1.corp.example"));
        Assert.Contains("10.9.0.6", world.Targets("pg2.corp.example"));
    }

    [Fact]
    public void While_one_that_was_registered_is_in_doubt_the_watch_comes_again()
    {
        var world = Hosts(2);
        var cloud = world.World.Cloud;
        Move(world, 2);
        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name == "DescribeTargetHealth", times: 2);
        var first = world.Succeed(OnlyMoved);
        cloud.Dns.Disturb("pg1.corp.example", new DnsAnswer.TimesOut(), TimeSpan.Zero, TimeSpan.FromSeconds(10));

        var doubtful = world.Succeed($$"""{ "OnlyMoved": true, "Registered": {{first.GetProperty("Progress")}} }""");
        cloud.Time.Advance(TimeSpan.FromSeconds(15));
        var clear = world.Succeed($$"""{ "OnlyMoved": true, "Registered": {{doubtful.GetProperty("Progress")}} }""");

        Assert.Equal((false, true), (doubtful.GetProperty("Done").GetBoolean(), clear.GetProperty("Done").GetBoolean()));
        Assert.Equal(["targets.changed", "targets.changed"], world.Told);
    }

    [Fact]
    public void What_fails_waits_until_the_rest_is_done_and_then_says_so()
    {
        var world = Hosts(2);
        var cloud = world.World.Cloud;
        Move(world, 2);
        cloud.Faults.Plan(FaultKind.Denied, static call => call.Operation.Name == "DescribeTargetHealth", times: 1);
        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name == "DescribeTargetHealth", times: 1);

        var first = world.Succeed(OnlyMoved);
        cloud.Faults.Plan(FaultKind.Denied, static call => call.Operation.Name == "DescribeTargetHealth", times: 1);
        var second = world.Sync($$"""{ "OnlyMoved": true, "Registered": {{first.GetProperty("Progress")}} }""");

        Assert.Equal((false, 1), (first.GetProperty("Done").GetBoolean(), first.GetProperty("Left").GetInt32()));
        Assert.NotNull(second.Error);
        Assert.Equal(["sync.failed", "targets.changed"], world.Told);
    }

    [Fact]
    public void A_watch_comes_again_until_all_that_it_found_is_done()
    {
        var world = Hosts(4, watched: true);
        var cloud = world.World.Cloud;
        cloud.Scheduler.Start();
        cloud.Time.Advance(TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(5));
        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name is "RegisterTargets", times: 5);
        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name is "DescribeTags", times: 3);
        Move(world, 4);

        cloud.Time.Advance(TimeSpan.FromSeconds(40));

        Assert.All(Enumerable.Range(1, 4), at => Assert.Contains("10.9.0.6", world.Targets($"pg{at}.corp.example")));
        Assert.Equal(4, world.Told.Count(static told => told == "targets.changed"));
        Assert.DoesNotContain("sync.failed", world.Told);
    }

    [Fact]
    public void What_fails_is_left_to_the_schedule_and_not_tried_at_every_beat()
    {
        var world = Hosts(2, watched: true);
        var cloud = world.World.Cloud;
        cloud.Scheduler.Start();
        cloud.Time.Advance(TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(5));
        cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name is "RegisterTargets", times: 1);
        cloud.Faults.Plan(FaultKind.Denied, static call => call.Operation.Name is "RegisterTargets", times: 1000);
        Move(world, 2);
        var place = cloud.Calls.Count;

        cloud.Time.Advance(TimeSpan.FromSeconds(40));

        // Each name may be seen to move at another beat, and a throttle is tried once more.
        Assert.InRange(cloud.Calls.Since(place).Count(static call => call is { Caller: "SyncTargets", Action: "tag:GetResources" }), 2, 4);
        Assert.Equal(["sync.failed", "sync.failed"], world.Told);
    }

    [Fact]
    public void The_watch_asks_the_network_alone_while_nothing_moves()
    {
        var world = Watched(new());
        var cloud = world.World.Cloud;
        var before = cloud.Calls.Count;

        cloud.Time.Advance(TimeSpan.FromMinutes(1));

        var calls = cloud.Calls.Since(before);
        Assert.DoesNotContain(calls, static call => call.Mutates && call.Action != "lambda:Invoke");
        Assert.InRange(calls.Length, 4, 9);
    }

    private static SyncWorld Hosts(int many, bool watched = false)
    {
        string[] hosts = [.. Enumerable.Range(1, many).Select(static at => $"pg{at}.corp.example")];
        var world = new SyncWorld(
            string.Join(',', hosts.Select(host => $$"""{ "host": "{{host}}", "port": 5439, "listenerPort": {{5000 + Array.IndexOf(hosts, host)}}, "allowedCidrs": ["10.9.0.0/16"] }""")),
            nameWatch: watched ? "ENABLED" : "DISABLED",
            prepare: cloud => Array.ForEach(hosts, host => cloud.Dns.Set(host, [IPAddress.Parse("10.9.0.5")])));
        world.Minute();
        world.Minute();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        return world;
    }

    private static void Move(SyncWorld world, int many)
    {
        foreach (var at in Enumerable.Range(1, many)) world.World.Cloud.Dns.Set($"pg{at}.corp.example", [IPAddress.Parse("10.9.0.6")]);
    }

    private static SyncWorld Watched(SyncWorld world)
    {
        world.World.Cloud.Scheduler.Start();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(3));
        return world;
    }
}
