using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Cli.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Shows on a terminal how far the state machine is.</summary>
internal static class LiveProgress
{
    public static RehearsalReport Show(Screen screen, bool isWanted, Func<Action<ImmutableArray<StateRun>, double>, RehearsalReport> run)
    {
        if (!isWanted)
            return run((_, _) => { });
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(screen.Output) });
        return console.Live(Table([], 0)).AutoClear(true).Start(live => run((states, seconds) =>
        {
            live.UpdateTarget(Table(states, seconds));
            live.Refresh();
        }));
    }

    private static Table Table(ImmutableArray<StateRun> states, double seconds)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new($"{Text(seconds)} of simulated time") };
        table.AddColumns("State", "Entered", "Spent", "Visits");
        foreach (var state in states.Where(state => state.Attempts > 0))
            table.AddRow(Cells(state));
        return table;
    }

    private static IEnumerable<IRenderable> Cells(StateRun state) =>
        [new Text(state.Name), new Text(Text(state.Entered)), new Text(Text(state.Seconds)), new Text(state.Visits.ToString(CultureInfo.InvariantCulture))];

    private static string Text(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
