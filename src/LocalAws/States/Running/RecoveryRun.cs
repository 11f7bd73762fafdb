using System.Text.Json.Nodes;
using LocalAws.States.Definitions;
using LocalAws.States.Paths;

namespace LocalAws.States.Running;

/// <summary>Tries, retries and catches.</summary>
internal static class RecoveryRun
{
    /// <summary>Runs attempts until one succeeds, or the error is caught, or it is nobody's.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="recovery">The state's retriers and catchers.</param>
    /// <param name="attempt">One attempt, to the state's output.</param>
    public static async Task<Step> RunAsync(Visit visit, Recovery recovery, Func<Task<JsonNode?>> attempt)
    {
        var repetitions = new int[recovery.Retriers.Length];
        while (true)
        {
            StateFailedException failure;
            try
            {
                return new(await attempt().ConfigureAwait(false), visit.State.Next);
            }
            catch (StateFailedException e)
            {
                failure = e;
            }

            if (NextDelay(recovery, repetitions, failure.Error, visit.Engine.Chance) is not { } delay)
                return Catch(visit, recovery, failure);
            visit.RetryCount++;
            await visit.Engine.Time.Delay(delay, visit.Run.Token).ConfigureAwait(false);
        }
    }

    /// <summary>The wait that the first matching retrier asks for; null when there is none or its attempts are used up.</summary>
    internal static TimeSpan? NextDelay(Recovery recovery, int[] repetitions, string error, Chance chance)
    {
        for (var at = 0; at < recovery.Retriers.Length; at++)
        {
            var retrier = recovery.Retriers[at];
            if (Covers(retrier.ErrorEquals, error))
                return repetitions[at] < retrier.MaxAttempts ? retrier.Delay(repetitions[at]++, chance.NextDouble) : null;
        }

        return null;
    }

    private static Step Catch(Visit visit, Recovery recovery, StateFailedException failure)
    {
        var catcher = recovery.Catchers.FirstOrDefault(catcher => Covers(catcher.ErrorEquals, failure.Error)) ?? throw failure;
        var output = new JsonObject { ["Error"] = failure.Error, ["Cause"] = failure.Cause ?? "" };
        visit.Assign(catcher.Assign, output);
        return new(visit.Sized(catcher.ResultPath is { } path ? ResultPlace.Put(visit.Input, path, output) : visit.Input), catcher.Next);
    }

    private static bool Covers(IEnumerable<string> names, string error) => error is not StatesErrors.Runtime && names.Any(name => name switch
    {
        StatesErrors.All => error is not StatesErrors.DataLimitExceeded,
        StatesErrors.TaskFailed => error is not (StatesErrors.Timeout or StatesErrors.HeartbeatTimeout or StatesErrors.DataLimitExceeded),
        StatesErrors.Timeout => error is StatesErrors.Timeout or StatesErrors.HeartbeatTimeout,
        _ => name == error,
    });
}
