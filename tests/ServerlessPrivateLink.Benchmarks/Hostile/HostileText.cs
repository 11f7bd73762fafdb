namespace ServerlessPrivateLink.Benchmarks.Hostile;

/// <summary>Writes a report of hostile events.</summary>
public static class HostileText
{
    public static void Write(TextWriter to, HostileReport report)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(report);
        to.WriteLine($"{report.Events} events to {report.Accounts} account(s), {report.Requests} of them real requests:");
        foreach (var (kind, count) in report.Kinds) to.WriteLine($"  {count,6}  {kind}");
        to.WriteLine();
        to.WriteLine($"{report.Reviews} reviews, {report.FunctionErrors} failed; {report.Alerts} alerts, {report.Crashes} connections on which a review died between telling and noting, {report.ToldTwiceByCrash} of them told twice with one id.");
        to.WriteLine($"Told {report.SecondsToDecide} s after the request at most for those whose notification came, {report.SecondsToDecideWhenLost} s for the slowest of all; {report.DeadLetters} dead letters.");
        to.WriteLine();
        GoalText.Write(to, report.Goals);
    }
}
