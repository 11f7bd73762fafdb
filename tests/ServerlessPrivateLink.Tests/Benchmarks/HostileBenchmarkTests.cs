using System.Text.Json;
using ServerlessPrivateLink.Benchmarks;
using ServerlessPrivateLink.Benchmarks.Hostile;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Benchmarks;

/// <summary>A few hundred events, so that the benchmark still says what it says when somebody runs it whole.</summary>
public sealed class HostileBenchmarkTests
{
    [Fact]
    public void Hostile_events_change_no_decision_and_the_report_counts_them_all()
    {
        var report = JsonSerializer.SerializeToElement(HostileBenchmark.Run(HomeDirectory.Find(Repository.Root, Repository.Root), events: 240, atOnce: 1), BenchmarkJson.Readable().HostileReport);

        Assert.Equal(240, report.GetProperty("kinds").EnumerateObject().Sum(static kind => kind.Value.GetInt32()));
        Assert.Equal(6, report.GetProperty("requests").GetInt32());
        Assert.InRange(report.GetProperty("alerts").GetInt32(), 6, 12);
        Assert.InRange(report.GetProperty("reviews").GetInt32(), 240, 1_000);
        Assert.All(report.GetProperty("goals").EnumerateArray(), static goal => Assert.True(goal.GetProperty("met").GetBoolean(), goal.GetRawText()));
    }
}
