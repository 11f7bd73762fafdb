using System.Text;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.CloudFormation;
using LocalAws.Rds;
using LocalAws.States.Running;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Rehearsal;
using Xunit;
using Tag = Amazon.ElasticLoadBalancingV2.Model.Tag;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class PermissionUseTests
{
    [Fact]
    public void No_permission_could_be_taken_away()
    {
        var world = new World();
        var host = $$"""{ "host": "{{World.Warehouse}}", "port": 5439, "listenerPort": 7003, "allowedCidrs": ["10.9.0.0/16"] }""";
        string Document(int orders, int ledger, string consumers) => World.Document(
            $$"""{{host}}, { "instance": "orders-prod", "listenerPort": {{orders}}, "standby": "keep" }, { "cluster": "ledger", "endpoint": "writer", "listenerPort": {{ledger}} }""", consumers);

        world.Build(World.Document(host, "\"133737826969\", \"210987654321\"", """, "awaitConnection": "PT1M" """));
        ConnectTwo(world, "210987654321");
        world.Build(Document(7001, 7002, "\"133737826969\""));
        RecoveryTests.ChangeHealthCheck(world);
        ChangeTag(world);
        world.Build(Document(7002, 7001, """{ "principal": "133737826969", "accept": "ask", "regions": ["eu-west-1"], "endpointIds": ["vpce-0123456789abcdef0"] }"""));
        AnswerByHand(world);
        world.Provision("{}");
        FollowEverything(world);
        world.Build(Document(7002, 7001, """{ "principal": "133737826969", "accept": "never" }"""));
        world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969");
        Review(world);
        Invoke(world, "ReportExecution", """{ "detail": { "executionArn": "arn:aws:states:eu-central-1:111122223333:execution:Provision:run", "status": "TIMED_OUT" } }""");

        FailAndRelease(world);
        Release(world);
        Deploy(world);

        Assert.Equal("", string.Join("\n", world.Deployed.Dispensable(world.Cloud.Access)));
    }

    /// <summary>A tag that somebody changed, a minute of the schedule, and a failover with its events.</summary>
    private static void FollowEverything(World world)
    {
        var ledger = world.Cloud.Rds.FindCluster("ledger")!;
        world.Cloud.Scheduler.Start();
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));
        world.Cloud.Rds.Failovers.Begin(ledger, ledger.Members.First(static member => !member.IsWriter).Identifier, FailoverCourse.Plain(FailoverKind.Cluster));
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(5));
        world.Cloud.Scheduler.Stop();
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(15));
    }

    /// <summary>One endpoint that a person accepts in the console, so that no review notes anything on it, and one that a review accepts.</summary>
    private static void ConnectTwo(World world, string account)
    {
        using var operators = OperatorClients.Of(world.Cloud);
        var accepted = world.Cloud.Ec2.Services.Connect(world.Service.Name, account);
        world.Cloud.Time.Advance(TimeSpan.FromMilliseconds(1));
        world.Cloud.Time.Run(() => operators.Ec2.AcceptVpcEndpointConnectionsAsync(new AcceptVpcEndpointConnectionsRequest { ServiceId = world.Service.Id, VpcEndpointIds = [accepted.EndpointId] }));
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        var reviewed = world.Cloud.Ec2.Services.Connect(world.Service.Name, account);
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((false, true), (accepted.Tags.Any, reviewed.Tags.Any));
    }

    /// <summary>One endpoint is let in against the rule, which is withdrawn, and is rejected in the end; another is rejected at once.</summary>
    private static void AnswerByHand(World world)
    {
        var (first, second) = (world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969"), world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969"));
        world.Cloud.Time.Advance(TimeSpan.FromMilliseconds(1));
        Answer(first.EndpointId, "Accept", "true", "false");
        Answer(first.EndpointId, "Accept", "false", "true");
        Answer(first.EndpointId, "Reject", "false", "false");
        Answer(second.EndpointId, "Reject", "false", "false");

        void Answer(string endpoint, string verdict, string isOverride, string isWithdrawn) => Invoke(world, "AnswerConnection", $$"""
            { "Link": "orders", "EndpointId": "{{endpoint}}", "Verdict": "{{verdict}}", "Override": {{isOverride}}, "Withdraw": {{isWithdrawn}}, "Reason": "", "Who": "arn:aws:iam::111122223333:user/anna" }
            """);
    }

    /// <summary>A run that fails turned a listener to a target group of its own and made another listener.</summary>
    private static void FailAndRelease(World world)
    {
        world.Cloud.Ec2.Ports.Close(System.Net.IPAddress.Parse("10.9.0.5"), null, world.Cloud.Time.GetUtcNow());
        var run = world.Provision(World.Document(
            $$"""{ "host": "{{World.Warehouse}}", "port": 5440, "listenerPort": 7003, "allowedCidrs": ["10.9.0.0/16"] }, { "instance": "orders-prod", "listenerPort": 7009 }""",
            more: """, "onFailure": "release" """));
        Assert.Equal("TargetsNotHealthyException", run.Error);
        world.Cloud.Ec2.Ports.Open(System.Net.IPAddress.Parse("10.9.0.5"), null, [], world.Cloud.Time.GetUtcNow());
    }

    /// <summary>In use it is refused; then one connection is cut that a review has noted something on, and one that nobody has.</summary>
    private static void Release(World world)
    {
        world.Build(World.Document(consumers: "\"133737826969\""));
        world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));
        world.Release();
        world.Cloud.Ec2.Services.IsMute = true;
        world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969");
        // A last look reads the tags of what is there, and that is another link's.
        world.Build(World.Document().Replace("\"orders\"", "\"other\"", StringComparison.Ordinal));
        Assert.Equal(ExecutionStatus.Succeeded, world.Release("""{ "name": "orders", "force": true }""").Status);
    }

    /// <summary>A stack that thinks better of what it asked, one whose link takes too long, and the end of both, with a look at what stands.</summary>
    private static void Deploy(World world)
    {
        var sales = World.Document().Replace("\"orders\"", "\"sales\"", StringComparison.Ordinal);
        _ = Ask("Create", "DeployLink", sales);
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(20));
        var built = world.Cloud.Time.Run(() => Ask("Create", "DeployLink", sales));
        Assert.True(built.Succeeded, built.Reason);
        Assert.True(world.Cloud.Time.Run(() => Ask("Delete", "DeployLink", sales, built.PhysicalId)).Succeeded);

        var machine = world.Cloud.StepFunctions.Machine(world.Deployed.StateMachines["Provision"].Arn).Settings;
        world.Cloud.StepFunctions.Add(machine with { Definition = """{ "StartAt": "Sleep", "States": { "Sleep": { "Type": "Wait", "Seconds": 36000, "End": true } } }""" });
        _ = Ask("Create", "DeployLink", sales);
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(51));
        Invoke(world, "AnswerEnded", "{}");
        Assert.False(world.Cloud.Time.Run(() => Ask("Delete", "GuardLinks", "")).Succeeded);

        Task<CustomAnswer> Ask(string type, string function, string document, string? physicalId = null) => world.Cloud.CloudFormation.AskAsync(
            type,
            world.Deployed.Id,
            new("Sales", "Custom::Link", new() { ["ServiceToken"] = world.Deployed.Functions[function].Arn, ["Document"] = document }),
            physicalId);
    }

    private static void Review(World world) => Invoke(world, "ReviewConnections", "{}");

    private static void Invoke(World world, string function, string payload)
    {
        var invocation = world.Cloud.Time.Run(() => world.Cloud.Lambda.InvokeAsync(world.Deployed.Functions[function], Encoding.UTF8.GetBytes(payload), "by-hand"));
        Assert.Null(invocation.FunctionError);
    }

    private static void ChangeTag(World world)
    {
        using var operators = OperatorClients.Of(world.Cloud);
        var group = world.TargetGroups.First(static group => group.Tags[ResourceTags.Database] == "orders-prod").Arn;
        world.Cloud.Time.Run(() => operators.LoadBalancing.AddTagsAsync(
            new AddTagsRequest { ResourceArns = [group], Tags = [new Tag { Key = ResourceTags.Host, Value = "elsewhere.example" }] }));
    }
}
