using System.Net;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;
using Execution = LocalAws.States.Running.Execution;

namespace ServerlessPrivateLink.Tests.Release;

/// <summary>A run that fails takes away what it made, where the document says so, and nothing that stood before.</summary>
public sealed class OnFailureTests
{
    private const string Release = """, "onFailure": "release" """;
    private const string Orders = """{ "instance": "orders-prod" }""";
    private static readonly IPAddress Address = IPAddress.Parse("10.9.0.5");

    private readonly World world = new();

    // A database that does not listen: all is made, and no target ever gets healthy.
    public OnFailureTests() => world.Cloud.Ec2.Ports.Close(Address, null, world.Cloud.Time.GetUtcNow());

    [Fact]
    public void Of_a_new_link_nothing_is_left_and_the_alert_says_so()
    {
        var run = Fail(World.Document(Host(5439), more: Release));

        Assert.Equal("TargetsNotHealthyException", run.Error);
        Assert.Empty(Remains.Of(world));
        var alert = Assert.Single(world.Alerts);
        Assert.Equal("[critical] link.failed orders", alert.Subject);
        Assert.Contains("removed: endpoint service vpce-svc-", alert.Message, StringComparison.Ordinal);
        Assert.Contains("kept: nothing", alert.Message, StringComparison.Ordinal);
        Assert.Contains("step: CheckTargets", alert.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_word_all_is_kept()
    {
        Fail(World.Document(Host(5439)));

        Assert.Single(world.Listeners);
        Assert.Null(world.Service.Tags[ResourceTags.MadeBy]);
        Assert.DoesNotContain("removed", Assert.Single(world.Alerts).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_link_that_stood_only_what_the_run_made_goes_and_what_it_turned_is_turned_back()
    {
        world.Build(World.Document($"{Orders}, {{ \"cluster\": \"ledger\", \"listenerPort\": 7000 }}", more: Release));
        var (before, ledger) = (Remains.Of(world), world.TargetGroups.Single(static one => one.Tags[ResourceTags.Database] == "ledger/writer").Arn);

        Fail(World.Document($"{Host(7000)}, {{ \"instance\": \"orders-prod\", \"listenerPort\": 6432 }}", more: Release));

        Assert.Equal(before, Remains.Of(world));
        Assert.Equal(ledger, Assert.Single(world.Listeners.Single(static one => one.Port == 7000).TargetGroupArns));
        Assert.All(world.Listeners, static one => Assert.Null(one.Tags[ResourceTags.Before]));
        var told = world.Alerts[^1].Message;
        Assert.Matches("removed: listener arn:[^,]+, target group arn:[^,]+warehouse[^,]+\n", told);
        Assert.Contains($"kept: endpoint service {world.Service.Id}, load balancer {world.Balancer.Arn}", told, StringComparison.Ordinal);
        world.Cloud.Ec2.Ports.Open(Address, null, [], world.Cloud.Time.GetUtcNow());
        world.Build(World.Document($"{Host(7000)}, {Orders}"));
    }

    [Fact]
    public void Ports_that_passed_between_databases_that_stood_lead_again_where_they_did()
    {
        world.Build(World.Document($"{Orders}, {{ \"cluster\": \"ledger\", \"listenerPort\": 7000 }}"));
        var before = Leads();

        Fail(World.Document($"{{ \"cluster\": \"ledger\", \"listenerPort\": 5432 }}, {{ \"instance\": \"orders-prod\", \"listenerPort\": 7000 }}, {Host(5439)}", more: Release));

        Assert.Equal(before, Leads());
        Assert.Contains("kept: ", world.Alerts[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_a_later_run_has_turned_is_left_to_it()
    {
        world.Build(World.Document($"{Orders}, {{ \"cluster\": \"ledger\", \"listenerPort\": 7000 }}"));
        Fail(World.Document("""{ "cluster": "ledger", "listenerPort": 5432 }""", more: Release), stopsAt: "CheckTargets");
        world.Build(World.Document("""{ "cluster": "ledger", "endpoint": "reader", "listenerPort": 5432 }"""));
        var later = Leads();

        var release = world.Release($$"""{ "name": "orders", "madeBy": "{{MadeByMark.Of(OnFailure.Release, Execution("run-2"))}}" }""");

        Assert.Equal(ExecutionStatus.Succeeded, release.Status);
        Assert.Equal(later, Leads());
    }

    [Fact]
    public void What_a_failed_run_left_is_what_stood_before_the_next()
    {
        Fail(World.Document(Host(5439)));
        var left = Remains.Of(world);

        Fail(World.Document(Host(5439), more: Release));

        Assert.Equal(left, Remains.Of(world));
        Assert.Contains("removed: nothing", world.Alerts[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_who_is_connected_is_cut_off()
    {
        world.Cloud.Faults.Plan(FaultKind.Denied, call =>
        {
            if (call.Caller.Name != "CheckTargets") return false;
            world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969");
            return true;
        });

        var run = Fail(World.Document(Orders, more: Release));

        Assert.Equal("AmazonElasticLoadBalancingV2Exception", run.Error);
        Assert.Single(world.Listeners);
        Assert.Contains("is in use", world.Alerts[^1].Message, StringComparison.Ordinal);
        Assert.Contains("ended as FAILED", world.Alerts[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_late_function_makes_is_found_by_the_last_look()
    {
        using var person = OperatorClients.Of(world.Cloud);
        var late = false;
        world.Cloud.Faults.Draw = call =>
        {
            if (late || call.Caller.Name != "DeleteSecurityGroup" || Remains.Of(world).Length > 0) return null;
            late = true;
            var tags = Samples.Us.Tags().Marked(MadeByMark.Of(OnFailure.Release, Execution("run-1")));
            _ = person.LoadBalancing.CreateTargetGroupAsync(new CreateTargetGroupRequest
            {
                Name = "pl-late",
                Protocol = ProtocolEnum.TCP,
                Port = 5439,
                VpcId = World.Home,
                TargetType = TargetTypeEnum.Ip,
                Tags = [.. tags.Select(static tag => new Amazon.ElasticLoadBalancingV2.Model.Tag { Key = tag.Key, Value = tag.Value })],
            });
            return null;
        };

        Fail(World.Document(Host(5439), more: Release));

        Assert.True(late);
        Assert.Empty(Remains.Of(world));
        Assert.Contains("targetgroup/pl-late/", world.Alerts[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_another_run_has_announced_stands()
    {
        Fail(World.Document(Orders, more: Release), stopsAt: "CheckTargets");
        var mark = world.Service.Tags[ResourceTags.MadeBy];
        using var person = OperatorClients.Of(world.Cloud);
        world.Cloud.Time.Run(() => person.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [world.Service.Id], Tags = [new() { Key = ResourceTags.Announced, Value = "told" }] }));

        var release = world.Release($$"""{ "name": "orders", "madeBy": "{{mark}}" }""");

        Assert.Equal("LinkAnnouncedException", release.Error);
        Assert.Single(world.Listeners);
    }

    [Theory]
    [InlineData("\"\"", true)]
    [InlineData("\"0123456789abcdef\"", true)]
    [InlineData("\"0123456789ABCDEF\"", false)]
    [InlineData("\"0123\"", false)]
    [InlineData("7", false)]
    public void A_mark_is_one_or_the_request_is_refused(string mark, bool isOne) =>
        Assert.Equal(isOne ? ExecutionStatus.Succeeded : ExecutionStatus.Failed, world.Release($$"""{ "name": "orders", "madeBy": {{mark}} }""").Status);

    private string Execution(string name) => $"{world.Deployed.StateMachines["Provision"].Arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}";

    private (int Port, string Group)[] Leads() => [.. world.Listeners.Select(static listener => (listener.Port, listener.TargetGroupArns.Single())).Order()];

    private static string Host(int listenerPort) => $$"""{ "host": "{{World.Warehouse}}", "port": 5439, "listenerPort": {{listenerPort}}, "allowedCidrs": ["10.9.0.0/16"] }""";

    /// <param name="document">What is provisioned.</param>
    /// <param name="stopsAt">The function at whose first call the release machine's permission to begin is gone as well; null: it may.</param>
    private Execution Fail(string document, string? stopsAt = null)
    {
        if (stopsAt is not null)
        {
            world.Cloud.Faults.Plan(FaultKind.Denied, call => call.Caller.Name == stopsAt);
            world.Cloud.Faults.Plan(FaultKind.Denied, static call => call.Operation.Name == "StartExecution" && call.Caller.Name == "ReleaseMade");
        }

        var run = world.Provision(document);
        Assert.Equal(ExecutionStatus.Failed, run.Status);
        return run;
    }
}
