namespace ServerlessPrivateLink.Benchmarks.Crash;

/// <summary>Writes a report of killed runs.</summary>
public static class CrashText
{
    public static void Write(TextWriter to, CrashReport report)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(report);
        foreach (var act in report.Acts) to.WriteLine($"{act.Act,-14} {act.Calls,5} calls {act.Cases,6} cases");
        to.WriteLine($"{"",-14} {"",5}       {report.Cases,6} in all; {report.Differing} ended otherwise than the undisturbed run");
        foreach (var trouble in report.Troubles) to.WriteLine(trouble);
        to.WriteLine();
        GoalText.Write(to, report.Goals);
    }
}
