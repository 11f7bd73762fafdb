using System.Text.Json;
using ServerlessPrivateLink.Benchmarks;
using ServerlessPrivateLink.Benchmarks.Failovers;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Benchmarks;

/// <summary>A few worlds, so that the benchmark still says what it says when somebody runs it whole.</summary>
public sealed class FailoverBenchmarkTests
{
    private const int Seeds = 3;

    [Fact]
    public void The_same_seeds_give_the_same_report_however_many_run_at_once()
    {
        var (alone, together) = (Run(atOnce: 1), Run(atOnce: 2));

        Assert.Equal(alone.GetRawText(), together.GetRawText());
        Assert.Equal(Seeds, alone.GetProperty("seeds").GetInt32());
        var rules = alone.GetProperty("rules").EnumerateArray().ToArray();
        Assert.Equal(["ours", "DeregisterFirst", "Hysteresis", "EventOnce", "EveryMinute", "FirstTargetOnly"], rules.Select(static rule => rule.GetProperty("rule").GetString()));
        Assert.All(rules, static rule => Assert.Equal(Seeds, rule.GetProperty("all").GetProperty("runs").GetInt32()));
        var ours = rules[0].GetProperty("all");
        Assert.Equal((0, 0), (ours.GetProperty("neverConverged").GetInt32(), ours.GetProperty("emptied").GetInt32()));
        Assert.InRange(ours.GetProperty("worstSeconds").GetDouble(), 0, 62);
        Assert.Equal(Seeds, rules[1].GetProperty("all").GetProperty("emptied").GetInt32() + rules[1].GetProperty("all").GetProperty("servedReader").GetInt32());
    }

    private static JsonElement Run(int atOnce) => JsonSerializer.SerializeToElement(
        FailoverBenchmark.Run(HomeDirectory.Find(Repository.Root, Repository.Root), Seeds, atOnce),
        BenchmarkJson.Readable().FailoverReport);
}
