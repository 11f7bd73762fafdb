using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Running;

/// <summary>One line of states as it runs: a machine, a branch or an iteration.</summary>
internal sealed class FlowRun(Execution execution, Trail trail, ImmutableDictionary<string, JsonNode?> variables, JsonObject? mapItem, CancellationToken token)
{
    private static readonly TimeSpan ShortestTransition = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestTransition = TimeSpan.FromMilliseconds(50);

    public Execution Execution { get; } = execution;

    public Trail Trail { get; } = trail;

    public ImmutableDictionary<string, JsonNode?> Variables { get; set; } = variables;

    public JsonObject? MapItem { get; } = mapItem;

    public CancellationToken Token { get; } = token;

    /// <summary>A line that starts where this one stands and sees its variables, but keeps its own to itself.</summary>
    public FlowRun Branch(CancellationToken stop, JsonObject? item = null) => new(Execution, new Trail { Last = Trail.Last }, Variables, item ?? MapItem, stop);

    public async Task<JsonNode?> RunAsync(Flow flow, JsonNode? input)
    {
        var step = new Step(input, flow.StartAt);
        while (step.Next is not null)
        {
            await Execution.Engine.Time.Delay(Execution.Engine.Chance.Between(ShortestTransition, LongestTransition), Token).ConfigureAwait(false);
            step = await RunAsync(new Visit(this, flow.States[step.Next], step.Output)).ConfigureAwait(false);
        }

        return step.Output;
    }

    private async Task<Step> RunAsync(Visit visit)
    {
        visit.Enter();
        try
        {
            var step = await (visit.State switch
            {
                TaskState task => TaskRun.RunAsync(visit, task),
                ParallelState parallel => ParallelRun.RunAsync(visit, parallel),
                MapState map => MapRun.RunAsync(visit, map),
                WaitState wait => WaitRun.RunAsync(visit, wait),
                var plain => Task.FromResult(PlainRun.Run(visit, plain)),
            }).ConfigureAwait(false);
            visit.Exit(step.Output);
            return step;
        }
        catch (StateFailedException failure) when (failure.Error is StatesErrors.Runtime && !failure.Cause!.StartsWith("An error occurred", StringComparison.Ordinal))
        {
            throw StatesErrors.Runtimes($"An error occurred while executing the state '{visit.State.Name}' (entered at the event id #{visit.EnteredId}). {failure.Cause}");
        }
        catch (OperationCanceledException) when (visit.State is TaskState or ParallelState or MapState or WaitState && !Execution.History.IsFull)
        {
            visit.Log($"{visit.State.Type}StateAborted");
            throw;
        }
    }
}
