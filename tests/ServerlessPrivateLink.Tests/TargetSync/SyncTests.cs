using System.Text.Json;
using LocalAws.Faults;
using LocalAws.Rds;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class SyncTests
{
    [Fact]
    public void While_nothing_moves_nothing_changes_and_nobody_is_told()
    {
        var world = new SyncWorld(SyncWorld.OnCluster);
        world.Succeed();
        var place = world.World.Cloud.Calls.Count;

        var output = world.Minute();

        Assert.Equal((2, 0, 0), (output.GetProperty("Looked").GetInt32(), output.GetProperty("Changed").GetInt32(), output.GetProperty("Left").GetInt32()));
        Assert.Equal(["lambda:Invoke"], world.World.ChangesSince(place).ToArray());
        Assert.Empty(world.Told);
    }

    [Fact]
    public void The_networks_blocks_are_read_when_a_database_moves_and_not_while_it_stays()
    {
        var world = new SyncWorld();
        world.Succeed();
        world.Minute();
        var place = world.World.Cloud.Calls.Count;

        world.Minute();
        var quiet = Asked();
        world.World.Cloud.Rds.FailOver(world.Orders);
        world.Minute();

        Assert.Equal(["elasticloadbalancing:DescribeTargetHealth", "lambda:Invoke", "tag:GetResources"], quiet.Order(StringComparer.Ordinal));
        Assert.Contains("ec2:DescribeVpcs", Asked());

        string[] Asked() => [.. world.World.Cloud.Calls.Since(place).Where(static call => call.Caller == "SyncTargets").Select(static call => call.Action)];
    }

    [Fact]
    public void A_failed_over_instance_is_followed_and_told_once()
    {
        var world = new SyncWorld();
        world.Succeed();
        var before = world.Address("orders-prod");

        world.World.Cloud.Rds.FailOver(world.Orders);
        world.Succeed();
        var after = world.Address("orders-prod");
        Assert.Contains(after, world.Targets("orders-prod"));
        world.Minute();
        world.Minute();

        Assert.NotEqual(before, after);
        Assert.Equal([after], world.Targets("orders-prod").ToArray());
        Assert.Equal(["targets.changed"], world.Told);
        Assert.Contains(after, world.News.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clusters_writer_and_readers_change_places_at_once()
    {
        var world = new SyncWorld(SyncWorld.OnCluster);
        world.Succeed();
        var (former, next) = (world.Ledger.Members.First(static member => member.IsWriter).Identifier, world.Ledger.Members.First(static member => !member.IsWriter).Identifier);

        RdsState.FailOver(world.Ledger, next);
        world.Succeed();

        Assert.Equal([world.Address(next)], world.Targets("ledger/writer").ToArray());
        Assert.Contains(world.Address(former), world.Targets("ledger/reader"));
        world.Minute();
        Assert.DoesNotContain(world.Address(next), world.Targets("ledger/reader"));
    }

    [Theory]
    [InlineData("52.94.10.10")]
    [InlineData("127.0.0.1")]
    [InlineData("10.77.0.1")]
    public void An_address_where_the_database_cannot_be_changes_nothing_and_is_told_once_and_once_when_it_is_over(string stranger)
    {
        var world = new SyncWorld(SyncWorld.OnHost);
        world.Succeed();

        world.Point(stranger);
        world.Succeed();
        world.Minute();
        world.Minute();
        Assert.Equal(["10.9.0.5"], world.Targets("warehouse.corp.example").ToArray());
        Assert.Equal(["sync.refused"], world.Told);

        world.Point("10.9.0.5");
        world.Minute();
        Assert.Equal(["sync.refused", "sync.recovered"], world.Told);
    }

    [Fact]
    public void A_name_that_is_gone_keeps_its_targets_and_spoils_no_other()
    {
        var world = new SyncWorld($"{SyncWorld.OnHost}, {{ \"instance\": \"orders-prod\" }}");
        world.Succeed();

        world.World.Cloud.Dns.Forget(Provisioning.World.Warehouse);
        world.World.Cloud.Rds.FailOver(world.Orders);
        world.Succeed();

        Assert.Equal(["10.9.0.5"], world.Targets("warehouse.corp.example").ToArray());
        Assert.Contains(world.Address("orders-prod"), world.Targets("orders-prod"));
        Assert.Equal(["sync.refused", "targets.changed"], world.Told.Order().ToArray());
    }

    [Fact]
    public void A_target_that_somebody_removed_by_hand_is_put_back()
    {
        var world = new SyncWorld(SyncWorld.OnHost);
        world.Succeed();

        world.Deregister("warehouse.corp.example", "10.9.0.5");
        world.Minute();

        Assert.Equal(["10.9.0.5"], world.Targets("warehouse.corp.example").ToArray());
        Assert.Empty(world.Told);
    }

    [Fact]
    public void A_failing_group_is_told_and_named_by_the_functions_error_and_stops_no_other()
    {
        var world = new SyncWorld($"{SyncWorld.OnHost}, {{ \"instance\": \"orders-prod\" }}");
        world.Succeed();
        world.Point("10.9.0.6");
        world.World.Cloud.Rds.FailOver(world.Orders);
        var warehouse = world.Group("warehouse.corp.example").Arn;
        world.World.Cloud.Faults.Plan(FaultKind.ServerError, call => call.Operation.Name == "RegisterTargets" && call.Form.Text("TargetGroupArn") == warehouse, times: 20);

        var (output, error) = world.Sync();

        Assert.Equal("Unhandled", error);
        Assert.Equal("SyncIncompleteException", output.GetProperty("errorType").GetString());
        Assert.Contains("warehouse.corp.example", output.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Contains(world.Address("orders-prod"), world.Targets("orders-prod"));
        Assert.Contains("sync.failed", world.Told);
    }

    [Fact]
    public void A_run_that_dies_between_telling_and_noting_tells_again_with_the_same_id()
    {
        var world = new SyncWorld();
        world.Succeed();
        world.World.Cloud.Rds.FailOver(world.Orders);
        world.World.Cloud.Faults.Plan(FaultKind.CallerDiesBefore, static call => call.Operation.Name == "AddTags");

        world.Sync();
        world.Succeed();

        var ids = world.News.Select(static alert => Id(alert.ByProtocol["sqs"])).ToArray();
        Assert.Equal(2, ids.Length);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public void Two_runs_at_once_do_no_harm()
    {
        var world = new SyncWorld();
        world.Succeed();
        world.World.Cloud.Rds.FailOver(world.Orders);
        var function = world.World.Deployed.Functions["SyncTargets"];

        var ended = world.World.Cloud.Time.Run(() => Task.WhenAll(
            world.World.Cloud.Lambda.InvokeAsync(function, "{}"u8.ToArray(), "one"),
            world.World.Cloud.Lambda.InvokeAsync(function, "{}"u8.ToArray(), "two")));
        world.Minute();

        Assert.All(ended, static one => Assert.Null(one.FunctionError));
        Assert.Equal([world.Address("orders-prod")], world.Targets("orders-prod").ToArray());
    }

    [Fact]
    public void A_new_target_is_registered_before_the_old_one_is_removed()
    {
        var world = new SyncWorld("""{ "cluster": "ledger" }""");
        world.Succeed();
        RdsState.FailOver(world.Ledger, world.Ledger.Members.First(static member => !member.IsWriter).Identifier);
        var place = world.World.Cloud.Calls.Count;

        world.Succeed();

        var changes = world.World.Cloud.Calls.Since(place).Select(static call => call.Action).ToList();
        Assert.InRange(changes.IndexOf("elasticloadbalancing:RegisterTargets"), 0, changes.IndexOf("elasticloadbalancing:DeregisterTargets"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Of_several_that_moved_all_are_registered_before_anything_else_changes_and_each_is_told_with_its_new_address(int secondsUntilShown)
    {
        var world = new SyncWorld($"{SyncWorld.OnHost}, {{ \"instance\": \"orders-prod\" }}");
        world.Succeed();
        world.Minute();
        world.Point("10.9.0.6");
        world.World.Cloud.Rds.FailOver(world.Orders);
        world.World.Cloud.Visibility.Longest = TimeSpan.FromSeconds(secondsUntilShown);
        var place = world.World.Cloud.Calls.Count;

        var output = world.Succeed();

        Assert.Equal(
            ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:RegisterTargets"],
            world.World.ChangesSince(place).Where(static action => action != "lambda:Invoke").Take(2));
        Assert.Equal(2, world.World.ChangesSince(place).Count(static action => action == "elasticloadbalancing:RegisterTargets"));
        Assert.Equal(2, output.GetProperty("Changed").GetInt32());
        Assert.Contains(world.News, news => news.Message.Contains($"{world.Address("orders-prod")}:5432", StringComparison.Ordinal));
        Assert.Contains(world.News, static news => news.Message.Contains("10.9.0.6:5439", StringComparison.Ordinal));
    }

    [Fact]
    public void A_throttle_while_a_failover_is_followed_is_tried_again_and_nobody_is_woken()
    {
        var world = new SyncWorld();
        world.Succeed();
        world.World.Cloud.Rds.FailOver(world.Orders);
        world.World.Cloud.Faults.Plan(FaultKind.Throttle, static call => call.Operation.Name == "RegisterTargets", times: 2);

        world.Hear("one");
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.Contains(world.Address("orders-prod"), world.Targets("orders-prod"));
        Assert.Equal(["targets.changed"], world.Told);
    }

    [Fact]
    public void Another_stacks_groups_are_left_alone()
    {
        var world = new SyncWorld();
        world.Tag("orders-prod", ResourceTags.Stack, "another");
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, world.Succeed().GetProperty("Looked").GetInt32());
    }

    private static string Id(string message)
    {
        using var document = JsonDocument.Parse(message);
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
