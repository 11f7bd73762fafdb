namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Writes a fault report as lines of plain text; seeds that ended as they should are only counted.</summary>
public static class FaultText
{
    public static void Write(TextWriter to, FaultReport report)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(report);
        foreach (var seed in report.Seeds.Where(static seed => !seed.Same))
        {
            to.WriteLine($"seed {seed.Seed}: {seed.Failure ?? "ended well, with other resources"}");
            foreach (var line in seed.Missing)
                to.WriteLine($"  missing     {line}");
            foreach (var line in seed.Additional)
                to.WriteLine($"  additional  {line}");
        }

        to.WriteLine($"{Count(report.Faults, "fault")} drawn; {Count(report.Restarts, "failed execution")} started again, in {Count(report.Seeds.Count(static seed => seed.Restarts > 0), "seed")}.");
        to.WriteLine($"{report.Same} of {report.Seeds.Length} ended with the same resources as without faults");
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
