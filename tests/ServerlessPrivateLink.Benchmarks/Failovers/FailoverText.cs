using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>Writes a report of failovers as a table.</summary>
public static class FailoverText
{
    public static void Write(TextWriter to, FailoverReport report)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(report);
        to.WriteLine($"{report.Seeds} drawn failovers. Seconds count from when DNS showed the new address to its registration, over the runs that converged.");
        to.WriteLine();
        WriteRow(to, "", "median", "p99", "worst", "never", "emptied", "no target", "reader > 30 s");
        foreach (var rule in report.Rules)
        {
            WriteRow(to, rule.Rule, rule.All);
            WriteRow(to, "  event in time", rule.Told);
            WriteRow(to, "  lost or late", rule.Untold);
            foreach (var one in rule.Databases) WriteRow(to, "  " + one.Database, one.Tally);
        }

        to.WriteLine();
        foreach (var rule in report.Rules) to.WriteLine($"{rule.Rule,-18}{rule.Says}");
        to.WriteLine();
        GoalText.Write(to, report.Goals);
    }

    private static void WriteRow(TextWriter to, string name, Tally tally) => WriteRow(
        to, name, Seconds(tally.MedianSeconds), Seconds(tally.P99Seconds), Seconds(tally.WorstSeconds), Count(tally.NeverConverged), Count(tally.Emptied), Count(tally.WithoutTarget), Count(tally.ServedReader));

    private static void WriteRow(TextWriter to, string name, params ImmutableArray<string> cells) =>
        to.WriteLine($"{name,-20}{string.Concat(cells.Select(static cell => cell.PadLeft(Math.Max(10, cell.Length + 1))))}".TrimEnd());

    private static string Seconds(double? seconds) => seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
