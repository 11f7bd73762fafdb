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
