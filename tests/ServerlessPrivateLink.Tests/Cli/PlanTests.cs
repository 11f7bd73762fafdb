using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Access;
using ServerlessPrivateLink.Cli.Plans;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.House;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class PlanTests
{
    private const string Reading = """
        { "Effect": "Allow", "Resource": "*", "Action": [
            "tag:GetResources", "states:ListExecutions", "states:DescribeExecution", "states:GetExecutionHistory",
            "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcEndpointConnectionNotifications", "ec2:DescribeVpcEndpointConnections",
            "ec2:DescribeVpcEndpointServiceConfigurations", "ec2:DescribeVpcEndpointServicePermissions",
            "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTags",
            "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth" ] }
        """;

    private static readonly string Other = World.Document(
        databases: """{ "instance": "orders-prod", "listenerPort": 6543 }, { "cluster": "ledger", "listenerPort": 5433 }""",
        consumers: """{ "principal": "133737826969", "accept": "ask", "regions": ["eu-west-1"] }, "210987654321" """,
        more: """, "ingress": "subnetCidrs" """);

    private readonly World world = new();

    // What AWS shows at once nobody has to try twice: then the calls can be counted.
    public PlanTests() => world.Cloud.Visibility.Longest = TimeSpan.Zero;

    [Fact]
    public void The_plan_of_a_new_link_is_what_provisioning_then_does()
    {
        var plan = Plan(World.Document());
        var changes = Changes(World.Document());
        var after = Plan(World.Document());

        Assert.Equal((4, ""), (plan.ExitCode, plan.Error));
        Assert.Equal(changes, Actions(plan));
        Assert.Equal((0, 0), (after.ExitCode, after.Json.GetProperty("changes").GetArrayLength()));
        Assert.True(plan.Json.GetProperty("usdBefore").GetDecimal() == 0 && plan.Json.GetProperty("usdAfter").GetDecimal() > 10);
        Assert.Equal(plan.Json.GetProperty("usdAfter").GetDecimal(), after.Json.GetProperty("usdBefore").GetDecimal());
    }

    [Fact]
    public void The_plan_of_a_change_is_what_provisioning_then_does()
    {
        world.Build(World.Document());

        var plan = Plan(Other);

        Assert.Equal(4, plan.ExitCode);
        Assert.Equal(Changes(Other), Actions(plan));
        Assert.Equal(0, Plan(Other).ExitCode);
    }

    /// <summary>A database and a consumer leave, a port moves, the ingress rules become others.</summary>
    [Fact]
    public void The_plan_of_a_removal_is_what_provisioning_then_does()
    {
        world.Build(Other);

        var plan = Plan(World.Document());

        Assert.Equal(Changes(World.Document()), Actions(plan));
        var removed = plan.Json.GetProperty("changes").EnumerateArray().Where(static change => change.GetProperty("kind").GetString() == "remove").Select(static change => change.GetProperty("what").GetString()!).ToList();
        Assert.Contains(removed, static what => what.StartsWith("target group pl-orders-ledger-writer-", StringComparison.Ordinal));
        Assert.Equal(2, removed.Count(static what => what.StartsWith("listener", StringComparison.Ordinal)));
        Assert.Equal(6, removed.Count(static what => what.StartsWith("rules of sg-", StringComparison.Ordinal)));
        Assert.Equal(plan.Json.GetProperty("usdBefore").GetDecimal(), plan.Json.GetProperty("usdAfter").GetDecimal());
        Assert.Equal(0, Plan(World.Document()).ExitCode);
    }

    [Fact]
    public void A_plan_changes_nothing()
    {
        var place = world.Cloud.Calls.Count;

        Plan(Other);

        Assert.DoesNotContain(world.Cloud.Calls.Since(place), static call => call.Mutates && call.Action != "lambda:Invoke");
        Assert.Empty(world.TargetGroups);
    }

    [Fact]
    public void A_plan_is_told_in_words()
    {
        using var file = new TemporaryFile(World.Document());

        var run = Operator.Run(world.Cloud, "plan", file.Path);

        Assert.Contains("+ target group pl-orders-orders-prod-5-", run.Output, StringComparison.Ordinal);
        Assert.Contains("+ internal Network Load Balancer pl-orders-prod", run.Output, StringComparison.Ordinal);
        Assert.Contains("+ allowed principals arn:aws:iam::133737826969:root", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"cost: about 0\.00 USD a month now, \d+\.\d\d after", run.Output);
    }

    [Fact]
    public void A_link_that_the_account_does_not_allow_is_refused_with_every_reason()
    {
        var run = Plan(World.Document(databases: """{ "instance": "nowhere" }, { "cluster": "nothing", "listenerPort": 5433 }"""));

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(2, run.Json.GetProperty("failure").GetProperty("reasons").GetArrayLength());
    }

    [Fact]
    public void A_document_that_is_wrong_is_told_before_anything_is_asked()
    {
        var place = world.Cloud.Calls.Count;

        var run = Plan("""{ "name": "orders" }""");

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain(world.Cloud.Calls.Since(place), static call => call.Action == "lambda:Invoke");
    }

    [Fact]
    public void Who_may_not_invoke_the_resolver_gets_the_plan_without_targets_and_is_told_so()
    {
        using var file = new TemporaryFile(World.Document());
        var policy = Allowing($$"""{{Reading}}, { "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "{{world.Deployed.Functions["PlanLink"].Arn}}" }""");

        var run = Operator.RunAs(world.Cloud, Operator.Limited(world.Cloud, policy), "plan", file.Path, "--json");

        Assert.Equal(4, run.ExitCode);
        Assert.DoesNotContain("elasticloadbalancing:RegisterTargets", Actions(run), StringComparer.Ordinal);
        Assert.Contains("may not invoke ResolveAddresses", Assert.Single(run.Json.GetProperty("skipped").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_is_what_people_changed_by_hand_and_needs_no_permission_beyond_reading()
    {
        world.Build(World.Document());
        Assert.Equal((0, ""), (Drift().ExitCode, Drift().Error));
        ChangeByHand();

        var drift = Drift();

        Assert.Equal(4, drift.ExitCode);
        Assert.Equal(
            [
                "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags", "ec2:ModifyVpcEndpointServicePermissions",
                "elasticloadbalancing:AddTags", "elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:ModifyTargetGroup",
            ],
            Actions(drift));
        var place = world.Cloud.Calls.Count;
        Assert.Equal(0, Operator.Run(world.Cloud, "repair", "orders").ExitCode);
        Assert.Equal(world.ChangesSince(place).Order(StringComparer.Ordinal), Actions(drift));
        Assert.Equal(0, Drift().ExitCode);
    }

    [Fact]
    public void A_link_that_nobody_built_has_no_drift_to_show()
    {
        var run = Drift();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("LINK: found orders", run.Json.GetProperty("failure").GetProperty("cause").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_was_released_has_not_drifted_and_is_not_repaired()
    {
        world.Build(World.Document());
        Assert.Equal(0, Operator.Run(world.Cloud, "down", "orders").ExitCode);

        var (drift, repair) = (Drift(), Operator.Run(world.Cloud, "repair", "orders"));

        Assert.Equal((2, 2), (drift.ExitCode, repair.ExitCode));
        Assert.Contains("has released since it was built", repair.Error, StringComparison.Ordinal);
        Assert.Empty(world.TargetGroups);
    }

    /// <summary>A state that is added to the machine and changes something must be planned, too.</summary>
    [Fact]
    public void Every_state_of_the_machine_is_planned_or_changes_nothing()
    {
        string[] reading = ["PlanLink", "ResolveAddresses", "CheckLoadBalancer", "CheckTargets", "ProbeDatabase"];
        string[] telling = ["AnswerAnnounced", "CheckConnection", "ReportFailure"];
        string[] undoing = ["ReleaseMade"];
        using var machine = JsonDocument.Parse(File.ReadAllText(Repository.At("statemachine/provision.asl.json")));

        Assert.Equal(
            [.. PlannedRun.Runs.Concat(reading).Concat(telling).Concat(undoing).Order(StringComparer.Ordinal)],
            Tasks(machine.RootElement).Order(StringComparer.Ordinal).ToArray());
    }

    private static IEnumerable<string> Tasks(JsonElement machine) => machine.GetProperty("States").EnumerateObject().SelectMany(static state =>
        state.Value.TryGetProperty("Branches", out var branches) ? branches.EnumerateArray().SelectMany(Tasks)
        : state.Value.GetProperty("Type").GetString() == "Task" ? [state.Name]
        : []);

    private void ChangeByHand()
    {
        using var person = OperatorClients.Of(world.Cloud);
        var group = world.TargetGroups.First().Arn;
        RecoveryTests.ChangeHealthCheck(world);
        Do(() => person.LoadBalancing.AddTagsAsync(new AddTagsRequest { ResourceArns = [group], Tags = [new() { Key = ResourceTags.Host, Value = "elsewhere.example" }] }));
        Do(() => person.LoadBalancing.ModifyLoadBalancerAttributesAsync(new ModifyLoadBalancerAttributesRequest
        {
            LoadBalancerArn = world.Balancer.Arn,
            Attributes = [new() { Key = "load_balancing.cross_zone.enabled", Value = "false" }],
        }));
        var rule = world.AddedRules.First(static rule => !rule.Egress);
        Do(() => person.Ec2.RevokeSecurityGroupIngressAsync(new RevokeSecurityGroupIngressRequest { GroupId = rule.GroupId, SecurityGroupRuleIds = [rule.Id] }));
        Do(() => person.Ec2.ModifyVpcEndpointServicePermissionsAsync(new ModifyVpcEndpointServicePermissionsRequest
        {
            ServiceId = world.Service.Id,
            RemoveAllowedPrincipals = ["arn:aws:iam::133737826969:root"],
        }));
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(10));

        void Do<T>(Func<Task<T>> change) => world.Cloud.Time.Run(change);
    }

    private string[] Changes(string document) => [.. world.Changes(document).Order(StringComparer.Ordinal)];

    private Run Plan(string document)
    {
        using var file = new TemporaryFile(document);
        return Operator.Run(world.Cloud, "plan", file.Path, "--json");
    }

    private Run Drift() => Operator.RunAs(world.Cloud, Operator.Limited(world.Cloud, Allowing(Reading)), "drift", "orders", "--json");

    private static string[] Actions(Run run) => [.. run.Json.GetProperty("changes").EnumerateArray().Select(static change => change.GetProperty("action").GetString()!).Order(StringComparer.Ordinal)];

    private static Policy Allowing(string statements) => Policy.Read("allowed", JsonNode.Parse($$"""{ "Version": "2012-10-17", "Statement": [{{statements}}] }"""));
}
