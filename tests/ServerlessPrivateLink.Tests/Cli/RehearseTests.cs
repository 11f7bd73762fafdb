using System.Text.Json;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class RehearseTests(Rehearsed example) : IClassFixture<Rehearsed>
{
    private JsonElement Report => example.Json.Json;

    [Fact]
    public void The_example_is_built()
    {
        Assert.Equal("", example.Json.Error);
        Assert.Equal(0, example.Json.ExitCode);
        Assert.Equal("done", Text(Report, "status"));
        Assert.Equal("orders", Text(Report, "link"));
        Assert.StartsWith("com.amazonaws.vpce.eu-central-1.vpce-svc-", Text(Report, "serviceName"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_item_of_the_checklist_is_done_and_has_evidence()
    {
        var items = List(Report, "checklist");

        Assert.Equal(11, items.Count);
        Assert.All(items, item => Assert.True(item.GetProperty("done").GetBoolean(), item.ToString()));
        Assert.All(items, item => Assert.NotEmpty(Text(item, "evidence")));
    }

    [Fact]
    public void A_second_run_changes_nothing()
    {
        Assert.Equal("done", Text(Report.GetProperty("secondRun"), "status"));
        Assert.Equal(0, Report.GetProperty("secondRun").GetProperty("mutatingCalls").GetInt32());
    }

    [Fact]
    public void In_the_end_the_link_is_taken_down_and_a_second_release_changes_nothing()
    {
        var release = Report.GetProperty("release");

        Assert.Equal("done", Text(release, "status"));
        Assert.Equal(0, release.GetProperty("remaining").GetInt32());
        Assert.InRange(release.GetProperty("removed").GetInt32(), 7, 20);
        Assert.Subset(List(release, "states").Select(static state => Text(state, "name")).ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal) { "DeleteEndpointService", "DeleteSecurityGroup", "ReportRelease" });
        Assert.Equal(("done", 0), (Text(release.GetProperty("secondRun"), "status"), release.GetProperty("secondRun").GetProperty("mutatingCalls").GetInt32()));
        Assert.Contains("link.released", example.Text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_are_counted_by_action()
    {
        var calls = Report.GetProperty("calls");

        Assert.Equal(calls.GetProperty("total").GetInt32(), calls.GetProperty("byAction").EnumerateObject().Sum(action => action.Value.GetInt32()));
        Assert.Equal(1, calls.GetProperty("byAction").GetProperty("elasticloadbalancing:CreateListener").GetInt32());
        Assert.InRange(calls.GetProperty("mutating").GetInt32(), 10, calls.GetProperty("total").GetInt32() - 1);
    }

    [Fact]
    public void Beside_the_two_waits_for_AWS_a_run_takes_seconds()
    {
        var states = List(Report, "states").ToDictionary(state => Text(state, "name"), StringComparer.Ordinal);
        var waits = Spent("WaitForLoadBalancer") + Spent("WaitForTargets");

        Assert.InRange(Report.GetProperty("simulatedSeconds").GetDouble() - waits, 0, 60);

        double Spent(string state) => states[state].GetProperty("seconds").GetDouble();
    }

    [Fact]
    public void What_can_run_side_by_side_does()
    {
        var entered = List(Report, "states").ToDictionary(state => Text(state, "name"), state => state.GetProperty("entered").GetDouble(), StringComparer.Ordinal);

        Assert.Equal(entered["EnsureTargetGroups"], entered["EnsureSecurityGroup"], tolerance: 0.1);
        Assert.Equal(entered["EnsureLoadBalancer"], entered["AuthorizeDatabaseIngress"], tolerance: 0.1);
        Assert.True(entered["RegisterTargets"] < entered["EnsureListeners"]);
    }

    [Fact]
    public void What_was_created_is_listed_with_type_id_and_name()
    {
        var resources = List(Report, "resources");

        Assert.Superset(
            new HashSet<string>
            {
                "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::VPCEndpointService", "AWS::EC2::VPCEndpointConnectionNotification",
                "AWS::EC2::VPCEndpointServicePermissions", "AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancingV2::TargetGroup",
            },
            resources.Select(resource => Text(resource, "type")).ToHashSet(StringComparer.Ordinal));
        Assert.All(resources, resource => Assert.All(["id", "name"], field => Assert.NotEmpty(Text(resource, field))));
    }

    [Fact]
    public void The_vendor_is_told_all_that_it_asks_for()
    {
        var vendor = Report.GetProperty("vendor");

        Assert.Equal(Text(Report, "serviceName"), Text(vendor, "serviceName"));
        Assert.Equal("eu-central-1", Text(vendor, "serviceRegion"));
        Assert.Equal("111122223333", Text(vendor, "accountId"));
        Assert.Equal(5432, Assert.Single(List(vendor, "databases")).GetProperty("port").GetInt32());
        Assert.Equal(3, List(vendor, "zones").Select(zone => Text(zone, "zoneId")).Where(id => id.StartsWith("euc1-az", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Each_alert_is_there_as_a_subscriber_reads_it()
    {
        var alerts = List(Report, "alerts");

        Assert.Equal(
            [
                "[info] link.ready orders", "[info] connection.accepted orders", "[warning] connection.flagged orders", "[info] connection.accepted orders",
                "[warning] connection.flagged orders", "[info] link.ready orders", "[warning] connection.rejected orders", "[info] link.released orders",
            ],
            alerts.Select(alert => Text(alert, "subject")));
        Assert.All(alerts, alert => Assert.Contains("\nWhat to do: ", Text(alert, "body"), StringComparison.Ordinal));
        Assert.All(alerts, alert => Assert.Equal(Text(alert, "message"), Text(alert, "body")));
    }

    [Fact]
    public void Consumers_are_answered_as_the_rules_say()
    {
        var connections = List(Report, "connections");

        Assert.Equal(
            ["accept 133737826969", "flag 999999999999", "accept 133737826969", "flag 133737826969", "reject 133737826969"],
            connections.Select(one => $"{Text(one, "decision")} {Text(one, "owner")}"));
        Assert.All(connections, one => Assert.All(["endpoint", "reason", "what"], field => Assert.NotEmpty(Text(one, field))));
        Assert.Contains("does not name it", Text(connections[1], "reason"), StringComparison.Ordinal);
        Assert.Contains("its limit is 1", Text(connections[3], "reason"), StringComparison.Ordinal);
        Assert.Contains("does not name the account", Text(connections[4], "reason"), StringComparison.Ordinal);
        Assert.Equal(Text(connections[2], "endpoint"), Text(connections[4], "endpoint"));
    }

    [Fact]
    public void An_allowed_request_is_decided_within_two_seconds_of_its_notification_and_within_five_minutes_without_one()
    {
        var accepted = List(Report, "connections").Where(one => Text(one, "decision") == "accept").ToList();

        Assert.Equal([false, true], accepted.Select(IsLost));
        Assert.All(accepted, one => Assert.InRange(
            one.GetProperty("decidedAt").GetDouble() - one.GetProperty(IsLost(one) ? "requestedAt" : "notifiedAt").GetDouble(),
            0.001,
            IsLost(one) ? 300 : 2));

        static bool IsLost(JsonElement one) => one.GetProperty("notifiedAt").ValueKind is JsonValueKind.Null;
    }

    [Fact]
    public async Task A_link_of_ones_own_meets_its_own_consumers()
    {
        using var link = new TemporaryFile("""
            {
              "name": "own",
              "databases": [{ "host": "pg.corp.example", "port": 5432, "allowedCidrs": ["10.9.0.0/16"] }],
              "consumers": [
                { "principal": "444455556666", "accept": "never" },
                { "principal": "arn:aws:iam::999999999999:role/reader", "maxConnections": 1 }
              ],
              "onRemoval": "keep",
              "awaitConnection": "PT1M"
            }
            """);
        var run = await Run.Of("rehearse", link.Path, "--account", Repository.At("examples/account"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["accept 999999999999", "flag 999999999998", "accept 999999999999", "flag 999999999999", "flag 999999999999"],
            List(run.Json, "connections").Select(one => $"{Text(one, "decision")} {Text(one, "owner")}"));
        Assert.Contains("keeps what is connected", Text(List(run.Json, "connections")[4], "what"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_consumer_of_a_link_is_replaced_when_it_is_taken_out()
    {
        using var link = new TemporaryFile("""{ "name": "sole", "databases": [{ "host": "pg.corp.example", "port": 5432, "allowedCidrs": ["10.9.0.0/16"] }], "consumers": ["444455556666"] }""");
        var run = await Run.Of("rehearse", link.Path, "--account", Repository.At("examples/account"), "--json");
        var cut = List(run.Json, "connections")[^1];

        Assert.Equal(("reject", "444455556666"), (Text(cut, "decision"), Text(cut, "owner")));
        Assert.EndsWith("with 999999999998 in its place.", Text(cut, "what"), StringComparison.Ordinal);
    }

    [Fact]
    public void While_nothing_happens_nothing_is_changed_or_told()
    {
        var steady = Report.GetProperty("steadyState");

        Assert.Equal((0, 0), (steady.GetProperty("mutatingCalls").GetInt32(), steady.GetProperty("alerts").GetInt32()));
        Assert.InRange(steady.GetProperty("callsPerMinute").GetDouble(), 2, 20);
    }

    [Fact]
    public void A_database_of_each_kind_fails_over_and_is_followed()
    {
        var failovers = List(Report, "failovers");

        Assert.Equal(["multi-az orders-prod", "aurora ledger/writer"], failovers.Select(failover => $"{Text(failover, "kind")} {Text(failover, "database")}"));
        Assert.All(failovers, failover =>
        {
            Assert.All(["eventAt", "dnsMovedAt", "registeredAt", "healthyAt", "oldRemovedAt", "emptySeconds"], field => Assert.InRange(failover.GetProperty(field).GetDouble(), 0, 300));
            Assert.True(failover.GetProperty("followed").GetBoolean());
            Assert.NotEmpty(List(failover, "alerts"));
        });
        Assert.Contains(List(Report, "notes"), note => note.GetString()!.Contains("examples/ledger.json", StringComparison.Ordinal));
    }

    [Fact]
    public void People_see_the_targets_over_time()
    {
        Assert.Contains("Steady state, 5 minutes", example.Text.Output, StringComparison.Ordinal);
        Assert.Equal(2, example.Text.Output.Split("Targets able to serve").Length - 1);
        Assert.Contains("! it answers where no target is", example.Text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void People_read_how_consumers_are_answered()
    {
        Assert.Contains("; EC2's notification is lost", example.Text.Output, StringComparison.Ordinal);
        Assert.Equal(2, example.Text.Output.Split("connection.flagged orders").Length - 1);
        Assert.DoesNotContain("NOT FORESEEN", example.Text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void People_read_what_programs_read_without_escape_codes()
    {
        Assert.Equal(0, example.Text.ExitCode);
        Assert.DoesNotContain('\u001b', example.Text.Output);
        Assert.Contains(Text(Report, "serviceName"), example.Text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[ ]", example.Text.Output, StringComparison.Ordinal);
        Assert.Contains("mutating calls: 0", example.Text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_seeds_give_equal_reports_and_others_do_not()
    {
        Assert.Equal(example.Json.Output, (await Run.Of("rehearse", "--json", "--seed", "1")).Output);
        Assert.NotEqual(example.Json.Output, (await Run.Of("rehearse", "--json", "--seed", "2")).Output);
    }

    [Fact]
    public async Task Clusters_hosts_and_rules_by_subnet_are_built_too()
    {
        var run = await Run.Of("rehearse", Repository.At("examples/several.json"), "--json");

        Assert.All(List(run.Json, "checklist"), item => Assert.True(item.GetProperty("done").GetBoolean(), item.ToString()));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(0, run.Json.GetProperty("secondRun").GetProperty("mutatingCalls").GetInt32());
        Assert.Equal(["orders-prod", "ledger/writer", "ledger/reader"], List(run.Json, "failovers").Select(failover => Text(failover, "database")));
        Assert.Contains(List(run.Json, "notes"), note => note.GetString()!.StartsWith("warehouse.corp.example is taken to be at 10.9.", StringComparison.Ordinal));
        Assert.Equal("flag", Text(Assert.Single(List(run.Json, "connections")), "decision"));
        Assert.Contains(List(run.Json, "notes"), note => note.GetString()!.StartsWith("No consumer of the link is accepted automatically", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_plan_names_every_reason_with_its_remedy_and_builds_nothing()
    {
        var run = await Run.Of("rehearse", Repository.At("examples/refused.json"), "--json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("refused", Text(run.Json, "status"));
        var reasons = List(run.Json.GetProperty("failure"), "reasons");
        Assert.Equal(2, reasons.Count);
        Assert.All(reasons, reason => Assert.NotEmpty(Text(reason, "remedy")));
        Assert.Empty(List(run.Json, "resources"));
        Assert.Empty(List(run.Json, "failovers"));
        Assert.Empty(List(run.Json, "connections"));
    }

    [Fact]
    public async Task A_bad_document_is_bad_input_for_people_and_programs()
    {
        var (text, json) = (await Run.Of("rehearse", Repository.At("examples/invalid.json")), await Run.Of("rehearse", Repository.At("examples/invalid.json"), "--json"));

        Assert.Equal((2, 2), (text.ExitCode, json.ExitCode));
        Assert.Empty(text.Output);
        Assert.Contains("$.consumers[0]", text.Error, StringComparison.Ordinal);
        Assert.NotEmpty(List(json.Json, "errors"));
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_is_bad_input()
    {
        var run = await Run.Of("rehearse", "--account", Repository.At("statemachine"), "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("describe-", Text(Assert.Single(List(run.Json, "errors")), "message"), StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static List<JsonElement> List(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];
}
