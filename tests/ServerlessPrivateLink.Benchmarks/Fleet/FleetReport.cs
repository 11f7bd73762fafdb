using System.Collections.Immutable;

namespace ServerlessPrivateLink.Benchmarks.Fleet;

/// <param name="Links">How many links, each with one database.</param>
/// <param name="Steady">Minutes in which nothing moves; memory and processor time are those of SyncTargets in a process of its own.</param>
/// <param name="WithEvents">Databases that move at once, with their events.</param>
/// <param name="WithoutEvents">The same with all events lost.</param>
/// <param name="Goals">What is to be reached.</param>
public sealed record FleetReport(int Links, SteadyFigures Steady, MoveFigures WithEvents, MoveFigures WithoutEvents, ImmutableArray<Goal> Goals)
{
    private const int LinksOfGoals = 200;

    internal static FleetReport Of(int links, SteadyFigures steady, MoveFigures with, MoveFigures without) => new(
        links,
        steady,
        with,
        without,
        [
            Goal.AtMost("failed runs", 0, steady.Failed),
            Goal.AtMost("throttles in steady runs", 0, steady.Throttles),
            Goal.AtMost("simulated seconds of a run", 40, steady.LongestSeconds),
            Goal.AtMost("peak memory, MB", 256, steady.PeakMegabytes),
            .. links > LinksOfGoals ? [] : (Goal[])
            [
                Goal.AtMost("seconds until the last is registered, with events", 30, with.LastSeconds),
                Goal.AtMost("seconds until the last is registered, without", 60, without.LastSeconds),
            ],
        ]);
}

/// <param name="Runs">How many runs were measured.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="CallsPerRun">AWS calls of one run, the mean.</param>
/// <param name="Actions">The same for each action.</param>
/// <param name="Throttles">Calls that were throttled, in all runs.</param>
/// <param name="LongestSeconds">The longest run, in simulated time.</param>
/// <param name="CpuMillisecondsPerRun">What a run computed in a process of its own, its share of the start included.</param>
/// <param name="PeakMegabytes">The most memory that was resident in the function's process.</param>
public sealed record SteadyFigures(int Runs, int Failed, double CallsPerRun, ImmutableSortedDictionary<string, double> Actions, int Throttles, double LongestSeconds, double CpuMillisecondsPerRun, double PeakMegabytes);

/// <param name="Databases">How many move at once.</param>
/// <param name="Times">How often: each time at another moment of the schedule's minute.</param>
/// <param name="MedianSeconds">From the names' move to a registration.</param>
/// <param name="LastSeconds">The same to the last registration, the worst of all times; null: one was never registered.</param>
/// <param name="NeverRegistered">How many never were.</param>
/// <param name="Throttles">Calls that were throttled meanwhile, of whatever caller; each was made again later.</param>
public sealed record MoveFigures(int Databases, int Times, double? MedianSeconds, double? LastSeconds, int NeverRegistered, int Throttles)
{
    internal static MoveFigures Of(int databases, ImmutableArray<ImmutableArray<double?>> times, int throttles)
    {
        ImmutableArray<double> all = [.. times.SelectMany(static time => time).OfType<double>().Order()];
        var never = times.Sum(static time => time.Count(static seconds => seconds is null));
        return new(
            databases,
            times.Length,
            all.IsEmpty ? null : Math.Round(all[all.Length / 2], 1),
            all.IsEmpty || never > 0 ? null : Math.Round(all[^1], 1),
            never,
            throttles);
    }
}
