using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using ServerlessPrivateLink.Benchmarks.Crash;
using ServerlessPrivateLink.Benchmarks.Failovers;
using ServerlessPrivateLink.Benchmarks.Fleet;
using ServerlessPrivateLink.Benchmarks.Hostile;
using ServerlessPrivateLink.Benchmarks.Invoke;
using ServerlessPrivateLink.Cli;

namespace ServerlessPrivateLink.Benchmarks;

public static class Program
{
    public static int Main(string[] args)
    {
        var home = HomeDirectory.Find(Environment.GetEnvironmentVariable(HomeDirectory.Variable), AppContext.BaseDirectory);
        var commands = new RootCommand("Measures this project against its goals and against others. Nothing leaves this machine.") { Failover(home), Fleet(home), Invoke(home), Hostile(home), Crash(home) };
        return commands.Parse(args).Invoke();
    }

    private static Command Failover(HomeDirectory home)
    {
        var seeds = new Option<int>("--seeds") { Description = "How many worlds are drawn.", HelpName = "N", DefaultValueFactory = static _ => 2000 };
        var json = Json();
        var command = new Command("failover", "The same drawn failovers, followed by us and by five rivals' rules.") { seeds, json };
        command.SetAction(parsed =>
        {
            var report = Timed(() => FailoverBenchmark.Run(home, parsed.GetValue(seeds), Environment.ProcessorCount));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(report, BenchmarkJson.Readable().FailoverReport));
            else FailoverText.Write(Console.Out, report);
            return ExitCodeOf(report.Goals);
        });
        return command;
    }

    private static Command Fleet(HomeDirectory home)
    {
        var links = new Option<int>("--links") { Description = "How many links the stack has.", HelpName = "N", DefaultValueFactory = static _ => 200 };
        var json = Json();
        var command = new Command("fleet", "One stack with many links: a steady minute, and 50 databases that move at once.") { links, json };
        command.SetAction(parsed =>
        {
            var report = Timed(() => FleetBenchmark.Run(home, parsed.GetValue(links), RealClock()));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(report, BenchmarkJson.Readable().FleetReport));
            else FleetText.Write(Console.Out, report);
            return ExitCodeOf(report.Goals);
        });
        return command;
    }

    private static Command Invoke(HomeDirectory home)
    {
        var turns = new Option<int>("--turns") { Description = "How often each side starts.", HelpName = "N", DefaultValueFactory = static _ => 10 };
        var json = Json();
        var command = new Command("invoke", "Whole processes through the Runtime API: our SyncTargets and a vendor guide's Python function, in turns.") { turns, json };
        command.SetAction(parsed =>
        {
            var report = Timed(() => InvokeBenchmark.Run(home, parsed.GetValue(turns), RealClock()));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(report, BenchmarkJson.Readable().InvokeReport));
            else InvokeText.Write(Console.Out, report);
            return ExitCodeOf(report.Goals);
        });
        return command;
    }

    private static Command Hostile(HomeDirectory home)
    {
        var events = new Option<int>("--events") { Description = "How many events come.", HelpName = "N", DefaultValueFactory = static _ => 20_000 };
        var json = Json();
        var command = new Command("hostile", "Real requests for connections among forged, malformed, doubled, foreign and huge events.") { events, json };
        command.SetAction(parsed =>
        {
            var report = Timed(() => HostileBenchmark.Run(home, parsed.GetValue(events), Environment.ProcessorCount));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(report, BenchmarkJson.Readable().HostileReport));
            else HostileText.Write(Console.Out, report);
            return ExitCodeOf(report.Goals);
        });
        return command;
    }

    private static Command Crash(HomeDirectory home)
    {
        var every = new Option<int>("--every") { Description = "Of how many calls one is hit.", HelpName = "N", DefaultValueFactory = static _ => 1 };
        var acts = new Option<string[]>("--act") { Description = "What is killed; may stand more than once.", HelpName = "ACT", DefaultValueFactory = static _ => [.. CrashBenchmark.Acts] };
        acts.AcceptOnlyFromAmong([.. CrashBenchmark.Acts]);
        var json = Json();
        var command = new Command("crash", "Provisioning, a change, a release, and two runs that fail and take back what they made, each killed before and after every call or robbed of its answer, and run again.") { every, acts, json };
        command.SetAction(parsed =>
        {
            var report = Timed(() => CrashBenchmark.Run(home, parsed.GetValue(acts)!, parsed.GetValue(every), Environment.ProcessorCount));
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(report, BenchmarkJson.Readable().CrashReport));
            else CrashText.Write(Console.Out, report);
            return ExitCodeOf(report.Goals);
        });
        return command;
    }

    private static Option<bool> Json() => new("--json") { Description = "One JSON document on the output and nothing else." };

    private static int ExitCodeOf(IEnumerable<Goal> goals) => goals.All(static goal => goal.Met) ? ExitCode.Done : ExitCode.Failed;

#pragma warning disable RS0030 // The one place where the benchmarks meet the real clock.
    private static TimeProvider RealClock() => TimeProvider.System;
#pragma warning restore RS0030

    private static TReport Timed<TReport>(Func<TReport> run)
    {
        var began = Stopwatch.GetTimestamp();
        var report = run();
        Console.Error.WriteLine($"This took {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s.");
        return report;
    }
}
