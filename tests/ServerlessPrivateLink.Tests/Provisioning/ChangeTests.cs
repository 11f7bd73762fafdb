using System.Text.Json;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli.Rehearsal;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

/// <summary>A link whose document changes: what it no longer asks for goes, and not before the rest serves.</summary>
public sealed class ChangeTests
{
    private const string Orders = """{ "instance": "orders-prod" }""";
    private const string Ledger = """{ "cluster": "ledger", "endpoint": "writer" }""";

    private readonly World world = new();

    // What AWS shows at once nobody has to try twice: then the calls can be told one by one.
    public ChangeTests() => world.Cloud.Visibility.Longest = TimeSpan.Zero;

    [Fact]
    public void A_database_that_leaves_the_document_loses_its_listener_its_group_and_its_rule_in_that_order()
    {
        world.Build(World.Document($"{Orders}, {Ledger}"));

        var changes = world.Changes(World.Document(Orders));

        Assert.Equal(
            ["elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteTargetGroup", "ec2:RevokeSecurityGroupIngress", "sns:Publish", "ec2:CreateTags"],
            changes.AsEnumerable());
        Assert.Equal(5432, Assert.Single(world.Listeners).Port);
        Assert.Equal("orders-prod", Assert.Single(world.TargetGroups).Tags[ResourceTags.Database]);
        Assert.Equal("orders-prod", Assert.Single(world.AddedRules).Tags[ResourceTags.Database]);
        Assert.Empty(world.Changes(World.Document(Orders)));
    }

    [Fact]
    public void What_was_removed_is_in_the_output_and_in_the_alert()
    {
        world.Build(World.Document($"{Orders}, {Ledger}"));

        var removed = Removed(world.Build(World.Document(Orders)));

        Assert.Collection(removed,
            static one => Assert.Equal("listener on port 3306", one),
            static one => Assert.StartsWith("target group pl-orders-ledger-writer-", one, StringComparison.Ordinal),
            static one => Assert.StartsWith("ingress rule sgr-", one, StringComparison.Ordinal));
        Assert.Contains($"removed: {string.Join("; ", removed)}", world.Alerts[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_port_is_a_new_listener_and_the_old_one_goes_when_the_targets_are_healthy()
    {
        world.Build(World.Document(Orders));

        var changes = world.Changes(World.Document("""{ "instance": "orders-prod", "listenerPort": 6432 }"""));

        Assert.Equal(["elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteListener", "sns:Publish", "ec2:CreateTags"], changes.AsEnumerable());
        Assert.Equal(6432, Assert.Single(world.Listeners).Port);
        Assert.Single(world.TargetGroups);
    }

    [Fact]
    public void A_port_that_a_database_leaves_to_another_is_turned_and_never_without_a_listener()
    {
        world.Build(World.Document($"{Orders}, {Ledger}"));

        var changes = world.Changes(World.Document("""{ "instance": "orders-prod", "listenerPort": 3306 }"""));

        Assert.Equal(
            [
                "elasticloadbalancing:ModifyListener", "elasticloadbalancing:DeleteListener", "elasticloadbalancing:DeleteTargetGroup",
                "ec2:RevokeSecurityGroupIngress", "sns:Publish", "ec2:CreateTags",
            ],
            changes.AsEnumerable());
        Assert.Equal((3306, world.TargetGroups.Single().Arn), (Assert.Single(world.Listeners).Port, Assert.Single(world.Listeners.Single().TargetGroupArns)));
    }

    [Fact]
    public void A_database_that_takes_another_s_port_replaces_it()
    {
        world.Build(World.Document("""{ "instance": "orders-prod", "listenerPort": 7000 }"""));

        world.Build(World.Document("""{ "cluster": "ledger", "endpoint": "writer", "listenerPort": 7000 }"""));

        Assert.Equal("ledger/writer", Assert.Single(world.TargetGroups).Tags[ResourceTags.Database]);
        Assert.Equal(world.TargetGroups.Single().Arn, Assert.Single(Assert.Single(world.Listeners).TargetGroupArns));
        Assert.Equal("ledger/writer", Assert.Single(world.AddedRules).Tags[ResourceTags.Database]);
    }

    [Fact]
    public void Another_ingress_mode_adds_its_rules_before_the_old_ones_go()
    {
        world.Build(World.Document(Orders));

        var there = world.Changes(World.Document(Orders, more: """, "ingress": "subnetCidrs" """));
        var back = world.Changes(World.Document(Orders));

        Assert.Equal(["ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"], there.AsEnumerable());
        Assert.Equal(["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"], back.AsEnumerable());
        Assert.Equal(world.OwnGroupId, Assert.Single(world.AddedRules).Spec.Peer);
    }

    [Fact]
    public void Nothing_is_removed_while_the_rest_does_not_serve()
    {
        var warehouse = System.Net.IPAddress.Parse("10.9.0.5");
        var host = $$"""{ "host": "{{World.Warehouse}}", "port": 5439, "allowedCidrs": ["10.9.0.0/16"] }""";
        world.Build(World.Document(Orders));
        world.Cloud.Ec2.Ports.Close(warehouse, null, world.Cloud.Time.GetUtcNow());

        var run = world.Provision(World.Document(host));

        Assert.Equal("TargetsNotHealthyException", run.Error);
        Assert.Equal([5432, 5439], world.Listeners.Select(static one => one.Port).Order());
        Assert.Equal(2, world.TargetGroups.Count());
        world.Cloud.Ec2.Ports.Open(warehouse, null, [], world.Cloud.Time.GetUtcNow());
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        world.Build(World.Document(host));
        Assert.Equal(5439, Assert.Single(world.Listeners).Port);
        Assert.Equal(World.Warehouse, Assert.Single(world.TargetGroups).Tags[ResourceTags.Database]);
        Assert.Empty(world.AddedRules);
    }

    [Fact]
    public void What_belongs_to_another_link_or_to_nobody_stays()
    {
        world.Build(World.Document($"{Orders}, {Ledger}"));
        world.Build(World.Document($"{Orders}, {Ledger}").Replace("\"orders\"", "\"other\"", StringComparison.Ordinal));
        using var person = OperatorClients.Of(world.Cloud);
        var balancer = world.Cloud.LoadBalancing.All<LocalAws.LoadBalancing.LoadBalancer>().Single(static one => one.Tags[ResourceTags.Link] == World.LinkName);
        var group = world.TargetGroups.Single(one => one.Tags[ResourceTags.Link] == World.LinkName && one.Tags[ResourceTags.Database] == "orders-prod");
        world.Cloud.Time.Run(() => person.LoadBalancing.CreateListenerAsync(new CreateListenerRequest
        {
            LoadBalancerArn = balancer.Arn,
            Protocol = Amazon.ElasticLoadBalancingV2.ProtocolEnum.TCP,
            Port = 9999,
            DefaultActions = [new() { Type = Amazon.ElasticLoadBalancingV2.ActionTypeEnum.Forward, TargetGroupArn = group.Arn }],
        }));

        var warnings = world.Build(World.Document(Orders)).GetProperty("Warnings").EnumerateArray().Select(static one => one.GetString()!);

        Assert.Contains("port 9999", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal([5432, 9999], world.Listeners.Where(one => one.LoadBalancer == balancer).Select(static one => one.Port).Order());
        Assert.Equal([3306, 5432], world.Listeners.Where(one => one.LoadBalancer != balancer).Select(static one => one.Port).Order());
        Assert.Equal(3, world.TargetGroups.Count());
        Assert.Equal(3, world.AddedRules.Count());
    }

    [Fact]
    public void A_group_that_somebody_else_s_listener_leads_to_is_tried_for_a_while_and_then_told_of()
    {
        world.Build(World.Document($"{Orders}, {Ledger}"));
        using var person = OperatorClients.Of(world.Cloud);
        var ledger = world.TargetGroups.Single(static one => one.Tags[ResourceTags.Database] == "ledger/writer");
        var listener = world.Cloud.Time.Run(() => person.LoadBalancing.CreateListenerAsync(new CreateListenerRequest
        {
            LoadBalancerArn = world.Balancer.Arn,
            Protocol = Amazon.ElasticLoadBalancingV2.ProtocolEnum.TCP,
            Port = 9999,
            DefaultActions = [new() { Type = Amazon.ElasticLoadBalancingV2.ActionTypeEnum.Forward, TargetGroupArn = ledger.Arn }],
        })).Listeners[0].ListenerArn;

        var run = world.Provision(World.Document(Orders));

        Assert.Equal((ExecutionStatus.Failed, "LeftoverInUseException"), (run.Status, run.Error));
        Assert.Contains(ledger.Name, run.Cause, StringComparison.Ordinal);
        world.Cloud.Time.Run(() => person.LoadBalancing.DeleteListenerAsync(new DeleteListenerRequest { ListenerArn = listener }));
        Assert.StartsWith("target group", Removed(world.Build(World.Document(Orders)))[0], StringComparison.Ordinal);
        Assert.Single(world.TargetGroups);
    }

    /// <summary>What is gone has no tags any more, and only by its tags may it be deleted. Somebody's own deletion travels meanwhile, and may be slow.</summary>
    [Theory]
    [InlineData("Listener")]
    [InlineData("TargetGroup")]
    public void A_deletion_that_is_denied_of_what_is_gone_meanwhile_is_no_error(string kind) =>
        Assert.Contains(Enumerable.Range(1, 4), seed => EndsWellThough(new World(seed), kind));

    private static bool EndsWellThough(World world, string kind)
    {
        world.Build(World.Document($"{Orders}, {Ledger}"));
        using var person = OperatorClients.Of(world.Cloud);
        var (listener, group) = (world.Listeners.Single(static one => one.Port == 3306).Arn, world.TargetGroups.Single(static one => one.Tags[ResourceTags.Database] == "ledger/writer").Arn);
        var looks = new List<string>();
        world.Cloud.Faults.Draw = call =>
        {
            if (call.Caller.Name != "RemoveLeftovers") return null;
            if (call.Operation.Name == $"Describe{kind}s") looks.Add(call.Operation.Name);
            if (looks.Count == 1 && call.Operation.Name == looks[0])
            {
                _ = kind == "Listener"
                    ? (Task)person.LoadBalancing.DeleteListenerAsync(new DeleteListenerRequest { ListenerArn = listener })
                    : person.LoadBalancing.DeleteTargetGroupAsync(new DeleteTargetGroupRequest { TargetGroupArn = group });
            }

            return call.Operation.Name == $"Delete{kind}" ? FaultKind.Denied : null;
        };
        return world.Provision(World.Document(Orders)).Status is ExecutionStatus.Succeeded && looks.Count == 2 && world.TargetGroups.Count() == 1;
    }

    [Fact]
    public void A_deletion_that_is_denied_of_what_stands_ends_the_run()
    {
        world.Build(World.Document($"{Orders}, {Ledger}"));
        world.Cloud.Faults.Plan(FaultKind.Denied, static call => call.Operation.Name == "DeleteTargetGroup");

        var run = world.Provision(World.Document(Orders));

        Assert.StartsWith("RemoveLeftovers: ", run.Cause, StringComparison.Ordinal);
        Assert.Equal(2, Removed(world.Build(World.Document(Orders))).Length);
    }

    private static string[] Removed(JsonElement output) => [.. output.GetProperty("Removed").EnumerateArray().Select(static one => one.GetString()!)];
}
