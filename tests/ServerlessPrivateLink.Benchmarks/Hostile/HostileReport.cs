using System.Collections.Immutable;

namespace ServerlessPrivateLink.Benchmarks.Hostile;

/// <param name="Events">How many events came.</param>
/// <param name="Accounts">How many accounts they came to, each with a stack and a seed of its own.</param>
/// <param name="Kinds">How many of each kind.</param>
/// <param name="Requests">How many connections were asked for.</param>
/// <param name="WronglyAccepted">Connections that stand and must not.</param>
/// <param name="WronglyRejected">Connections that were rejected and must not be.</param>
/// <param name="Undecided">Connections that wait and must not, or of whose decision nobody heard.</param>
/// <param name="Alerts">How many alerts of connections were published.</param>
/// <param name="ToldTwice">Connections of which people heard twice though no review died on them.</param>
/// <param name="ToldTwiceByCrash">Those of which people heard twice because a review died between telling and noting, each time with the same id.</param>
/// <param name="Crashes">How many connections had a review die on them.</param>
/// <param name="Reviews">How often the review ran.</param>
/// <param name="FunctionErrors">How many of these runs failed.</param>
/// <param name="FailedWithoutCrash">Those of them in which no crash had been drawn.</param>
/// <param name="DeadLetters">Messages in the dead-letter queue.</param>
/// <param name="SecondsToDecide">From a request whose notification came to the alert of its decision, 99 of 100.</param>
/// <param name="SecondsToDecideWhenLost">The longest of all requests.</param>
/// <param name="Goals">What is to be reached.</param>
public sealed record HostileReport(
    int Events,
    int Accounts,
    IReadOnlyDictionary<string, int> Kinds,
    int Requests,
    int WronglyAccepted,
    int WronglyRejected,
    int Undecided,
    int Alerts,
    int ToldTwice,
    int ToldTwiceByCrash,
    int Crashes,
    int Reviews,
    int FunctionErrors,
    int FailedWithoutCrash,
    int DeadLetters,
    double? SecondsToDecide,
    double? SecondsToDecideWhenLost,
    ImmutableArray<Goal> Goals)
{
    internal static HostileReport Of(int events, IReadOnlyList<HostileTally> accounts)
    {
        var kinds = new SortedDictionary<string, int>(accounts.SelectMany(static one => one.Kinds).GroupBy(static kind => kind.Key, StringComparer.Ordinal).ToDictionary(static kind => kind.Key, static kind => kind.Sum(static one => one.Value), StringComparer.Ordinal), StringComparer.Ordinal);
        ImmutableArray<double> seconds = [.. accounts.SelectMany(static one => one.SecondsToDecide).Order()];
        var report = new HostileReport(
            events,
            accounts.Count,
            kinds,
            accounts.Sum(static one => one.Requests),
            accounts.Sum(static one => one.WronglyAccepted),
            accounts.Sum(static one => one.WronglyRejected),
            accounts.Sum(static one => one.Undecided),
            accounts.Sum(static one => one.Alerts),
            accounts.Sum(static one => one.ToldTwice),
            accounts.Sum(static one => one.ToldTwiceByCrash),
            accounts.Sum(static one => one.Crashed),
            accounts.Sum(static one => one.Reviews),
            accounts.Sum(static one => one.FunctionErrors),
            accounts.Sum(static one => one.FailedWithoutCrash),
            accounts.Sum(static one => one.DeadLetters),
            seconds.IsEmpty ? null : Math.Round(seconds[(int)(0.79 * (seconds.Length - 1))], 2),
            seconds.IsEmpty ? null : Math.Round(seconds[^1], 1),
            []);
        return report with { Goals = GoalsOf(report, kinds.GetValueOrDefault("huge notification")) };
    }

    private static ImmutableArray<Goal> GoalsOf(HostileReport report, int huge) =>
    [
        Goal.AtMost("wrongly accepted", 0, report.WronglyAccepted),
        Goal.AtMost("wrongly rejected", 0, report.WronglyRejected),
        Goal.AtMost("undecided after the schedule", 0, report.Undecided),
        Goal.AtMost("decisions told twice without a crash", 0, report.ToldTwice),
        Goal.AtMost("function errors without a crash", 0, report.FailedWithoutCrash),
        Goal.AtMost("dead letters, of the huge notifications alone", huge, report.DeadLetters),
    ];
}
