using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Operations;
using ServerlessPrivateLink.Cli.Reports;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class UpkeepRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly LastSync Well = new(Noon, Noon, Failed: false, 15, 0, 15);
    private static readonly AlarmStatus Quiet = new("SyncFailedAlarm", "OK", Noon, "It failed.", "why");

    [Fact]
    public void Nothing_is_to_be_looked_at_while_all_is_well() => Assert.Empty(Troubles(Well, Noon, Quiet, Quiet with { State = "INSUFFICIENT_DATA" }));

    [Fact]
    public void An_alarm_that_stands_is_told_with_what_it_means() => Assert.Equal(
        ["The alarm SyncFailedAlarm stands since 2026-01-01 12:00:00Z: It failed."],
        Troubles(Well, Noon, Quiet with { State = "ALARM" }));

    [Fact]
    public void One_that_nobody_described_is_told_with_CloudWatchs_reason() => Assert.Equal(
        ["The alarm SyncFailedAlarm stands: why"],
        Troubles(Well, Noon, Quiet with { State = "ALARM", Since = null, Means = null }));

    [Fact]
    public void One_that_somebody_deleted_is_missed() => Assert.Equal(
        ["The alarm SyncFailedAlarm is there no more. Deploy the stack again."],
        Troubles(Well, Noon, Quiet with { State = null }));

    [Fact]
    public void A_stack_without_alarms_is_not_taken_for_a_quiet_one() => Assert.Contains("No alarm", Assert.Single(Troubles(Well, Noon)), StringComparison.Ordinal);

    [Fact]
    public void Alarms_that_could_not_be_read_are_no_trouble() => Assert.Empty(UpkeepRules.Troubles(alarms: null, Well, Noon));

    [Fact]
    public void A_sync_that_could_not_be_read_is_no_trouble() => Assert.Empty(Troubles(sync: null, Noon, Quiet));

    /// <summary>The run may have come at the end of its minute, and five are allowed after it.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(360, false)]
    [InlineData(361, true)]
    public void A_sync_is_silent_after_five_minutes(int seconds, bool isTold)
    {
        var troubles = Troubles(Well, Noon.AddSeconds(seconds), Quiet);

        Assert.Equal(isTold ? ["The sync has looked at targets last at 2026-01-01 12:00:00Z, and is to do so every minute."] : [], troubles);
    }

    [Fact]
    public void One_that_never_came_is_silent_however_often_the_function_ran() => Assert.Equal(
        ["The sync has looked at no targets in the last 15 minutes, and is to do so every minute."],
        Troubles(Well with { LookedAt = null }, Noon, Quiet));

    [Fact]
    public void A_failure_of_the_last_run_is_told() => Assert.Equal(
        ["The sync failed when it ran last, at 2026-01-01 12:00:00Z. Its log and the alerts say why."],
        Troubles(Well with { Failed = true, Failures = 1 }, Noon, Quiet));

    [Fact]
    public void The_last_minute_with_a_run_counts_and_in_whatever_order_they_come()
    {
        var sync = UpkeepRules.LastSync(Counts((-2, 1), (-3, 1), (0, 0)), Counts((-3, 1), (-1, 2), (-2, 1), (0, 0)), Counts((-3, 0), (-1, 1), (-2, 0)), 15);

        Assert.Equal(new(Noon.AddMinutes(-2), Noon.AddMinutes(-1), Failed: true, 4, 1, 15), sync);
    }

    [Fact]
    public void A_failure_before_the_last_run_is_counted_and_forgiven()
    {
        var sync = UpkeepRules.LastSync(Counts((0, 1)), Counts((-1, 1), (0, 1)), Counts((-1, 1), (0, 0)), 15);

        Assert.Equal((false, 1), (sync.Failed, sync.Failures));
    }

    [Fact]
    public void Of_no_runs_nothing_is_claimed() => Assert.Equal(new(null, null, Failed: false, 0, 0, 15), UpkeepRules.LastSync([], [], [], 15));

    private static IEnumerable<string> Troubles(LastSync? sync, DateTimeOffset now, params ImmutableArray<AlarmStatus> alarms) => UpkeepRules.Troubles(alarms, sync, now);

    private static ImmutableArray<Counted> Counts(params (int Minute, double Number)[] counts) => [.. counts.Select(static one => new Counted(Noon.AddMinutes(one.Minute), one.Number))];
}
