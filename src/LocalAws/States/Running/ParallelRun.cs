using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Running;

/// <summary>Runs a Parallel.</summary>
internal static class ParallelRun
{
    public static Task<Step> RunAsync(Visit visit, ParallelState parallel) =>
        RecoveryRun.RunAsync(visit, parallel.Recovery, () => AttemptAsync(visit, parallel));

    private static async Task<JsonNode?> AttemptAsync(Visit visit, ParallelState parallel)
    {
        var input = visit.Effective();
        visit.Log("ParallelStateStarted");
        var results = new JsonNode?[parallel.Branches.Length];
        try
        {
            await new Branches(visit).RunAsync(parallel.Branches.Select((branch, at) => (Func<CancellationToken, Task>)(stop => BranchAsync(at, branch, stop)))).ConfigureAwait(false);
        }
        catch (StateFailedException)
        {
            visit.Log("ParallelStateFailed");
            throw;
        }

        visit.Log("ParallelStateSucceeded");
        return visit.Place(Json.Array(results));

        async Task BranchAsync(int at, Flow branch, CancellationToken stop)
        {
            var run = visit.Run.Branch(stop);
            try
            {
                results[at] = await run.RunAsync(branch, input).ConfigureAwait(false);
            }
            finally
            {
                visit.Run.Trail.Last = run.Trail.Last;
            }
        }
    }
}
