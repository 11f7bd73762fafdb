using LocalAws.Faults;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class AlarmTests
{
    [Fact]
    public void While_all_is_well_no_alarm_speaks_and_when_the_sync_falls_silent_one_does()
    {
        var world = new SyncWorld();
        var cloud = world.World.Cloud;
        cloud.CloudWatch.Start();
        cloud.Scheduler.Start();
        cloud.Time.Advance(TimeSpan.FromMinutes(12));
        var before = world.World.Alerts.Count;
        cloud.Time.Advance(TimeSpan.FromMinutes(12));
        Assert.Equal(before, world.World.Alerts.Count);

        cloud.Scheduler.Stop();
        cloud.Time.Advance(TimeSpan.FromMinutes(12));

        Assert.Contains("SyncSilent", Assert.Single(world.World.Alerts.Skip(before)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_a_watch_asks_for_do_not_hide_that_the_schedule_is_silent()
    {
        var world = new SyncWorld();
        var cloud = world.World.Cloud;
        cloud.CloudWatch.Start();
        for (var minute = 0; minute < 12; minute++)
        {
            cloud.Time.Advance(TimeSpan.FromMinutes(1));
            world.Succeed("""{ "OnlyMoved": true }""");
        }

        Assert.Contains(world.World.Alerts, static alert => alert.Message.Contains("SyncSilent", StringComparison.Ordinal));
    }

    [Fact]
    public void A_watch_that_fails_minute_by_minute_raises_the_alarm()
    {
        var world = new SyncWorld();
        var cloud = world.World.Cloud;
        cloud.CloudWatch.Start();
        cloud.Scheduler.Start();
        cloud.Faults.Plan(FaultKind.Denied, static call => call.Caller.Name == "ListNames", times: 100);
        cloud.Time.Advance(TimeSpan.FromMinutes(12));

        Assert.Contains(world.World.Alerts, static alert => alert.Message.Contains("WatchFailed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_database_that_stops_answering_is_told_by_name_and_raises_the_alarm()
    {
        var world = new SyncWorld();
        var cloud = world.World.Cloud;
        cloud.CloudWatch.Start();
        cloud.Scheduler.Start();
        cloud.Time.Advance(TimeSpan.FromMinutes(6));
        var before = world.World.Alerts.Count;

        cloud.Ec2.Ports.Close(world.Orders.Address!, world.Orders.Port, cloud.Time.GetUtcNow());
        cloud.Time.Advance(TimeSpan.FromMinutes(10));

        var alerts = world.World.Alerts.Skip(before).Select(static alert => alert.Subject + alert.Message).ToArray();
        Assert.Contains(alerts, static alert => alert.Contains("targets.unhealthy orders", StringComparison.Ordinal));
        Assert.Contains(alerts, static alert => alert.Contains("UnhealthyLinks", StringComparison.Ordinal));
    }
}
