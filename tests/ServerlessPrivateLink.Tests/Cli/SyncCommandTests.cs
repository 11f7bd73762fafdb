using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class SyncCommandTests
{
    private readonly World world = new();

    [Fact]
    public void A_sync_says_what_it_looked_at_and_changed()
    {
        world.Build(World.Document());
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));

        var (text, json) = (Operator.Run(world.Cloud, "sync", "orders"), Operator.Run(world.Cloud, "sync", "orders", "--json"));

        Assert.Equal((0, "orders: looked at 1 database(s), changed 0.", ""), (text.ExitCode, text.Output.TrimEnd(), text.Error));
        Assert.Equal((1, 0), (json.Json.GetProperty("looked").GetInt32(), json.Json.GetProperty("changed").GetInt32()));
    }

    [Fact]
    public void Of_a_link_that_is_not_there_nothing_can_be_synced()
    {
        var run = Operator.Run(world.Cloud, "sync", "ordres");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("found ordres", run.Error, StringComparison.Ordinal);
    }
}
