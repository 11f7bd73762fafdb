using System.Text.Json;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Ec2;
using LocalAws.States.Running;
using LocalAws.Wire;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;
using Action = System.Action;
using Execution = LocalAws.States.Running.Execution;

namespace ServerlessPrivateLink.Tests.Release;

public sealed class ReleaseTests
{
    private const string Two = """{ "instance": "orders-prod" }, { "cluster": "ledger", "endpoint": "writer", "listenerPort": 5433 }""";
    private const string Forced = """{ "name": "orders", "force": true }""";
    private const string Named = "133737826969";

    [Fact]
    public void A_link_is_released_to_the_last_rule_and_people_are_told()
    {
        var world = new World();
        var rules = world.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroupRule>().Select(static rule => rule.Id).ToArray();
        world.Build(World.Document(Two));
        var built = Remains.Of(world);

        var released = Succeed(world.Release());

        Assert.Empty(Remains.Of(world));
        Assert.Equal(rules, world.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroupRule>().Select(static rule => rule.Id));
        Assert.Equal(0, released.GetProperty("Remaining").GetArrayLength());
        Assert.Subset(built.ToHashSet(StringComparer.Ordinal), Ids(released, "Removed").ToHashSet(StringComparer.Ordinal));
        Assert.Equal(["endpoint service", "load balancer", "target group", "target group", "ingress rule", "ingress rule", "security group"], Texts(released, "Removed", "Kind"));
        Assert.Equal("[info] link.released orders", world.Alerts[^1].Subject);
    }

    [Fact]
    public void A_second_release_changes_nothing_and_tells_nobody()
    {
        var world = new World();
        world.Build(World.Document());
        Succeed(world.Release());
        var place = world.Cloud.Calls.Count;

        var again = Succeed(world.Release());

        Assert.Empty(world.ChangesSince(place));
        Assert.Equal(0, again.GetProperty("Removed").GetArrayLength());
    }

    [Fact]
    public void A_link_that_was_released_can_be_built_again()
    {
        var world = new World();
        world.Build(World.Document());
        var first = world.Service.Id;
        Succeed(world.Release());

        world.Build(World.Document());

        Assert.NotEqual(first, world.Cloud.Ec2.All<EndpointService>().Last().Id);
        Assert.Empty(world.Changes(World.Document()));
    }

    [Theory]
    [InlineData(false, "waits to be accepted")]
    [InlineData(true, "is connected")]
    public void A_link_in_use_stays_and_the_alert_says_who_uses_it(bool accepted, string how)
    {
        var world = new World();
        world.Build(World.Document(consumers: accepted ? $"\"{Named}\"" : $$"""{ "principal": "{{Named}}", "accept": "ask" }"""));
        var connection = Connect(world);
        var (before, place) = (Remains.Of(world), world.Cloud.Calls.Count);

        var refused = world.Release();

        Assert.Equal((ExecutionStatus.Failed, "LinkInUseException"), (refused.Status, refused.Error));
        Assert.Equal(before, Remains.Of(world));
        Assert.Equal(["sns:Publish"], world.ChangesSince(place).ToArray());
        Assert.Equal("[warning] release.failed orders", world.Alerts[^1].Subject);
        Assert.Contains($"{connection.EndpointId} of the account {Named} {how}", world.Alerts[^1].Message, StringComparison.Ordinal);
        Assert.Contains("force", world.Alerts[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_force_connections_are_rejected_and_people_are_told_of_each()
    {
        var world = new World();
        world.Build(World.Document(consumers: $$"""{ "principal": "{{Named}}", "maxConnections": 1 }"""));
        EndpointConnection[] connections = [Connect(world), Connect(world)];
        var told = world.Alerts.Count;

        Succeed(world.Release(Forced));

        Assert.Empty(Remains.Of(world));
        Assert.All(connections, connection => Assert.Equal("rejected", connection.StateAt(world.Cloud.Time.GetUtcNow())));
        Assert.Equal(
            ["[warning] connection.rejected orders", "[warning] connection.rejected orders", "[info] link.released orders"],
            world.Alerts.Skip(told).Select(static alert => alert.Subject));
        Assert.Contains("The link is released, and that was forced.", world.Alerts[told].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_rejected_or_has_left_keeps_nothing()
    {
        var world = new World();
        world.Build(World.Document());
        var (left, rejected) = (Connect(world), Connect(world));
        world.Cloud.Ec2.Services.Disconnect(left);
        using var operators = OperatorClients.Of(world.Cloud);
        world.Cloud.Time.Run(() => operators.Ec2.RejectVpcEndpointConnectionsAsync(new RejectVpcEndpointConnectionsRequest { ServiceId = world.Service.Id, VpcEndpointIds = [rejected.EndpointId] }));

        Succeed(world.Release());

        Assert.Empty(Remains.Of(world));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_connection_that_comes_at_the_last_moment_is_not_overlooked(bool isForced)
    {
        var world = new World();
        world.Build(World.Document());
        AtCall(world, static call => call.Operation.Name == "DeleteVpcEndpointServiceConfigurations", () => world.Cloud.Ec2.Services.Connect(world.Service.Name, Named));

        var run = world.Release(isForced ? Forced : """{ "name": "orders" }""");

        Assert.Equal(isForced ? null : "LinkInUseException", run.Error);
        Assert.Equal(isForced, Remains.Of(world).Length == 0);
        if (!isForced) Assert.Equal("Available", world.Service.StateAt(world.Cloud.Time.GetUtcNow()));
    }

    [Fact]
    public void Rules_of_others_and_other_links_stay()
    {
        var world = new World();
        world.Build(World.Document());
        world.Build(World.Document().Replace("\"orders\"", "\"other\"", StringComparison.Ordinal));
        using var operators = OperatorClients.Of(world.Cloud);
        var group = world.AddedRules.First().GroupId;
        var tags = new Amazon.EC2.Model.Tag { Key = ResourceTags.Link, Value = World.LinkName };
        world.Cloud.Time.Run(() => operators.Ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest
        {
            GroupId = group,
            IpPermissions = [new() { IpProtocol = "tcp", FromPort = 5432, ToPort = 5432, Ipv4Ranges = [new() { CidrIp = "10.99.0.0/16" }] }],
            TagSpecifications = [new() { ResourceType = "security-group-rule", Tags = [tags, new() { Key = ResourceTags.Stack, Value = "another-stack" }] }],
        }));
        var others = Remains.Of(world, "other");

        Succeed(world.Release());

        Assert.Empty(Remains.Of(world));
        Assert.Equal(others, Remains.Of(world, "other"));
        Assert.Contains(world.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroupRule>(), static rule => rule.Spec.Peer == "10.99.0.0/16");
    }

    [Fact]
    public void What_somebody_built_on_the_links_security_group_is_named_and_the_next_run_finishes()
    {
        var world = new World();
        world.Build(World.Document());
        using var operators = OperatorClients.Of(world.Cloud);
        var ours = world.OwnGroupId;
        var theirs = world.Cloud.Time.Run(() => operators.Ec2.CreateSecurityGroupAsync(new CreateSecurityGroupRequest { GroupName = "theirs", Description = "theirs", VpcId = World.Home })).GroupId;
        IpPermission permission = new() { IpProtocol = "tcp", FromPort = 5432, ToPort = 5432, UserIdGroupPairs = [new() { GroupId = ours }] };
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(10));
        world.Cloud.Time.Run(() => operators.Ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest { GroupId = theirs, IpPermissions = [permission] }));

        var run = world.Release();

        Assert.Equal("NotGoneException", run.Error);
        Assert.Contains($"security group {ours} (named by inbound rules of {theirs})", world.Alerts[^1].Message, StringComparison.Ordinal);
        world.Cloud.Time.Run(() => operators.Ec2.RevokeSecurityGroupIngressAsync(new RevokeSecurityGroupIngressRequest { GroupId = theirs, IpPermissions = [permission] }));
        Succeed(world.Release());
        Assert.Empty(Remains.Of(world));
    }

    [Fact]
    public void Deletion_protection_is_named_with_what_to_do()
    {
        var world = new World();
        world.Build(World.Document());
        using var operators = OperatorClients.Of(world.Cloud);
        world.Cloud.Time.Run(() => operators.LoadBalancing.ModifyLoadBalancerAttributesAsync(new ModifyLoadBalancerAttributesRequest
        {
            LoadBalancerArn = world.Balancer.Arn,
            Attributes = [new() { Key = "deletion_protection.enabled", Value = "true" }],
        }));

        var run = world.Release();

        Assert.Equal("DeletionRefusedException", run.Error);
        Assert.Contains("Turn its deletion protection off.", world.Alerts[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_late_function_makes_is_found_by_the_last_look()
    {
        var world = new World();
        world.Build(World.Document());
        using var operators = OperatorClients.Of(world.Cloud);
        var tags = world.TargetGroups.First().Tags.Values.Select(static tag => new Amazon.ElasticLoadBalancingV2.Model.Tag { Key = tag.Key, Value = tag.Value }).ToList();
        var late = new CreateTargetGroupRequest { Name = "pl-late", Protocol = "TCP", Port = 5432, VpcId = World.Home, TargetType = "ip", Tags = tags };
        AtCall(world, call => call.Caller.Name == "DeleteSecurityGroup" && Remains.Of(world).Length == 0, () => _ = operators.LoadBalancing.CreateTargetGroupAsync(late));

        var released = Succeed(world.Release());

        Assert.Empty(Remains.Of(world));
        Assert.Contains(Ids(released, "Removed"), static id => id.Contains("pl-late", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "$.name")]
    [InlineData("""{ "name": "Orders!" }""", "$.name")]
    [InlineData("""{ "name": "orders", "force": "yes" }""", "$.force")]
    [InlineData("""{ "name": "orders", "forse": true }""", "did you mean \"force\"")]
    [InlineData("[]", "$: A request for a release must be an object")]
    public void A_request_that_says_something_else_is_refused_before_anything_is_removed(string request, string said)
    {
        var world = new World();
        world.Build(World.Document());
        var before = Remains.Of(world);

        var run = world.Release(request);

        Assert.Equal("ReleaseRequestInvalidException", run.Error);
        Assert.Contains(said, world.Alerts[^1].Message, StringComparison.Ordinal);
        Assert.Equal(before, Remains.Of(world));
    }

    [Fact]
    public void Schedules_that_run_meanwhile_do_no_harm_and_raise_no_alarm()
    {
        var world = new World();
        world.Build(World.Document(Two));
        world.Cloud.Scheduler.Start();
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(6));
        Connect(world);
        var (told, place) = (world.Alerts.Count, world.Cloud.Calls.Count);

        Succeed(world.Release(Forced));
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(15));
        world.Cloud.Scheduler.Stop();

        Assert.Empty(Remains.Of(world));
        Assert.Equal(["[warning] connection.rejected orders", "[info] link.released orders"], world.Alerts.Skip(told).Select(static alert => alert.Subject));
        Assert.DoesNotContain(world.Cloud.Calls.Since(place), static call => call.Action.Contains(":Create", StringComparison.Ordinal) && call.Action != "ec2:CreateTags");
        Assert.Empty(world.Cloud.Sqs.Messages(world.Deployed.Queues["UndeliveredEvents"].Arn));
    }

    private static JsonElement Succeed(Execution run)
    {
        Assert.True(run.Status is ExecutionStatus.Succeeded, $"{run.Error}: {run.Cause}");
        return JsonDocument.Parse(run.Output!).RootElement;
    }

    private static EndpointConnection Connect(World world)
    {
        var connection = world.Cloud.Ec2.Services.Connect(world.Service.Name, Named);
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));
        return connection;
    }

    /// <summary>Something happens when a call comes in, once.</summary>
    private static void AtCall(World world, Func<ApiCall, bool> which, Action happen)
    {
        var isOver = false;
        world.Cloud.Faults.Draw = call =>
        {
            if (isOver || !which(call)) return null;
            isOver = true;
            happen();
            return null;
        };
    }

    private static string[] Ids(JsonElement released, string list) => Texts(released, list, "Id");

    private static string[] Texts(JsonElement released, string list, string member) => [.. released.GetProperty(list).EnumerateArray().Select(one => one.GetProperty(member).GetString()!)];
}
