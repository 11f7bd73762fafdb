using System.Net;
using LocalAws.Ec2;
using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Deploying;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deploying;

/// <summary>A link stands, and the stack that asked for it cannot be told: that fails nothing, and it is told when it can be.</summary>
public sealed class OwedAnswerTests
{
    // Once, and eight times again.
    private const int Tries = 9;

    private static readonly string Waiting = World.Document(more: """, "awaitConnection": "PT3H" """);

    private readonly StackWorld world = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Provisioning_goes_on_and_its_end_is_answered(bool byTheBucket)
    {
        if (byTheBucket) world.Stacks.Responses.Refuse(Enumerable.Repeat(HttpStatusCode.Forbidden, Tries));
        else world.Cloud.Faults.Plan(FaultKind.Throttle, static call => call is { Caller.Name: "AnswerAnnounced", Operation.Name: "PutParameter" }, int.MaxValue);

        var created = world.Create(World.Document());

        Assert.Equal("CREATE_COMPLETE", created.Status);
        Assert.Equal(Assert.Single(world.Cloud.Ec2.All<EndpointService>()).Name, created.Stack.Outputs["ServiceName"]);
        Assert.Equal(ExecutionStatus.Succeeded, Assert.Single(world.Executions("Provision")).Status);
        Assert.Equal(["Create DeployedLink 1", "Create Guard 1"], world.Asked);
        Assert.Equal("[info] link.ready orders", Assert.Single(world.Alerts).Subject);
        Assert.Contains(world.Cloud.Calls.Since(0), static call => call is { Caller: "AnswerEnded", Action: "ssm:PutParameter" });
    }

    [Fact]
    public void While_consumers_are_waited_for_it_is_told_again_and_again()
    {
        world.Stacks.Responses.Refuse(Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, 3 * Tries));
        var began = world.Cloud.Time.GetUtcNow();

        var created = world.Create(Waiting);

        Assert.Equal("CREATE_COMPLETE", created.Status);
        Assert.InRange(world.Cloud.Time.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromMinutes(20));
        Assert.Equal(["Create DeployedLink 1", "Create Guard 1"], world.Asked);
        AssertWaits();

        world.Cloud.Time.Advance(TimeSpan.FromHours(4));
        Assert.Equal(ExecutionStatus.Succeeded, Assert.Single(world.Executions("Provision")).Status);
        Assert.Equal(["[info] link.ready orders", "[warning] connection.missing orders"], world.Alerts.Select(static alert => alert.Subject));
    }

    [Fact]
    public void What_stands_is_not_stopped_when_the_schedule_has_to_tell_it()
    {
        world.Stacks.Responses.Refuse(Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, Tries));
        world.Cloud.Faults.Plan(FaultKind.Denied, call => call.Caller.Name == "AnswerAnnounced" && world.Stacks.Responses.Requests >= Tries, int.MaxValue);
        var began = world.Cloud.Time.GetUtcNow();

        var created = world.Create(Waiting);

        Assert.Equal("CREATE_COMPLETE", created.Status);
        Assert.InRange(world.Cloud.Time.GetUtcNow() - began, RequestEnd.Patience, TimeSpan.FromMinutes(59));
        AssertWaits();
    }

    [Fact]
    public void What_was_decided_is_told_though_the_execution_ends_otherwise_meanwhile()
    {
        world.Create();
        var requests = world.Stacks.Responses.Requests;
        world.Stacks.Responses.Refuse(Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, Tries));
        world.Watch(() => world.Stacks.Responses.Requests == requests + Tries, () => world.Executions("Provision")[0].Stop(null, null));

        Assert.Equal("UPDATE_COMPLETE", world.Update(Waiting).Status);
        Assert.Equal(ExecutionStatus.Aborted, Assert.Single(world.Executions("Provision")).Status);
        Assert.Equal(["Create Guard 1", "Create DeployedLink 1", "Update Guard 1"], world.Asked);
    }

    private void AssertWaits() => Assert.Equal(ExecutionStatus.Running, Assert.Single(world.Executions("Provision")).Status);
}
