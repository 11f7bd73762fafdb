using System.Globalization;

namespace ServerlessPrivateLink.Benchmarks.Invoke;

/// <summary>Writes a report of invocations as a table.</summary>
public static class InvokeText
{
    public static void Write(TextWriter to, InvokeReport report)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(report);
        to.WriteLine(report.Note);
        to.WriteLine($"Medians of {report.Ours.Starts} processes each, started in turns.");
        to.WriteLine();
        WriteRow(to, "", "ours", "theirs", "ratio");
        WriteRow(to, "cold start, ms", report.Ours.ColdMilliseconds, report.Theirs?.ColdMilliseconds, report.Ratios?.Cold);
        WriteRow(to, "  computing, ms", report.Ours.ColdCpuMilliseconds, report.Theirs?.ColdCpuMilliseconds, report.Ratios?.ColdCpu);
        WriteRow(to, "warm, ms", report.Ours.WarmMilliseconds, report.Theirs?.WarmMilliseconds, report.Ratios?.Warm);
        WriteRow(to, "peak memory, MB", report.Ours.PeakMegabytes, report.Theirs?.PeakMegabytes, report.Ratios?.Peak);
        to.WriteLine();
        GoalText.Write(to, report.Goals);
    }

    private static void WriteRow(TextWriter to, string name, double ours, double? theirs, double? ratio) =>
        WriteRow(to, name, Number(ours, "0.0"), Number(theirs, "0.0"), Number(ratio, "0.00"));

    private static void WriteRow(TextWriter to, string name, string ours, string theirs, string ratio) => to.WriteLine($"{name,-20}{ours,10}{theirs,10}{ratio,10}");

    private static string Number(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
