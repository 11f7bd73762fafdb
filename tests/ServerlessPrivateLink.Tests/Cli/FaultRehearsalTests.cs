using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class FaultRehearsalTests
{
    [Fact]
    public async Task A_link_that_is_built_while_calls_fail_is_the_same_link()
    {
        var run = await Run.Of("rehearse", "--faults", "--seed", "1..4", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, run.Json.GetProperty("same").GetInt32());
        Assert.Equal([1, 2, 3, 4], run.Json.GetProperty("seeds").EnumerateArray().Select(static seed => seed.GetProperty("seed").GetInt32()));
        Assert.All(run.Json.GetProperty("seeds").EnumerateArray(), static seed =>
        {
            Assert.True(seed.GetProperty("same").GetBoolean(), seed.ToString());
            Assert.True(seed.GetProperty("faults").GetInt32() > 0, seed.ToString());
        });
    }

    [Fact]
    public async Task People_are_told_how_many_seeds_ended_well()
    {
        var run = await Run.Of("rehearse", "--faults", "--seed", "7");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("1 of 1 ended with the same resources as without faults", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_cannot_be_built_at_all_is_no_success()
    {
        var run = await Run.Of("rehearse", Repository.At("examples/refused.json"), "--faults");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("seed 1: Without faults already: LinkRefusedException", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("0 of 1 ended with the same resources as without faults", run.Output.TrimEnd(), StringComparison.Ordinal);
    }
}
