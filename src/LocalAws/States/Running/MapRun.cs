using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Running;

/// <summary>Runs an inline Map.</summary>
internal static class MapRun
{
    /// <summary>How many iterations of an inline map run at once, whatever it asks for (docs.aws.amazon.com: "Using Map state in Inline mode").</summary>
    private const int MostAtOnce = 40;

    public static Task<Step> RunAsync(Visit visit, MapState map) =>
        RecoveryRun.RunAsync(visit, map.Recovery, () => AttemptAsync(visit, map));

    private static async Task<JsonNode?> AttemptAsync(Visit visit, MapState map)
    {
        var input = visit.Selected();
        var view = visit.See(input);
        var items = view.Get(map.ItemsPath, "ItemsPath") as JsonArray
            ?? throw StatesErrors.Runtimes($"Reference path \"{map.ItemsPath.Text}\" must point to array.");
        var most = map.MaxConcurrency.Get(view, "MaxConcurrencyPath", 0);
        visit.Log("MapStateStarted", "mapStateStartedEventDetails", new JsonObject { ["length"] = items.Count });
        var results = new JsonNode?[items.Count];
        var next = 0;
        try
        {
            var lines = Math.Min(items.Count, most is 0 or > MostAtOnce ? MostAtOnce : most);
            await new Branches(visit).RunAsync(Enumerable.Repeat<Func<CancellationToken, Task>>(LineAsync, lines)).ConfigureAwait(false);
        }
        catch (StateFailedException)
        {
            visit.Log("MapStateFailed");
            throw;
        }

        visit.Log("MapStateSucceeded");
        return visit.Place(Json.Array(results));

        async Task LineAsync(CancellationToken stop)
        {
            var before = visit.Run.Trail.Last;
            while (next < items.Count)
            {
                stop.ThrowIfCancellationRequested();
                var at = next++;
                var run = visit.Run.Branch(stop, new JsonObject { ["Index"] = at, ["Value"] = Json.Copy(items[at]) });
                run.Trail.Last = before;
                results[at] = await IterateAsync(visit, map, run, input, at).ConfigureAwait(false);
            }
        }
    }

    private static async Task<JsonNode?> IterateAsync(Visit visit, MapState map, FlowRun run, JsonNode? input, int at)
    {
        var iteration = new Visit(run, map, input);
        Log("Started");
        try
        {
            var item = run.MapItem!["Value"];
            var given = map.ItemSelector is { } selector ? selector.Fill(iteration.See(input), visit.Engine.Chance) : item;
            var result = await run.RunAsync(map.Processor, iteration.Sized(given)).ConfigureAwait(false);
            Log("Succeeded");
            return result;
        }
        catch (StateFailedException)
        {
            Log("Failed");
            throw;
        }
        catch (OperationCanceledException)
        {
            Log("Aborted");
            throw;
        }
        finally
        {
            visit.Run.Trail.Last = run.Trail.Last;
        }

        void Log(string how) =>
            iteration.Log($"MapIteration{how}", $"mapIteration{how}EventDetails", new JsonObject { ["name"] = map.Name, ["index"] = at });
    }
}
