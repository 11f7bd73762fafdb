using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary>What a state machine of the stack is to do.</summary>
/// <param name="Machine">Its name in the template.</param>
/// <param name="Link">The link.</param>
/// <param name="Input">The input, a JSON object with the link's <c>name</c>.</param>
/// <param name="Again">The command that follows it again.</param>
/// <param name="Detach">Whether nobody waits for the end.</param>
/// <param name="Json">One JSON document and nothing else.</param>
internal sealed record MachineOrder(string Machine, string Link, string Input, string Again, bool Detach, bool Json);

/// <summary>Runs a state machine of the stack, shows how far it is, and reports.</summary>
/// <param name="session">The stack.</param>
/// <param name="screen">Where it is told.</param>
/// <param name="clock">Time between looks.</param>
internal sealed class MachineRun(StackSession session, Screen screen, TimeProvider clock)
{
    /// <summary>The machines that change a link: of one link, one of them at a time.</summary>
    private static readonly ImmutableArray<string> Machines = [UpCommand.Machine, DownCommand.Machine];

    /// <param name="order">What it is to do.</param>
    /// <param name="read">Adds what a good end's output says.</param>
    /// <param name="stop">Ends the looking, not the execution.</param>
    public async Task<int> RunAsync(MachineOrder order, Func<RunReport, string, RunReport> read, CancellationToken stop)
    {
        var (states, stack) = (session.Aws.StepFunctions, session.Stack);
        var others = Machines.Where(machine => machine != order.Machine).Select(machine => stack.Machines.GetValueOrDefault(machine)).OfType<string>();
        var started = await new ExecutionStart(states, stack.Machine(order.Machine), [.. others], clock).StartAsync(order.Link, order.Input, stop);
        if (order.Detach)
        {
            await screen.Output.WriteLineAsync(order.Json ? ReportJson.Write(RunReport.Of(order.Link, started.Arn)) : started.Arn);
            return ExitCode.Done;
        }

        var ended = await new ExecutionFollowing(new(states, clock, Executions.UsualPause), screen, order.Json).RunAsync(started, order.Again, stop);
        if (ended is null)
            return ExitCode.Interrupted;
        var report = ReportOf(order.Link, started.Arn, ended, read);
        if (order.Json)
            await screen.Output.WriteLineAsync(ReportJson.Write(report));
        else
            Write(report);
        return RehearsalReport.ToExitCode(report.Status);
    }

    private static RunReport ReportOf(string link, string arn, Execution ended, Func<RunReport, string, RunReport> read)
    {
        var report = RunReport.Of(link, arn) with { Seconds = ended.Took.TotalSeconds, States = ended.States, Warnings = ended.Warnings() };
        if (ended.HasSucceeded)
            return read(report with { Status = RehearsalReport.Done }, ended.Output ?? "{}");
        var failure = Refusals.Of(ended);
        return report with { Status = failure.Reasons.IsEmpty ? RehearsalReport.Failed : RehearsalReport.Refused, Failure = failure };
    }

    private void Write(RunReport report)
    {
        var to = report.Failure is null ? screen.Output : screen.Error;
        to.WriteLine();
        to.WriteLine($"Link {report.Link}: {report.Status} after {report.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s{By(report)}");
        foreach (var line in ReportText.Failure(report.Failure))
            to.WriteLine(line);
        foreach (var warning in report.Warnings)
            to.WriteLine($"Warning: {warning}");
        foreach (var leftover in report.Leftovers)
            to.WriteLine($"Removed: {leftover}");
        if (report.Removed is { } removed)
            to.WriteLine(removed == 0 ? "There was nothing of it." : string.Create(CultureInfo.InvariantCulture, $"Removed {removed} resource(s); nothing of it is left."));
        if (report.Shared is null)
            return;
        to.WriteLine();
        foreach (var line in report.Shared.Text())
            to.WriteLine(line);
    }

    // A failure that the machine could report begins with the step's name.
    private static string By(RunReport report) =>
        report.Failure?.Cause.Split(':')[0] is { } step && report.States.Any(state => state.Name == step) ? $", by {step}" : "";
}
