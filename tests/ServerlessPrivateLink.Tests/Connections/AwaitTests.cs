using System.Text.Json;
using Amazon.EC2.Model;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class AwaitTests
{
    [Fact]
    public void Provisioning_ends_when_the_first_consumer_is_connected()
    {
        var world = new World();
        var machine = world.Cloud.StepFunctions.Machine(world.Deployed.StateMachines["Provision"].Arn);

        var output = world.Cloud.Time.Run(async () =>
        {
            var execution = world.Cloud.StepFunctions.Start(machine, "await", World.Document(more: """, "awaitConnection": "PT24H" """));
            await Task.Delay(TimeSpan.FromHours(3), world.Cloud.Time);
            Assert.Equal(ExecutionStatus.Running, execution.Status);
            var connection = world.Cloud.Ec2.Services.Connect(world.Service.Name, ReviewWorld.Named);
            using var operators = OperatorClients.Of(world.Cloud);
            await operators.Ec2.AcceptVpcEndpointConnectionsAsync(new AcceptVpcEndpointConnectionsRequest { ServiceId = world.Service.Id, VpcEndpointIds = [connection.EndpointId] });
            await Task.Delay(TimeSpan.FromMinutes(7), world.Cloud.Time);
            Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
            return execution.Output!;
        });

        Assert.Equal("orders", JsonDocument.Parse(output).RootElement.GetProperty("Link").GetString());
        Assert.DoesNotContain(world.Alerts, static alert => alert.Subject!.Contains("connection.missing", StringComparison.Ordinal));
        var checks = world.Cloud.Calls.Since(0).Count(static call => call.Caller == "CheckConnection");
        Assert.InRange(checks, 120 + 24, 125 + 26);
    }

    [Fact]
    public void When_nobody_comes_people_are_told_and_the_link_stands()
    {
        var world = new World();
        var before = world.Cloud.Time.GetUtcNow();

        var output = world.Build(World.Document(more: """, "awaitConnection": "PT10M" """));

        Assert.Equal(world.Service.Name, output.GetProperty("ServiceName").GetString());
        Assert.InRange(world.Cloud.Time.GetUtcNow() - before, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(16));
        Assert.Equal("[warning] connection.missing orders", Assert.Single(world.Alerts, static alert => alert.Subject!.Contains("connection.", StringComparison.Ordinal)).Subject);
    }

    [Fact]
    public void Without_the_word_nobody_waits()
    {
        var world = new World();

        world.Build(World.Document());

        Assert.DoesNotContain(world.Cloud.Calls.Since(0), static call => call.Caller == "CheckConnection");
    }
}
