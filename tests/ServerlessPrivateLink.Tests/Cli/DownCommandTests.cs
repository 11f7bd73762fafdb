using ServerlessPrivateLink.Tests.Connections;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class DownCommandTests
{
    [Fact]
    public void A_link_in_use_is_not_taken_down_without_force_and_with_it_until_nothing_is_left()
    {
        var world = new ReviewWorld();
        world.ConnectAndWait(ReviewWorld.Named);

        var refused = Operator.Run(world.World.Cloud, "down", "orders");
        var forced = Operator.Run(world.World.Cloud, "down", "orders", "--force");
        var again = Operator.Run(world.World.Cloud, "down", "orders", "--json");

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("Link orders: refused after ", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (forced.ExitCode, forced.Error));
        Assert.Matches(@"Link orders: done after \d+\.\d s\s+Removed \d+ resource\(s\); nothing of it is left\.", forced.Output);
        Assert.Contains("DeleteLoadBalancer", forced.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (again.ExitCode, again.Json.GetProperty("removed").GetInt32()));
        Assert.Empty(world.World.TargetGroups);
    }

    [Fact]
    public void A_link_that_is_being_built_is_not_taken_down_meanwhile()
    {
        var world = new World();
        using var document = new TemporaryFile(World.Document());
        Operator.Run(world.Cloud, "up", document.Path, "--detach");

        var run = Operator.Run(world.Cloud, "down", "orders");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("An execution for the link orders is running that does something else: arn:aws:states:", run.Error, StringComparison.Ordinal);
        Assert.Empty(world.Cloud.StepFunctions.Executions(world.Deployed.StateMachines["Release"].Arn));
    }
}
