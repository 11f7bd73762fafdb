using System.Collections.Concurrent;
using System.Collections.Immutable;
using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli;

namespace ServerlessPrivateLink.Benchmarks.Crash;

/// <summary>Provisioning, a change and a release, each killed before and after every call, or robbed of its answer, and then run again.</summary>
public static class CrashBenchmark
{
    private static readonly ImmutableArray<FaultKind> Kinds = [FaultKind.CallerDiesBefore, FaultKind.CallerDiesAfter, FaultKind.AnswerLost];

    /// <param name="home">Where the template and the example account are.</param>
    /// <param name="every">Of how many calls one is hit; 1: each.</param>
    /// <param name="atOnce">How many cases at a time; each runs on one thread.</param>
    public static CrashReport Run(HomeDirectory home, int every, int atOnce)
    {
        var undisturbed = CrashAct.All.Select(act => Undisturbed(home, act)).ToImmutableArray();
        var cases = (from course in undisturbed
                     from place in Enumerable.Range(0, course.Calls.Length)
                     where place % every == 0
                     from kind in Kinds
                     select (Course: course, Place: place, Kind: kind)).ToList();
        var troubles = new ConcurrentBag<string>();
        Parallel.ForEach(Partitioner.Create(cases, loadBalance: true), new() { MaxDegreeOfParallelism = atOnce }, one =>
        {
            if (Try(home, one.Course, one.Place, one.Kind) is { } trouble) troubles.Add(trouble);
        });
        return CrashReport.Of(
            [.. undisturbed.Select(course => new CrashedAct(course.Act.Name, course.Calls.Length, cases.Count(one => one.Course == course)))],
            [.. troubles.Order(StringComparer.Ordinal)]);
    }

    private static Course Undisturbed(HomeDirectory home, CrashAct act)
    {
        using var world = new CrashWorld(home, act);
        var (run, calls) = world.Act();
        return run.Status is ExecutionStatus.Succeeded ? new(act, calls, EndState.Of(world.Cloud)) : throw new InvalidOperationException($"{act.Name} failed undisturbed. {run.Error}: {run.Cause}");
    }

    /// <summary>What is wrong in the end; null: nothing.</summary>
    private static string? Try(HomeDirectory home, Course course, int place, FaultKind kind)
    {
        using var world = new CrashWorld(home, course.Act);
        var (_, calls) = world.Act(place, kind);
        var (run, _) = world.Act();
        var name = $"{course.Act.Name}, {kind} at call {place} ({calls[place]})";
        if (run.Status is not ExecutionStatus.Succeeded) return $"{name}: the next run failed. {run.Error}: {run.Cause}";

        var end = EndState.Of(world.Cloud);
        if (!end.SequenceEqual(course.End, StringComparer.Ordinal))
            return $"{name}: missing [{string.Join("; ", course.End.Except(end, StringComparer.Ordinal))}], too much [{string.Join("; ", end.Except(course.End, StringComparer.Ordinal))}], {end.Length} of {course.End.Length}";
        return world.ActAgain() is { IsEmpty: false } changes ? $"{name}: one more run changes something: {string.Join(' ', changes)}" : null;
    }

    private sealed record Course(CrashAct Act, ImmutableArray<string> Calls, ImmutableArray<string> End);
}
