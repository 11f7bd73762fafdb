using System.Collections.Immutable;

namespace ServerlessPrivateLink.Benchmarks.Crash;

/// <param name="Act">What ran.</param>
/// <param name="Calls">How many calls it makes undisturbed.</param>
/// <param name="Cases">How many cases were tried.</param>
public sealed record CrashedAct(string Act, int Calls, int Cases);

/// <param name="Cases">How many cases were tried in all.</param>
/// <param name="Acts">How many of each.</param>
/// <param name="Differing">Cases that ended otherwise than the undisturbed run, or where one more run changed something.</param>
/// <param name="Troubles">The first of them, in words.</param>
/// <param name="Goals">What is to be reached.</param>
public sealed record CrashReport(int Cases, ImmutableArray<CrashedAct> Acts, int Differing, ImmutableArray<string> Troubles, ImmutableArray<Goal> Goals)
{
    private const int Shown = 20;

    internal static CrashReport Of(ImmutableArray<CrashedAct> acts, ImmutableArray<string> troubles) => new(
        acts.Sum(static act => act.Cases),
        acts,
        troubles.Length,
        [.. troubles.Take(Shown)],
        [Goal.AtMost("cases that do not end as the undisturbed run", 0, troubles.Length)]);
}
