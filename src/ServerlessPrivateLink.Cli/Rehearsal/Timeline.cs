using System.Collections.Immutable;
using Amazon.StepFunctions.Model;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Reads an execution's history as a list of its states.</summary>
public static class Timeline
{
    /// <param name="history">All events so far, in order.</param>
    /// <param name="now">Until when a state that has not been left was in progress.</param>
    public static ImmutableArray<StateRun> Of(IReadOnlyList<HistoryEvent> history, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0)
            return [];
        var start = At(history[0]);
        var states = new Dictionary<string, Visited>(StringComparer.Ordinal);
        var stateOf = new Dictionary<long, string?>();
        foreach (var one in history)
        {
            if (one.StateEnteredEventDetails is { } entered)
                Enter(states, entered.Name, At(one));
            else if (one.StateExitedEventDetails is { } exited && states.TryGetValue(exited.Name, out var left))
                left.Leave(At(one));

            // An event names the event before it; following them back leads to the state whose task was tried.
            var state = one.StateEnteredEventDetails?.Name ?? stateOf.GetValueOrDefault(one.PreviousEventId ?? 0);
            stateOf[one.Id ?? 0] = state;
            if (state is not null && IsAttempt(one) && states.TryGetValue(state, out var tried))
                tried.Attempts++;
        }

        return
        [
            .. states
                .Select(state => new StateRun(
                    state.Key,
                    Round(state.Value.First - start),
                    Round(state.Value.SpentUntil(now)),
                    state.Value.Visits,
                    state.Value.Attempts))
                .OrderBy(state => state.Entered),
        ];
    }

    /// <summary>How often a state was entered or left, which is what Standard workflows are charged by.</summary>
    public static int Transitions(IReadOnlyList<HistoryEvent> history) => history.Count(one => one.StateEnteredEventDetails is not null) + 1;

    /// <summary>Likewise, of an execution of the embedded AWS.</summary>
    internal static int Transitions(LocalAws.States.Running.Execution execution) =>
        execution.History.Events.Count(one => one.Type.EndsWith("StateEntered", StringComparison.Ordinal)) + 1;

    private static void Enter(Dictionary<string, Visited> states, string name, DateTimeOffset at)
    {
        if (!states.TryGetValue(name, out var visited))
            states[name] = visited = new(at);
        visited.Enter(at);
    }

    private static bool IsAttempt(HistoryEvent one) => one.Type is { Value: "TaskScheduled" or "LambdaFunctionScheduled" };

    private static DateTimeOffset At(HistoryEvent one) => new(one.Timestamp!.Value.ToUniversalTime());

    private static double Round(TimeSpan span) => Math.Round(span.TotalSeconds, 3);

    private sealed class Visited(DateTimeOffset first)
    {
        private readonly Queue<DateTimeOffset> open = new();
        private TimeSpan spent;

        public DateTimeOffset First { get; } = first;

        public int Visits { get; private set; }

        public int Attempts { get; set; }

        public void Enter(DateTimeOffset at)
        {
            Visits++;
            open.Enqueue(at);
        }

        public void Leave(DateTimeOffset at)
        {
            if (open.TryDequeue(out var since))
                spent += at - since;
        }

        public TimeSpan SpentUntil(DateTimeOffset now) => open.Aggregate(spent, (sum, since) => sum + (now - since));
    }
}
