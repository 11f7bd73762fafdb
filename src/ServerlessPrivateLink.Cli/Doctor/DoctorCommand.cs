using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Probing;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary><c>privatelink doctor</c>: looks at everything between a consumer and its database, and says what is broken and how to mend it.</summary>
internal static class DoctorCommand
{
    public static async Task<int> RunAsync(StackSession session, string link, ImmutableArray<string> consumerZones, bool json, Screen screen, CancellationToken stop)
    {
        var reading = new DoctorReading(session, stop);
        var facts = await reading.ReadAsync(link, consumerZones);
        var complaints = Checks.Of(facts);
        var report = new DoctorReport(
            link,
            complaints.IsEmpty,
            [.. complaints.Select(static one => new DoctorFinding(one.Check, one.Database, one.What, one.Evidence, one.Fix))],
            [.. facts.Databases.Select(static database => database.Probe).OfType<DatabaseProbe>().Select(Heard)],
            Advice.Of(facts, session.Stack.Region),
            reading.Skipped);
        if (json)
            await screen.Output.WriteLineAsync(ReportJson.Write(report));
        else
            Write(screen.Output, report);
        return report.ExitCode;
    }

    private static string Heard(DatabaseProbe probe) => FormattableString.Invariant(
        $"{ProbeAdvice.What(probe)} TLS: {probe.Tls}. Name {probe.Times.Resolve ?? 0} ms, connection {probe.Times.Connect ?? 0} ms, answer {probe.Times.Answer ?? 0} ms.");

    private static void Write(TextWriter to, DoctorReport report)
    {
        to.WriteLine(report.Healthy ? $"{report.Link}: nothing is broken" : $"{report.Link}: {report.Findings.Length} broken");
        foreach (var finding in report.Findings)
        {
            to.WriteLine($"  ! {finding.What}");
            to.WriteLine($"      {finding.Check}: {finding.Evidence}");
            to.WriteLine($"      What to do: {finding.Fix}");
        }

        foreach (var heard in report.Heard)
            to.WriteLine($"  Heard    {heard}");
        foreach (var note in report.Notes)
            to.WriteLine($"  Note     {note}");
        foreach (var left in report.Skipped)
            to.WriteLine($"  Skipped  {left}");
    }
}
