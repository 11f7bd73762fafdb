using System.Collections.Immutable;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <param name="Seeds">How many worlds.</param>
/// <param name="Rules">What came of each rule, ours first.</param>
/// <param name="Goals">What ours has to reach.</param>
public sealed record FailoverReport(int Seeds, ImmutableArray<RuleReport> Rules, ImmutableArray<Goal> Goals)
{
    internal static FailoverReport Of(int seeds, ImmutableArray<RuleRun> runs)
    {
        ImmutableArray<RuleReport> rules =
        [
            Report(OwnWorld.Rule, "this project, as deployed: every minute, following each event, and watching names"),
            .. Rival.All.Select(rival => Report(rival.Id, rival.Says)),
        ];
        return new(seeds, rules, GoalsOf(rules[0]));

        RuleReport Report(string rule, string says)
        {
            ImmutableArray<RuleRun> its = [.. runs.Where(run => run.Rule == rule).OrderBy(static run => run.Course.Seed)];
            return new(
                rule,
                says,
                Tally.Of(its),
                Tally.Of(its.Where(static run => run.Course.IsTold)),
                Tally.Of(its.Where(static run => !run.Course.IsTold)),
                [.. DatabaseCase.All.Select(one => new DatabaseTally(one.Name, Tally.Of(its.Where(run => run.Course.Database == one))))]);
        }
    }

    private static ImmutableArray<Goal> GoalsOf(RuleReport ours) =>
    [
        Goal.AtMost("median seconds", 3, ours.All.MedianSeconds),
        Goal.AtMost("p99 seconds", 8, ours.All.P99Seconds),
        Goal.AtMost("worst seconds", 60, ours.All.WorstSeconds),
        Goal.AtMost("never converged", 0, ours.All.NeverConverged),
        Goal.AtMost("emptied", 0, ours.All.Emptied),
    ];
}

/// <param name="Rule">Its short name.</param>
/// <param name="Says">What it does.</param>
/// <param name="All">Over all worlds.</param>
/// <param name="Told">Over those in which an event arrived before DNS showed the new address.</param>
/// <param name="Untold">Over those in which all events were lost or late.</param>
/// <param name="Databases">The same for each sort of database.</param>
public sealed record RuleReport(string Rule, string Says, Tally All, Tally Told, Tally Untold, ImmutableArray<DatabaseTally> Databases);

/// <param name="Database">The sort of database.</param>
/// <param name="Tally">What came of it.</param>
public sealed record DatabaseTally(string Database, Tally Tally);

/// <param name="Runs">How many worlds.</param>
/// <param name="MedianSeconds">From when DNS showed the new address to its registration that lasted, of the runs that converged; null: none did.</param>
/// <param name="P99Seconds">The same that 99 of 100 runs do not exceed.</param>
/// <param name="WorstSeconds">The same of the slowest run.</param>
/// <param name="WorstSeed">Which run that was.</param>
/// <param name="NeverConverged">Runs at whose end the database's address was not registered.</param>
/// <param name="Emptied">Runs in which a removal left no target that answers though one had, or no target at all.</param>
/// <param name="WithoutTarget">Runs in which no target at all was registered for a moment.</param>
/// <param name="ServedReader">Runs in which a cluster's listener for the writer led to a reader for more than 30 seconds on end.</param>
public sealed record Tally(int Runs, double? MedianSeconds, double? P99Seconds, double? WorstSeconds, int? WorstSeed, int NeverConverged, int Emptied, int WithoutTarget, int ServedReader)
{
    internal static Tally Of(IEnumerable<RuleRun> runs)
    {
        ImmutableArray<RuleRun> all = [.. runs];
        ImmutableArray<RuleRun> converged = [.. all.Where(static run => run.Outcome.Seconds is not null).OrderBy(static run => run.Outcome.Seconds)];
        return new(
            all.Length,
            Rank(0.5)?.Outcome.Seconds,
            Rank(0.99)?.Outcome.Seconds,
            Rank(1)?.Outcome.Seconds,
            Rank(1)?.Course.Seed,
            all.Length - converged.Length,
            all.Count(static run => run.Outcome.Emptied),
            all.Count(static run => run.Outcome.WithoutTarget),
            all.Count(static run => run.Outcome.ServedReader));

        // The nearest rank: always a run that there was.
        RuleRun? Rank(double share) => converged.IsEmpty ? null : converged[Math.Max(0, (int)Math.Ceiling(share * converged.Length) - 1)];
    }
}
