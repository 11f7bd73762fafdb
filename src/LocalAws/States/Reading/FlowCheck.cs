using LocalAws.States.Definitions;

namespace LocalAws.States.Reading;

/// <summary>Checks how the states of a flow lead to one another.</summary>
internal static class FlowCheck
{
    private const string MissingTarget = "MISSING_TRANSITION_TARGET";

    public static void Transitions(Flow flow, Fields flowFields, Fields statesFields)
    {
        if (!flow.States.ContainsKey(flow.StartAt))
        {
            flowFields.Wrong("StartAt", $"Missing 'StartAt' target: {flow.StartAt}", MissingTarget);
            return;
        }

        foreach (var state in flow.States.Values)
        {
            foreach (var (field, target) in Targets(state).Where(target => !flow.States.ContainsKey(target.Target)))
                statesFields.Wrong($"{state.Name}/{field}", $"Missing '{field}' target: {target}", MissingTarget);
        }

        var reached = Reached(flow);
        foreach (var name in flow.States.Keys.Where(name => !reached.Contains(name)))
            statesFields.Wrong(name, $"State \"{name}\" is not reachable.", MissingTarget);
        if (!flow.States.Values.Any(Ends))
            flowFields.Wrong("States", "No state ends the flow", "NO_TERMINAL_STATE");
    }

    /// <summary>State names are unique in the whole machine, also across branches.</summary>
    public static void NamesAreUnique(Flow flow, Fields root)
    {
        foreach (var twice in All(flow).GroupBy(state => state.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
            root.Wrong("States", $"The state name \"{twice.Key}\" is used more than once", "DUPLICATE_STATE_NAME");
    }

    private static IEnumerable<State> All(Flow flow) => flow.States.Values.SelectMany(state => state switch
    {
        ParallelState parallel => parallel.Branches.SelectMany(All).Prepend(state),
        MapState map => All(map.Processor).Prepend(state),
        _ => [state],
    });

    private static bool Ends(State state) => state is SucceedState or FailState || (state is not ChoiceState && state.Next is null);

    private static HashSet<string> Reached(Flow flow)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Stack<string>([flow.StartAt]);
        while (ahead.TryPop(out var name))
        {
            if (!reached.Add(name) || !flow.States.TryGetValue(name, out var state))
                continue;
            foreach (var (_, target) in Targets(state))
                ahead.Push(target);
        }

        return reached;
    }

    private static IEnumerable<(string Field, string Target)> Targets(State state)
    {
        if (state.Next is { } next)
            yield return ("Next", next);
        var recovery = state switch
        {
            TaskState task => task.Recovery,
            ParallelState parallel => parallel.Recovery,
            MapState map => map.Recovery,
            _ => null,
        };
        foreach (var (catcher, at) in (recovery?.Catchers ?? []).Select((catcher, at) => (catcher, at)))
            yield return ($"Catch[{at}]/Next", catcher.Next);
        if (state is not ChoiceState choice)
            yield break;
        foreach (var (rule, at) in choice.Rules.Select((rule, at) => (rule, at)))
            yield return ($"Choices[{at}]/Next", rule.Next);
        if (choice.Default is { } other)
            yield return ("Default", other);
    }
}
