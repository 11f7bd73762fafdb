using System.Collections.Concurrent;
using ServerlessPrivateLink.Cli;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>The same drawn failovers, followed by us and by five rivals.</summary>
public static class FailoverBenchmark
{
    /// <param name="home">Where the template and the example account are.</param>
    /// <param name="seeds">How many worlds, from seed 1 on.</param>
    /// <param name="atOnce">How many at a time; each runs on one thread, so that the result is the same for any number.</param>
    public static FailoverReport Run(HomeDirectory home, int seeds, int atOnce)
    {
        Func<int, DatabaseCase, World>[] builders = [new OwnWorld(home).Build, new RivalWorld(home).Build];
        var jobs = from seed in Enumerable.Range(1, seeds) from build in builders select (Course: DrawnCourse.Of(seed), Build: build);
        var runs = new ConcurrentBag<RuleRun>();
        Parallel.ForEach(Partitioner.Create(jobs, EnumerablePartitionerOptions.NoBuffering), new() { MaxDegreeOfParallelism = atOnce }, job =>
        {
            foreach (var (rule, outcome) in job.Build(job.Course.Seed, job.Course.Database).Run(job.Course)) runs.Add(new(rule, job.Course, outcome));
        });
        return FailoverReport.Of(seeds, [.. runs]);
    }
}

/// <summary>One rule in one world.</summary>
internal sealed record RuleRun(string Rule, DrawnCourse Course, Outcome Outcome);
