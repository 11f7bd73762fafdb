using System.Text.Json;
using LocalAws.States.Running;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class StartFollowTests
{
    private readonly SyncWorld world = new();

    [Fact]
    public void One_failover_is_followed_once_whatever_else_is_told_of_it()
    {
        Assert.NotNull(world.Hear("one").Execution);
        Assert.Contains("is being followed already", world.Hear("two", eventId: "RDS-EVENT-0049").Reason, StringComparison.Ordinal);
        Assert.Single(world.Followings);
    }

    [Fact]
    public void What_is_told_minutes_later_is_another_failover_though_the_first_is_still_followed()
    {
        world.Minute();
        world.Minute();
        world.Hear("one");
        Pass(4);
        Assert.Equal(ExecutionStatus.Running, world.Followings.Single().Status);

        Assert.NotNull(world.Hear("two").Execution);
        Assert.Equal(2, world.Followings.Count);
    }

    [Fact]
    public void An_event_that_comes_again_long_after_is_no_error_and_starts_nothing()
    {
        world.Hear("one");
        Pass(15);

        Assert.Contains("was followed already", world.Hear("one").Reason, StringComparison.Ordinal);
        Assert.Single(world.Followings);
        Assert.NotNull(world.Hear("two").Execution);
    }

    [Fact]
    public void A_following_knows_when_its_failover_was_announced()
    {
        world.Hear("one", at: "2026-01-01T07:58:30Z");

        Assert.Equal("2026-01-01T07:58:30+00:00", JsonDocument.Parse(world.Followings.Single().InputText).RootElement.GetProperty("Announced").GetString());
    }

    [Fact]
    public void Databases_whose_names_look_alike_do_not_stand_in_each_others_way()
    {
        var ledger = new SyncWorld(SyncWorld.OnCluster);
        ledger.Hear("one", "cluster:ledger");

        Assert.Contains("no link exposes ledger", ledger.Hear("two", "db:ledger").Reason, StringComparison.Ordinal);
    }

    private void Pass(int minutes) => world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(minutes));
}
