using System.Text.Json;
using LocalAws;
using LocalAws.Access;
using LocalAws.Faults;
using ServerlessPrivateLink.Tests.Provisioning;
using ServerlessPrivateLink.Tests.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>What <c>status</c> says of the stack: its alarms and its last sync, as CloudWatch counts and judges them.</summary>
public sealed class StatusUpkeepTests
{
    private static readonly string[] Alarms = ["SyncFailedAlarm", "SyncSilentAlarm", "UndeliveredEventsAlarm", "UnhealthyLinksAlarm", "WatchFailedAlarm"];

    private readonly SyncWorld world = new();

    [Fact]
    public void While_all_is_well_alarms_and_the_last_sync_are_shown_and_nothing_is_to_be_looked_at()
    {
        Start();
        Pass(20);

        var (text, upkeep) = (Run("status", "orders").Output, Upkeep());

        Assert.Equal(["troubles", "skipped", "alarms", "lastSync"], upkeep.EnumerateObject().Select(static one => one.Name));
        Assert.Empty(Texts(upkeep, "troubles").Concat(Texts(upkeep, "skipped")));
        Assert.Equal(Alarms.Select(static id => (id, "OK")), States(upkeep));
        var sync = upkeep.GetProperty("lastSync");
        Assert.Equal((false, 0, 15), (sync.GetProperty("failed").GetBoolean(), sync.GetProperty("failures").GetInt32(), sync.GetProperty("minutes").GetInt32()));
        Assert.InRange(sync.GetProperty("runs").GetInt32(), 15, 20);
        Assert.InRange((Cloud.Time.GetUtcNow() - sync.GetProperty("lookedAt").GetDateTimeOffset()).TotalMinutes, 0, 2);
        Assert.Equal(sync.GetProperty("lookedAt").GetDateTimeOffset(), sync.GetProperty("ranAt").GetDateTimeOffset());
        Assert.Matches(@"The stack prod\n  Last sync      2026-01-01 08:\d\d:00Z; \d\d runs in 15 minutes, 0 failed\n  Alarms         SyncFailedAlarm  OK since 2026-01-01 08:\d\d:15Z\n                 SyncSilentAlarm  OK", text);
    }

    [Fact]
    public void A_sync_that_fails_is_told_by_its_alarm_and_by_its_last_run()
    {
        Start();
        Pass(10);
        Cloud.Faults.Plan(FaultKind.Denied, static call => call.Caller.Name == "SyncTargets" && call.Action == "tag:GetResources", times: 1000);
        Pass(4);

        var upkeep = Upkeep();

        Assert.Contains(("SyncFailedAlarm", "ALARM"), States(upkeep));
        Assert.Contains(Texts(upkeep, "troubles"), static trouble => trouble.StartsWith("The alarm SyncFailedAlarm stands since 2026-01-01 08:", StringComparison.Ordinal) && trouble.EndsWith("its log and the alerts say for which link.", StringComparison.Ordinal));
        Assert.Contains(Texts(upkeep, "troubles"), static trouble => trouble.StartsWith("The sync failed when it ran last, at 2026-01-01 08:", StringComparison.Ordinal));
        Assert.True(upkeep.GetProperty("lastSync").GetProperty("failed").GetBoolean());
        Assert.InRange(upkeep.GetProperty("lastSync").GetProperty("failures").GetInt32(), 3, 5);
        Assert.Contains("! The alarm SyncFailedAlarm stands since", Run("status").Output, StringComparison.Ordinal);
        Assert.Matches(@"Last sync      2026-01-01 08:\d\d:00Z, failed; ", Run("status").Output);
    }

    [Fact]
    public void A_failure_that_is_over_is_counted_and_no_trouble()
    {
        Start();
        Pass(10);
        Cloud.Faults.Plan(FaultKind.Denied, static call => call.Caller.Name == "SyncTargets" && call.Action == "tag:GetResources");
        Pass(5);

        var upkeep = Upkeep();

        Assert.Empty(Texts(upkeep, "troubles"));
        Assert.Equal((false, 1), (upkeep.GetProperty("lastSync").GetProperty("failed").GetBoolean(), upkeep.GetProperty("lastSync").GetProperty("failures").GetInt32()));
    }

    [Fact]
    public void A_schedule_that_stopped_is_told_even_while_a_watch_goes_on_running_the_sync()
    {
        Start();
        Pass(10);
        Cloud.Scheduler.Stop();
        for (var minute = 0; minute < 12; minute++)
        {
            Pass(1);
            world.Succeed("""{ "OnlyMoved": true }""");
        }

        var upkeep = Upkeep();

        Assert.Contains(("SyncSilentAlarm", "ALARM"), States(upkeep));
        Assert.Contains(Texts(upkeep, "troubles"), static trouble => trouble.StartsWith("The sync has looked at targets last at 2026-01-01 08:", StringComparison.Ordinal));
        Assert.InRange((Cloud.Time.GetUtcNow() - upkeep.GetProperty("lastSync").GetProperty("lookedAt").GetDateTimeOffset()).TotalMinutes, 11, 14);
        Assert.InRange((Cloud.Time.GetUtcNow() - upkeep.GetProperty("lastSync").GetProperty("ranAt").GetDateTimeOffset()).TotalMinutes, 0, 2);
    }

    [Fact]
    public void A_stack_whose_sync_never_ran_says_so()
    {
        Pass(1);
        var upkeep = Upkeep();

        Assert.Contains("The sync has looked at no targets in the last 15 minutes, and is to do so every minute.", Texts(upkeep, "troubles"));
        Assert.Equal(JsonValueKind.Null, upkeep.GetProperty("lastSync").GetProperty("lookedAt").ValueKind);
        Assert.All(States(upkeep), static alarm => Assert.Equal("INSUFFICIENT_DATA", alarm.State));
    }

    [Fact]
    public void Alarms_of_other_stacks_are_neither_shown_nor_read()
    {
        Start();
        var own = world.World.Deployed.Alarms[0];
        foreach (var name in Enumerable.Range(0, 60).Select(static at => $"prod-SyncFailedAlarm-{at}"))
            Cloud.CloudWatch.Add(own with { Name = name, Arn = Cloud.Arn("cloudwatch", $"alarm:{name}"), Missing = "breaching", ActionsEnabled = false });
        Pass(10);
        var place = Cloud.Calls.Count;

        var upkeep = Upkeep();

        Assert.Equal(Alarms.Select(static id => (id, "OK")), States(upkeep));
        Assert.Single(Cloud.Calls.Since(place), static call => call.Action == "cloudwatch:DescribeAlarms");
    }

    [Theory]
    [InlineData("cloudwatch:DescribeAlarms", "alarms")]
    [InlineData("cloudwatch:GetMetricData", "the last sync")]
    public void What_may_not_be_read_is_named_and_spoils_nothing_else(string action, string what)
    {
        Start();
        Pass(10);
        var most = new Policy("most", [new("All", false, ["*"], ["*"], []), new("Not", true, [action], ["*"], [])]);

        var run = Operator.RunAs(Cloud, Operator.Limited(Cloud, most), "status", "--json");
        var upkeep = run.Json.GetProperty("upkeep");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(run.Json.GetProperty("links")[0].GetProperty("serving").GetBoolean());
        var left = Assert.Single(Texts(upkeep, "skipped"));
        Assert.StartsWith($"{what}: AccessDenied: User: arn:aws:iam::111122223333:user/limited is not authorized to perform: {action}", left, StringComparison.Ordinal);
        Assert.Empty(Texts(upkeep, "troubles"));
        Assert.Equal(action is "cloudwatch:DescribeAlarms" ? 0 : Alarms.Length, States(upkeep).Length);
        Assert.Equal(action is "cloudwatch:GetMetricData", upkeep.GetProperty("lastSync").ValueKind is JsonValueKind.Null);
        Assert.Contains($"  Skipped        {what}: AccessDenied", Operator.RunAs(Cloud, Operator.Limited(Cloud, most), "status").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CloudWatch_is_asked_twice_for_any_number_of_links_and_for_the_list_of_links_not_at_all()
    {
        world.World.Build(World.Document().Replace("\"orders\"", "\"second\"", StringComparison.Ordinal).Replace("\"instance\": \"orders-prod\"", "\"instance\": \"orders-prod\", \"listenerPort\": 6000", StringComparison.Ordinal));
        var place = Cloud.Calls.Count;

        var report = Run("status", "--json").Json;
        var asked = Cloud.Calls.Since(place).Where(static call => call.Action.StartsWith("cloudwatch:", StringComparison.Ordinal)).Select(static call => call.Action).ToArray();
        place = Cloud.Calls.Count;
        var list = Run("links", "--json").Json;

        Assert.Equal(2, report.GetProperty("links").GetArrayLength());
        Assert.Equal(["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData"], asked);
        Assert.Equal(JsonValueKind.Null, list.GetProperty("upkeep").ValueKind);
        Assert.DoesNotContain(Cloud.Calls.Since(place), static call => call.Action.StartsWith("cloudwatch:", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_watches_sees_an_alarm_rise()
    {
        Start();
        Pass(10);
        Cloud.Faults.Plan(FaultKind.Denied, static call => call.Caller.Name == "SyncTargets" && call.Action == "tag:GetResources", times: 1000);

        var run = Operator.RunUntil(Cloud, "SyncFailedAlarm  ALARM since", 2, "status", "orders", "--watch");

        var stands = run.Output.Split('\n').Where(static line => line.Contains("SyncFailedAlarm  ", StringComparison.Ordinal)).Select(static line => line.Contains("ALARM", StringComparison.Ordinal)).ToArray();
        Assert.Equal(0, run.ExitCode);
        Assert.Equal([.. Enumerable.Repeat(false, stands.Length - 2), true, true], stands);
        Assert.InRange(stands.Length, 10, 60);
    }

    private Cloud Cloud => world.World.Cloud;

    private void Start()
    {
        Cloud.CloudWatch.Start();
        Cloud.Scheduler.Start();
    }

    private void Pass(int minutes) => Cloud.Time.Advance(TimeSpan.FromMinutes(minutes));

    private Run Run(params string[] args) => Operator.Run(Cloud, args);

    private JsonElement Upkeep() => Run("status", "--json").Json.GetProperty("upkeep");

    private static string[] Texts(JsonElement upkeep, string name) => [.. upkeep.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!)];

    private static (string Id, string State)[] States(JsonElement upkeep) =>
        [.. upkeep.GetProperty("alarms").EnumerateArray().Select(static alarm => (alarm.GetProperty("alarm").GetString()!, alarm.GetProperty("state").GetString()!))];
}
