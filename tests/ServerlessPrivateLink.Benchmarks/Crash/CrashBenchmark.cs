using System.Collections.Concurrent;
using System.Collections.Immutable;
using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli;

namespace ServerlessPrivateLink.Benchmarks.Crash;

/// <summary>Runs that are killed before and after every call, or robbed of its answer, and then run again, or left to themselves where they take back what they made.</summary>
public static class CrashBenchmark
{
    private static readonly ImmutableArray<FaultKind> Kinds = [FaultKind.CallerDiesBefore, FaultKind.CallerDiesAfter, FaultKind.AnswerLost];

    private static readonly ImmutableArray<bool> Lasting = [false, true];

    /// <summary>What can be tried.</summary>
    public static IEnumerable<string> Acts => CrashAct.All.Select(static act => act.Name);

    /// <param name="home">Where the template and the example account are.</param>
    /// <param name="acts">What is tried.</param>
    /// <param name="every">Of how many calls one is hit; 1: each.</param>
    /// <param name="atOnce">How many cases at a time; each runs on one thread.</param>
    public static CrashReport Run(HomeDirectory home, IEnumerable<string> acts, int every, int atOnce)
    {
        var undisturbed = CrashAct.All.Where(act => acts.Contains(act.Name, StringComparer.Ordinal)).Select(act => Undisturbed(home, act)).ToImmutableArray();
        var cases = (from course in undisturbed
                     from place in Enumerable.Range(0, course.Calls.Length)
                     where place % every == 0
                     from hit in Hits(course, place)
                     select (Course: course, Hit: hit)).ToList();
        var troubles = new ConcurrentBag<string>();
        Parallel.ForEach(Partitioner.Create(cases, loadBalance: true), new() { MaxDegreeOfParallelism = atOnce }, one =>
        {
            if (Try(home, one.Course, one.Hit) is { } trouble) troubles.Add(trouble);
        });
        return CrashReport.Of(
            [.. undisturbed.Select(course => new CrashedAct(course.Act.Name, course.Calls.Length, cases.Count(one => one.Course == course)))],
            [.. troubles.Order(StringComparer.Ordinal)]);
    }

    // What fails anyway is left to itself when one function is killed. Its release alone can be killed for good, and be started again:
    // what it had made before that stands, as people are told.
    private static IEnumerable<CrashHit> Hits(Course course, int place) =>
        from kind in Kinds
        from lasts in Lasting
        where !lasts || kind is not FaultKind.AnswerLost
        where course.Act.FailsAt is null ? lasts || kind is FaultKind.AnswerLost : !lasts || place > course.ReleaseBegins
        select new CrashHit(place, kind, lasts);

    private static Course Undisturbed(HomeDirectory home, CrashAct act)
    {
        using var world = new CrashWorld(home, act);
        var before = EndState.Of(world.Cloud);
        var (run, calls) = world.Act();
        var course = new Course(act, calls, calls.IndexOf("ReleaseMade StartExecution"), run.Error, EndState.Of(world.Cloud));
        if ((act.FailsAt is null) != run.Status is ExecutionStatus.Succeeded) throw new InvalidOperationException($"{act.Name} ended undisturbed as {run.Status}. {run.Error}: {run.Cause}");
        return act.FailsAt is null || Difference(before, course.End) is not { } difference ? course : throw new InvalidOperationException($"{act.Name} does not take back undisturbed what it made: {difference}");
    }

    /// <summary>What is wrong in the end; null: nothing.</summary>
    private static string? Try(HomeDirectory home, Course course, CrashHit hit)
    {
        using var world = new CrashWorld(home, course.Act);
        var (killed, calls) = world.Act(hit);
        var name = $"{course.Act.Name}, {hit.Kind}{(hit.Lasts ? " for good" : "")} at call {hit.Place} ({calls[hit.Place]})";
        if (!course.IsAgainNeeded(hit)) return killed.Error == course.Error ? Compare() : $"{name}: it ended with {killed.Error}: {killed.Cause}";
        var run = world.Again(killed);
        return run.Status is ExecutionStatus.Succeeded ? Compare() : $"{name}: the next run failed. {run.Error}: {run.Cause}";

        string? Compare() => Difference(course.End, EndState.Of(world.Cloud)) is { } difference ? $"{name}: {difference}"
            : world.ChangesOfAgain(killed) is { IsEmpty: false } changes ? $"{name}: one more run changes something: {string.Join(' ', changes)}"
            : null;
    }

    /// <summary>Null: none.</summary>
    private static string? Difference(ImmutableArray<string> wanted, ImmutableArray<string> end) => end.SequenceEqual(wanted, StringComparer.Ordinal)
        ? null
        : $"missing [{string.Join("; ", wanted.Except(end, StringComparer.Ordinal))}], too much [{string.Join("; ", end.Except(wanted, StringComparer.Ordinal))}], {end.Length} of {wanted.Length}";

    /// <param name="Act">What ran.</param>
    /// <param name="Calls">The calls that it made.</param>
    /// <param name="ReleaseBegins">The place of the call that began to take away what it made; less than none: none did.</param>
    /// <param name="Error">What it failed with; null: it did not.</param>
    /// <param name="End">What there was in the end.</param>
    private sealed record Course(CrashAct Act, ImmutableArray<string> Calls, int ReleaseBegins, string? Error, ImmutableArray<string> End)
    {
        /// <summary>Whether a killed run is put right by another.</summary>
        public bool IsAgainNeeded(CrashHit hit) => Act.FailsAt is null || hit.Lasts;
    }
}
