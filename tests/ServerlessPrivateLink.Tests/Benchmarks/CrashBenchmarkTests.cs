using System.Text.Json;
using ServerlessPrivateLink.Benchmarks;
using ServerlessPrivateLink.Benchmarks.Crash;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Benchmarks;

/// <summary>A small share of the cases; the benchmark tries them all.</summary>
public sealed class CrashBenchmarkTests
{
    [Fact]
    public void Runs_that_are_killed_and_run_again_end_as_if_nothing_had_happened()
    {
        var report = JsonSerializer.SerializeToElement(CrashBenchmark.Run(HomeDirectory.Find(Repository.Root, Repository.Root), CrashBenchmark.Acts, every: 23, atOnce: 1), BenchmarkJson.Readable().CrashReport);

        Assert.Equal(["provisioning", "change", "release", "failure", "failed-change"], report.GetProperty("acts").EnumerateArray().Select(static act => act.GetProperty("act").GetString()));
        Assert.All(report.GetProperty("acts").EnumerateArray(), static act => Assert.InRange(act.GetProperty("cases").GetInt32(), 3, 60));
        Assert.Equal(report.GetProperty("cases").GetInt32(), report.GetProperty("acts").EnumerateArray().Sum(static act => act.GetProperty("cases").GetInt32()));
        Assert.Equal([], report.GetProperty("troubles").EnumerateArray().Select(static trouble => trouble.GetString()));
    }
}
