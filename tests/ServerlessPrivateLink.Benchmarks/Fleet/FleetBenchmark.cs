using System.Collections.Immutable;
using System.Diagnostics;
using LocalAws;
using LocalAws.Doors;
using LocalAws.Lambda.Processes;
using LocalAws.LoadBalancing;
using LocalAws.Rds;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli;

namespace ServerlessPrivateLink.Benchmarks.Fleet;

/// <summary>One stack with many links: what a minute costs, and what happens when many databases move at once.</summary>
public static class FleetBenchmark
{
    private const string Sync = "SyncTargets";
    private const int QuietRuns = 5;
    private const int MeasuredRuns = 10;
    private const int LiveRuns = 3;
    private const int MovedAtOnce = 50;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>How long after a run of the schedule the databases begin to move.</summary>
    private static readonly ImmutableArray<TimeSpan> Phases = [.. new[] { 5, 20, 35, 50 }.Select(static seconds => TimeSpan.FromSeconds(seconds))];

    /// <param name="home">Where the sources, the template and the example account are.</param>
    /// <param name="links">How many links.</param>
    /// <param name="clock">The real clock.</param>
    public static FleetReport Run(HomeDirectory home, int links, TimeProvider clock)
    {
        var published = Published.Make(home);
        var world = FleetWorld.Build(home, links);
        var steady = Steady(world.Cloud, published, clock);
        world.Cloud.Scheduler.Start();
        world.Cloud.Time.Advance(10 * Minute);
        var with = Move(world, silently: false);
        var without = Move(world, silently: true);
        return FleetReport.Of(links, steady, with, without);
    }

    private static SteadyFigures Steady(Cloud cloud, Published published, TimeProvider clock)
    {
        var function = cloud.Lambda.All.Single(static one => one.LogicalId is Sync);
        Settle(cloud, function);
        var place = cloud.Calls.Count;
        ImmutableArray<(TimeSpan Took, bool Failed)> runs = [.. Enumerable.Range(0, MeasuredRuns).Select(_ => Once(cloud, function))];
        var calls = cloud.Calls.Since(place).Where(static call => call.Caller is Sync).ToImmutableArray();
        var use = Live(cloud, function, published, clock);
        return new(
            MeasuredRuns,
            runs.Count(static run => run.Failed),
            Math.Round((double)calls.Length / MeasuredRuns, 1),
            calls.GroupBy(static call => call.Action, StringComparer.Ordinal).ToImmutableSortedDictionary(static one => one.Key, static one => Math.Round((double)one.Count() / MeasuredRuns, 1), StringComparer.Ordinal),
            Throttles(calls),
            Math.Round(runs.Max(static run => run.Took).TotalSeconds, 1),
            Math.Round(use.Cpu.TotalMilliseconds / LiveRuns, 1),
            Math.Round(use.PeakBytes / 1048576.0, 1));
    }

    /// <summary>The first runs of so many new links note what they see on each, which is more than one run may; and what was noted lately is looked at in every run.</summary>
    private static void Settle(Cloud cloud, FunctionSettings function)
    {
        for (var quiet = 0; quiet < QuietRuns; quiet++)
        {
            var place = cloud.Calls.Count;
            Once(cloud, function);
            if (cloud.Calls.Since(place).Any(static call => call is { Caller: Sync, Action: "elasticloadbalancing:AddTags" })) quiet = -1;
        }
    }

    /// <summary>Runs in a process, which waits in real time between its calls; so simulated time follows the real one meanwhile.</summary>
    private static FunctionUse Live(Cloud cloud, FunctionSettings function, Published published, TimeProvider clock)
    {
        var door = LoopbackDoor.OpenAsync(cloud, port: 0, clock, static failure => Console.Error.WriteLine(failure), CancellationToken.None).GetAwaiter().GetResult();
        using var processes = new FunctionProcesses(cloud, door.Endpoint, clock, one => one.LogicalId is Sync ? published.CommandFor(one.Handler) : null);
        cloud.Lambda.Processes = processes;
        // Deploying it again ends its environments, so that the next run starts a process.
        cloud.Lambda.Add(function);
        for (var run = 0; run < LiveRuns; run++)
        {
            var ended = new CancellationTokenSource();
            cloud.Time.Post(() => _ = RunAsync(ended.CancelAsync));
            cloud.Time.RunLive(1, clock, ended.Token);
        }

        var use = FunctionUse.Of(processes.Ids.Single());
        cloud.Lambda.Processes = null;
        cloud.Lambda.Add(function);
        door.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return use;

        async Task RunAsync(Func<Task> end)
        {
            await cloud.Lambda.InvokeAsync(function, "{}"u8.ToArray(), cloud.Chance.Uuid());
            await end();
        }
    }

    /// <summary>A run at the beginning of a minute.</summary>
    private static (TimeSpan Took, bool Failed) Once(Cloud cloud, FunctionSettings function)
    {
        var began = cloud.Time.GetUtcNow();
        var ended = cloud.Time.Run(() => cloud.Lambda.InvokeAsync(function, "{}"u8.ToArray(), cloud.Chance.Uuid()));
        var took = cloud.Time.GetUtcNow() - began;
        if (took < Minute) cloud.Time.Advance(Minute - took);
        return (took, ended.FunctionError is not null);
    }

    private static MoveFigures Move(FleetWorld world, bool silently)
    {
        var cloud = world.Cloud;
        var (place, moves) = (cloud.Calls.Count, ImmutableArray.CreateBuilder<ImmutableArray<double?>>());
        foreach (var phase in Phases)
        {
            AwaitRun(cloud);
            cloud.Time.Advance(phase);
            var course = FailoverCourse.Plain(FailoverKind.Instance);
            var moved = world.Databases.Take(MovedAtOnce).Select(one => (Failover: cloud.Rds.Failovers.Begin(one.Instance, silently ? course.Silently() : course), one.TargetGroupArn)).ToImmutableArray();
            cloud.Time.Advance(course.Lasts + TimeSpan.FromMinutes(12));
            moves.Add([.. moved.Select(one => SecondsOf(cloud, one.Failover, one.TargetGroupArn))]);
        }

        return MoveFigures.Of(MovedAtOnce, moves.ToImmutable(), Throttles(cloud.Calls.Since(place)));
    }

    private static double? SecondsOf(Cloud cloud, Failover failover, string arn) =>
        cloud.LoadBalancing.Find<TargetGroup>(arn)!.TargetsAt(cloud.Time.GetUtcNow()).FirstOrDefault(target => target.DrainsUntil is null && target.Address.Equals(failover.NewAddress)) is { } target
            ? (target.RegisteredAt - failover.DnsMovedAt).TotalSeconds
            : null;

    /// <summary>Until a run of the schedule makes its first call.</summary>
    private static void AwaitRun(Cloud cloud)
    {
        cloud.Time.Advance(TimeSpan.FromSeconds(45));
        for (var place = cloud.Calls.Count; !cloud.Calls.Since(place).Any(static call => call.Action is "tag:GetResources"); place = Math.Max(place, cloud.Calls.Count - 1))
        {
            if (!cloud.Time.Step()) throw new UnreachableException("Nothing is scheduled.");
        }
    }

    private static int Throttles(IEnumerable<CallRecord> calls) => calls.Count(static call => call.Error is "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "TooManyRequestsException");
}
