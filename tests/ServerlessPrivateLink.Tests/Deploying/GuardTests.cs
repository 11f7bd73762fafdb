using LocalAws.Ec2;
using LocalAws.States.Running;
using LocalAws.Templates;
using ServerlessPrivateLink.Tests.House;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deploying;

public sealed class GuardTests
{
    private static readonly Template Definition = Template.Load(Repository.At("template.yaml"));

    private readonly StackWorld world = new();

    [Fact]
    public void A_stack_is_not_deleted_while_a_link_stands_that_it_does_not_describe()
    {
        world.Create(World.Document());
        Assert.Equal(ExecutionStatus.Succeeded, world.Run("Provision", World.Document("""{ "instance": "orders-prod", "listenerPort": 6000 }""").Replace("\"orders\"", "\"sales\"", StringComparison.Ordinal)).Status);

        var refused = world.Delete();

        Assert.Equal("DELETE_FAILED", refused.Status);
        Assert.Contains("links that its parameters do not describe: sales", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("privatelink down sales", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(["Delete Guard 1"], world.Asked[2..]);
        Assert.Equal(["orders", "sales"], world.Names.Order(StringComparer.Ordinal));

        Assert.Equal(ExecutionStatus.Succeeded, world.Run("Release", """{ "name": "sales" }""").Status);
        Assert.Equal("DELETE_COMPLETE", world.Delete().Status);
        world.Remains(nothing: true);
    }

    [Fact]
    public void A_stack_whose_link_is_in_use_is_not_deleted_and_loses_nothing()
    {
        world.Create(World.Document());
        world.Cloud.Ec2.Services.Connect(Assert.Single(world.Cloud.Ec2.All<EndpointService>()).Name, "133737826969");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        var refused = world.Delete();

        Assert.Equal("DELETE_FAILED", refused.Status);
        Assert.Contains("privatelink down orders --force", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(["Delete Guard 1"], world.Asked[2..]);
        Assert.Empty(world.Executions("Release"));

        Assert.Equal(ExecutionStatus.Succeeded, world.Run("Release", """{ "name": "orders", "force": true }""").Status);
        Assert.Equal("DELETE_COMPLETE", world.Delete().Status);
        Assert.Equal(["Delete Guard 1", "Delete Guard 1", "Delete DeployedLink 1"], world.Asked[2..]);
        world.Remains(nothing: true);
    }

    [Fact]
    public void A_link_that_somebody_uses_when_it_is_to_go_stays_and_the_event_says_the_command()
    {
        world.Create(World.Document());
        world.Cloud.Ec2.Services.Connect(Assert.Single(world.Cloud.Ec2.All<EndpointService>()).Name, "133737826969");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        var updated = world.Update();

        // What an update leaves behind is no failure of the update; the guard remembers the link.
        Assert.Equal("UPDATE_COMPLETE", updated.Status);
        Assert.Contains(updated.Events, static one => one.Status == "DELETE_FAILED" && one.Reason.Contains("privatelink down orders --force", StringComparison.Ordinal) && one.Reason.Contains("is in use", StringComparison.Ordinal));
        Assert.Contains("privatelink down orders", world.Delete().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_is_gone_already_is_no_hindrance()
    {
        world.Create(World.Document());
        world.Run("Release", """{ "name": "orders" }""");

        Assert.Equal("DELETE_COMPLETE", world.Delete().Status);
    }

    [Fact]
    public void What_a_release_uses_goes_after_both_custom_resources()
    {
        var used = Definition.NeededBy("Release").Add("Release").Union(["AlertTopic", "TopicKey", "AnswerEnded", "AnswerEndedExecutionEnded", "AnswerEndedExecutionEndedPermission", "AnswerEndedEveryFiveMinutes"]);

        Assert.Contains("EndConnections", used);
        Assert.Empty(used.Except(Definition.NeededBy("DeployedLink")));
        Assert.Empty(used.Except(Definition.NeededBy("Guard")));
        Assert.Contains("DeployedLink", Definition.NeededBy("Guard"));
    }

    [Fact]
    public void All_else_goes_after_the_guard_so_that_a_deletion_that_it_refuses_has_changed_nothing()
    {
        var events = from owner in GeneratedNames.All from name in owner.Names select name;

        Assert.Empty(Definition.LogicalIds.Concat(events).Except(Definition.NeededBy("Guard")).Except(["Guard"]));
    }
}
