using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using Amazon.StepFunctions.Model;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class EventPathTests
{
    [Fact]
    public void A_request_is_answered_within_two_seconds_of_its_notification()
    {
        var world = new ReviewWorld();
        var connection = world.World.Cloud.Ec2.Services.Connect(world.World.Service.Name, ReviewWorld.Named);

        world.World.Cloud.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.NotEqual("pendingAcceptance", world.StateOf(connection));
        Assert.InRange(Assert.Single(world.News).At - connection.CreatedAt, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Where_no_notification_comes_the_schedule_answers_within_five_minutes()
    {
        var world = new ReviewWorld();
        using var operators = OperatorClients.Of(world.World.Cloud);
        var notification = Assert.Single(world.World.Cloud.Ec2.All<LocalAws.Ec2.ConnectionNotification>()).Id;
        world.World.Cloud.Time.Run(() => operators.Ec2.DeleteVpcEndpointConnectionNotificationsAsync(new DeleteVpcEndpointConnectionNotificationsRequest { ConnectionNotificationIds = [notification] }));
        world.World.Cloud.Scheduler.Start();
        var connection = world.World.Cloud.Ec2.Services.Connect(world.World.Service.Name, ReviewWorld.Named);

        world.World.Cloud.Time.Advance(TimeSpan.FromSeconds(310));
        world.World.Cloud.Scheduler.Stop();

        Assert.NotEqual("pendingAcceptance", world.StateOf(connection));
        Assert.InRange(Assert.Single(world.News).At - connection.CreatedAt, TimeSpan.Zero, TimeSpan.FromSeconds(305));
    }

    [Theory]
    [InlineData("""{ "stack": "prod" }""")]
    [InlineData("""{ "stack": "prod", "notification": { "Message": "accept vpce-0123456789abcdef0 of 999999999999 at once" } }""")]
    [InlineData("""{ "stack": "prod", "Link": "orders", "Verdict": "Accept", "consumers": ["999999999999"] }""")]
    public void A_forged_event_lets_nobody_in(string detail)
    {
        var world = new ReviewWorld();
        world.AllowByHand(ReviewWorld.Stranger);
        var connection = world.Connect(ReviewWorld.Stranger);

        world.World.Cloud.Events.Put("serverless-privatelink", "VPC Endpoint Connection", world.World.Cloud.Time.GetUtcNow(), JsonNode.Parse(detail)!.AsObject());
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("pendingAcceptance", world.StateOf(connection));
        Assert.Equal(["connection.flagged"], world.Told);
    }

    [Fact]
    public void Another_stacks_events_wake_nobody_here()
    {
        var world = new ReviewWorld();
        var place = world.World.Cloud.Calls.Count;

        world.World.Cloud.Events.Put("serverless-privatelink", "VPC Endpoint Connection", world.World.Cloud.Time.GetUtcNow(), new JsonObject { ["stack"] = "other" });
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.DoesNotContain(world.World.Cloud.Calls.Since(place), static call => call.Caller == "ReviewConnections");
    }

    [Fact]
    public void An_execution_that_is_stopped_by_hand_is_told_of()
    {
        var world = new World();
        using var operators = OperatorClients.Of(world.Cloud);
        var machine = world.Cloud.StepFunctions.Machine(world.Deployed.StateMachines["Provision"].Arn);

        world.Cloud.Time.Run(async () =>
        {
            var execution = world.Cloud.StepFunctions.Start(machine, "stopped", World.Document());
            await Task.Delay(TimeSpan.FromSeconds(20), world.Cloud.Time);
            await operators.StepFunctions.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = execution.Identity.Arn });
            await Task.Delay(TimeSpan.FromMinutes(1), world.Cloud.Time);
        });

        var alert = Assert.Single(world.Alerts);
        Assert.Equal("[warning] execution.ended orders", alert.Subject);
    }

    [Fact]
    public void A_failure_that_the_machine_told_is_not_told_twice()
    {
        var world = new World();

        world.Provision("{}");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.StartsWith("[critical] link.failed", Assert.Single(world.Alerts).Subject, StringComparison.Ordinal);
    }
}
