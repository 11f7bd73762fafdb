using System.Text.Json;
using LocalAws;
using LocalAws.Rds;
using ServerlessPrivateLink.Cli.Drills;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class DrillTests
{
    public static TheoryData<string> Courses => [.. DrillCourses.Names];

    [Fact]
    public async Task An_instances_drill_tells_what_happened_when_and_what_it_cost()
    {
        var (run, text) = (await Run.Of("drill", "--json"), await Run.Of("drill"));

        Assert.Equal((0, 0, ""), (run.ExitCode, text.ExitCode, run.Error + text.Error));
        var failover = Assert.Single(List(run.Json, "failovers"));
        Assert.Equal(("orders-prod", "multi-az", "plain"), (Text(failover, "database"), Text(failover, "kind"), Text(failover, "course")));
        Assert.InRange(Number(failover, "eventAt"), 1, 3);
        Assert.InRange(Number(failover, "registeredAt") - Number(failover, "dnsMovedAt"), 0, 8);
        Assert.InRange(Number(failover, "healthyAt") - Number(failover, "registeredAt"), 70, 180);
        Assert.InRange(Number(failover, "oldRemovedAt"), Number(failover, "registeredAt"), Number(failover, "healthyAt"));
        Assert.Equal(Number(failover, "registeredAt") - Number(failover, "answersAt"), Number(failover, "emptySeconds"), tolerance: 0.002);
        Assert.Equal(Number(failover, "answersAt"), Number(failover, "downSeconds"));
        Assert.Equal(0, Number(failover, "misleadingSeconds"));
        var timeline = List(failover, "timeline").Select(entry => Number(entry, "at")).ToArray();
        Assert.Equal(timeline.Order(), timeline);
        Assert.InRange(failover.GetProperty("cost").GetProperty("transitions").GetInt32(), 100, 1000);
        Assert.Contains(List(failover, "alerts"), alert => Text(alert, "message").Contains("secondsSinceEvent", StringComparison.Ordinal));
        Assert.Contains(List(failover, "alerts"), alert => Text(alert, "message").Contains("registered: ", StringComparison.Ordinal));
        Assert.Equal(0, Number(run.Json.GetProperty("steadyState"), "mutatingCalls"));
        Assert.Contains("Targets able to serve", text.Output, StringComparison.Ordinal);
        Assert.Contains("state transitions", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_standby_that_is_kept_the_second_failover_finds_its_address_registered()
    {
        using var link = new TemporaryFile("""{ "name": "orders", "databases": [{ "instance": "orders-prod", "standby": "keep" }], "consumers": ["133737826969"] }""");
        var failovers = List((await Run.Of("drill", link.Path, "--account", Repository.At("examples/account"), "--json")).Json, "failovers").ToArray();

        Assert.Equal(2, failovers.Length);
        Assert.All(failovers, static failover => Assert.True(failover.GetProperty("followed").GetBoolean(), failover.ToString()));
        Assert.InRange(Number(failovers[0], "registeredAt"), Number(failovers[0], "dnsMovedAt"), Number(failovers[0], "dnsMovedAt") + 8);
        Assert.Equal(0, Number(failovers[1], "registeredAt"));
        Assert.Equal((0, true), (Number(failovers[1], "emptySeconds"), Number(failovers[0], "emptySeconds") > 1));
    }

    [Fact]
    public async Task A_clusters_new_writer_is_registered_before_its_name_moves_and_nobody_is_sent_to_the_former_one()
    {
        var run = await Run.Of("drill", "--kind", "aurora", "--course", "dns-after", "--json");

        var failover = Assert.Single(List(run.Json, "failovers"));
        Assert.Equal("ledger/writer", Text(failover, "database"));
        Assert.True(Number(failover, "registeredAt") < Number(failover, "dnsMovedAt"), failover.ToString());
        Assert.Equal(0, Number(failover, "misleadingSeconds"));
    }

    [Fact]
    public async Task Each_listener_of_a_moved_cluster_has_an_entry()
    {
        var run = await Run.Of("drill", Repository.At("examples/several.json"), "--kind", "aurora", "--json");

        Assert.Equal(["ledger/writer", "ledger/reader"], List(run.Json, "failovers").Select(failover => Text(failover, "database")));
        Assert.All(List(run.Json, "failovers"), failover => Assert.True(failover.GetProperty("followed").GetBoolean(), failover.ToString()));
    }

    [Fact]
    public async Task Without_events_the_watch_follows_and_no_execution_costs_anything()
    {
        var run = await Run.Of("drill", "--course", "events-lost", "--json");

        var failover = Assert.Single(List(run.Json, "failovers"));
        Assert.Equal(JsonValueKind.Null, failover.GetProperty("eventAt").ValueKind);
        Assert.InRange(Number(failover, "registeredAt") - Number(failover, "dnsMovedAt"), 0, 8);
        Assert.Equal((0, 0m), (failover.GetProperty("cost").GetProperty("invocations").GetInt32(), failover.GetProperty("cost").GetProperty("usd").GetDecimal()));
    }

    [Fact]
    public async Task A_switched_over_database_leads_elsewhere_until_its_old_address_is_removed()
    {
        var failover = Assert.Single(List((await Run.Of("drill", "--kind", "blue-green", "--json")).Json, "failovers"));

        Assert.Equal(Number(failover, "oldRemovedAt") - Number(failover, "answersAt"), Number(failover, "misleadingSeconds"), tolerance: 0.002);
        Assert.Equal(0, Number(failover, "downSeconds"));
    }

    [Fact]
    public async Task Equal_seeds_give_equal_drills_and_others_do_not()
    {
        string[] drawn = ["drill", "--course", "drawn", "--json", "--seed"];
        var first = await Run.Of([.. drawn, "3"]);

        Assert.Equal(first.Output, (await Run.Of([.. drawn, "3"])).Output);
        Assert.NotEqual(Text(Assert.Single(List(first.Json, "failovers")), "dnsMovedAt"), Text(Assert.Single(List((await Run.Of([.. drawn, "4"])).Json, "failovers")), "dnsMovedAt"));
    }

    [Fact]
    public async Task A_link_without_such_a_database_is_bad_input_that_says_what_it_has()
    {
        string[] command = ["drill", Repository.At("examples/orders.json"), "--kind", "aurora"];
        var (text, json) = (await Run.Of(command), await Run.Of([.. command, "--json"]));

        Assert.Equal((2, 2, ""), (text.ExitCode, json.ExitCode, text.Output));
        Assert.Contains("exposes no cluster with a reader", text.Error, StringComparison.Ordinal);
        Assert.Contains("orders-prod (multi-az), orders-prod (blue-green)", text.Error, StringComparison.Ordinal);
        Assert.Equal("orders-prod", Text(Assert.Single(List(json.Json, "errors")), "found"));
    }

    [Fact]
    public async Task A_bad_document_and_a_bad_account_are_bad_input()
    {
        Assert.Equal(2, (await Run.Of("drill", Repository.At("examples/invalid.json"))).ExitCode);
        Assert.Equal(2, (await Run.Of("drill", "--account", Repository.At("statemachine"))).ExitCode);
    }

    [Fact]
    public async Task A_link_that_is_refused_is_not_drilled()
    {
        using var refused = new TemporaryFile("""{ "name": "x", "databases": [{ "instance": "orders-prod" }, { "instance": "order-prod", "listenerPort": 5433 }], "consumers": ["133737826969"] }""");

        var run = await Run.Of("drill", refused.Path, "--json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("refused", Text(run.Json, "status"));
        Assert.Empty(List(run.Json, "failovers"));
        Assert.NotEmpty(List(run.Json.GetProperty("failure"), "reasons"));
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public void Each_course_but_the_plain_one_is_another(string name)
    {
        foreach (var kind in Enum.GetValues<FailoverKind>())
        {
            var (plain, course) = (FailoverCourse.Plain(kind), DrillCourses.Find(name, kind, new Chance(1)));

            Assert.Equal(kind, course.Kind);
            Assert.Equal(name == DrillCourses.Plain, JsonSerializer.Serialize(plain) == JsonSerializer.Serialize(course));
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static List<JsonElement> List(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];
}
