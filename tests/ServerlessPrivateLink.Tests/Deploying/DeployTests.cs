using LocalAws.CloudFormation;
using LocalAws.Ec2;
using LocalAws.States.Running;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deploying;

/// <summary>One deploy builds a link, an update changes it, and one deletion takes it back.</summary>
public sealed class DeployTests
{
    private const string Two = """{ "instance": "orders-prod" }, { "cluster": "ledger", "endpoint": "writer", "listenerPort": 5433 }""";

    private readonly StackWorld world = new();

    [Fact]
    public void A_stack_with_a_link_builds_it_and_its_deletion_leaves_nothing()
    {
        var created = world.Create(World.Document());

        Assert.Equal(("CREATE_COMPLETE", ""), (created.Status, created.Reason));
        Assert.Equal(Assert.Single(world.Cloud.Ec2.All<EndpointService>()).Name, created.Stack.Outputs["ServiceName"]);
        Assert.Equal("[info] link.ready orders", Assert.Single(world.Alerts).Subject);

        var deleted = world.Delete();

        Assert.Equal(("DELETE_COMPLETE", ""), (deleted.Status, deleted.Reason));
        Assert.Equal(["Create DeployedLink 1", "Create Guard 1", "Delete Guard 1", "Delete DeployedLink 1"], world.Asked);
        world.Remains(nothing: true);
        Assert.Empty(world.Cloud.Parameters.All);
        Assert.Empty(world.Cloud.Lambda.All);
        Assert.Empty(world.Cloud.Events.Rules);
        Assert.Empty(world.Cloud.Scheduler.All);
    }

    [Fact]
    public void A_stack_without_a_link_has_a_guard_alone_and_can_get_one_and_lose_it_again()
    {
        Assert.False(world.Create().Stack.Outputs.ContainsKey("ServiceName"));

        Assert.Equal("UPDATE_COMPLETE", world.Update(World.Document()).Status);
        world.Remains(nothing: false);
        Assert.Equal("UPDATE_COMPLETE", world.Update().Status);

        Assert.Equal(["Create Guard 1", "Create DeployedLink 1", "Update Guard 1", "Update Guard 1", "Delete DeployedLink 1"], world.Asked);
        world.Remains(nothing: true);
    }

    [Fact]
    public void An_update_converges_and_one_that_says_the_same_asks_nothing()
    {
        world.Create(World.Document());
        var service = Assert.Single(world.Names);

        world.Update(World.Document(Two));
        world.Update(World.Document(Two));

        Assert.Equal([5432, 5433], world.Cloud.LoadBalancing.All<LocalAws.LoadBalancing.Listener>().Select(static listener => listener.Port).Order());
        Assert.Equal(["Update DeployedLink 1", "Update Guard 1"], world.Asked[2..]);
        Assert.Equal(service, Assert.Single(world.Names));
        Assert.Equal(2, world.Executions("Provision").Length);
    }

    [Fact]
    public void Another_name_is_another_link_and_the_old_one_goes_when_the_new_one_stands()
    {
        world.Create(World.Document());

        var updated = world.Update(World.Document().Replace("\"orders\"", "\"sales\"", StringComparison.Ordinal));

        Assert.Equal("UPDATE_COMPLETE", updated.Status);
        Assert.Equal(["Update DeployedLink 1", "Update Guard 1", "Delete DeployedLink 1"], world.Asked[2..]);
        Assert.Equal("link/orders", (string?)world.Stacks.Requests[^1].Body["PhysicalResourceId"]);
        Assert.Equal(["sales"], world.Names);
    }

    [Fact]
    public void A_new_link_goes_on_waiting_for_consumers_when_the_one_that_it_replaces_is_deleted()
    {
        world.Create(World.Document());

        world.Update(World.Document(more: """, "awaitConnection": "P7D" """).Replace("\"orders\"", "\"sales\"", StringComparison.Ordinal));

        Assert.Equal(["sales"], world.Names);
        Assert.Equal(ExecutionStatus.Running, world.Executions("Provision")[0].Status);
    }

    [Fact]
    public void A_failure_is_in_the_stacks_event_with_step_reason_and_remedy_and_nothing_is_left()
    {
        var created = world.Create(World.Document("""{ "instance": "nobody" }"""));

        Assert.Equal("ROLLBACK_COMPLETE", created.Status);
        Assert.StartsWith("PlanLink: ", created.Reason, StringComparison.Ordinal);
        Assert.Contains("nobody", created.Reason, StringComparison.Ordinal);
        Assert.EndsWith("For this stack: deploy it again then.", created.Reason, StringComparison.Ordinal);
        Assert.Equal(["Create DeployedLink 1", "Delete DeployedLink 1"], world.Asked);
        world.Remains(nothing: true);
    }

    [Fact]
    public void A_document_that_is_none_fails_at_once_and_starts_nothing()
    {
        var created = world.Create("""{ "name": "orders" }""");

        Assert.Equal("ROLLBACK_COMPLETE", created.Status);
        Assert.Contains("$.databases", created.Reason, StringComparison.Ordinal);
        Assert.Contains("$.consumers", created.Reason, StringComparison.Ordinal);
        Assert.Equal(["Create DeployedLink 1", "Delete DeployedLink 1"], world.Asked);
        Assert.DoesNotContain(world.Cloud.Calls.Since(0), static call => call.Action == "states:StartExecution");
    }

    [Fact]
    public void An_update_that_fails_is_taken_back_and_the_link_is_as_before()
    {
        world.Create(World.Document());

        var updated = world.Update(World.Document("""{ "instance": "nobody" }"""));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", updated.Status);
        Assert.Contains("nobody", updated.Reason, StringComparison.Ordinal);
        Assert.Equal(["Update DeployedLink 1", "Update DeployedLink 1"], world.Asked[2..]);
        Assert.Equal(["orders"], world.Names);
        Assert.Equal(ExecutionStatus.Succeeded, world.Executions("Provision")[0].Status);
    }

    [Fact]
    public void A_new_name_that_cannot_be_built_leaves_the_old_link_and_nothing_of_the_new_one()
    {
        world.Create(World.Document());

        var updated = world.Update(World.Document("""{ "instance": "nobody" }""").Replace("\"orders\"", "\"sales\"", StringComparison.Ordinal));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", updated.Status);
        Assert.Equal(["orders"], world.Names);
        Assert.Equal("DELETE_COMPLETE", world.Delete().Status);
        world.Remains(nothing: true);
    }

    [Fact]
    public void A_link_that_stood_before_is_not_taken_down_when_its_stack_cannot_have_it()
    {
        world.Create();
        Assert.Equal(ExecutionStatus.Succeeded, world.Run("Provision", World.Document()).Status);

        var updated = world.Update(World.Document("""{ "instance": "nobody" }"""));

        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", updated.Status);
        Assert.Equal("kept/orders", (string?)world.Stacks.Requests[^1].Body["PhysicalResourceId"]);
        Assert.Equal(["Create DeployedLink 1", "Delete DeployedLink 1"], world.Asked[1..]);
        Assert.Equal(["orders"], world.Names);
        Assert.Empty(world.Executions("Release"));
    }

    [Fact]
    public void A_stack_is_answered_when_the_link_stands_though_consumers_are_still_waited_for()
    {
        var created = world.Create(World.Document(more: """, "awaitConnection": "P7D" """));

        Assert.Equal("CREATE_COMPLETE", created.Status);
        Assert.Equal(ExecutionStatus.Running, Assert.Single(world.Executions("Provision")).Status);
        Assert.Equal("DELETE_COMPLETE", world.Delete().Status);
        Assert.Equal(ExecutionStatus.Aborted, Assert.Single(world.Executions("Provision")).Status);
    }

    [Fact]
    public void A_longer_document_comes_from_a_parameter_and_a_new_version_of_it_is_an_update()
    {
        world.Cloud.Parameters.Put("/links/orders", "String", World.Document(), overwrite: false);
        Assert.Equal("CREATE_COMPLETE", world.Create(parameter: "/links/orders:1").Status);
        world.Cloud.Parameters.Put("/links/orders", null, World.Document(Two), overwrite: true);

        Assert.Equal("UPDATE_COMPLETE", world.Update(parameter: "/links/orders:2").Status);

        Assert.Equal(2, world.Cloud.LoadBalancing.All<LocalAws.LoadBalancing.Listener>().Count());
        Assert.Equal("DELETE_COMPLETE", world.Delete().Status);
    }

    [Fact]
    public void A_link_of_another_stack_is_built_and_taken_down_by_its_own_resource()
    {
        world.Create();
        var other = world.Cloud.Arn("cloudformation", "stack/other/1");
        var resource = new CustomResource("Sales", "Custom::Link", new() { ["ServiceToken"] = world.Deployed.Outputs["DeployLinkArn"], ["Document"] = World.Document() });

        var built = world.Cloud.Time.Run(() => world.Stacks.AskAsync("Create", other, resource));
        var gone = world.Cloud.Time.Run(() => world.Stacks.AskAsync("Delete", other, resource, built.PhysicalId));

        Assert.Equal((true, "link/orders", true), (built.Succeeded, built.PhysicalId, gone.Succeeded));
        world.Remains(nothing: true);
        Assert.Empty(world.Kept);
    }
}
