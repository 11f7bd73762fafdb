using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Running;

/// <summary>Runs a Task.</summary>
internal static class TaskRun
{
    public static Task<Step> RunAsync(Visit visit, TaskState task) =>
        RecoveryRun.RunAsync(visit, task.Recovery, () => AttemptAsync(visit, task));

    private static async Task<JsonNode?> AttemptAsync(Visit visit, TaskState task)
    {
        var view = visit.See(visit.Selected());
        var input = visit.Effective();
        var timeout = task.Timeout?.Get(view, "TimeoutSecondsPath", 1);
        var heartbeat = task.Heartbeat?.Get(view, "HeartbeatSecondsPath", 1);
        var events = TaskEvents.Of(visit, task.Resource);
        events.Scheduled(input, timeout, heartbeat);
        events.Started();
        var result = await ResultAsync(visit, task, events, input, timeout, heartbeat).ConfigureAwait(false);
        events.Succeeded(result);
        return visit.Place(result);
    }

    private static async Task<JsonNode?> ResultAsync(Visit visit, TaskState task, TaskEvents events, JsonNode? input, int? timeout, int? heartbeat)
    {
        try
        {
            return visit.Sized(await CallAsync(visit, task.Resource, input, timeout, heartbeat).ConfigureAwait(false));
        }
        catch (TimeoutException)
        {
            var error = heartbeat < (timeout ?? int.MaxValue) ? StatesErrors.HeartbeatTimeout : StatesErrors.Timeout;
            events.Ended("TimedOut", error, null);
            throw new StateFailedException(error, null);
        }
        catch (StateFailedException failure)
        {
            events.Ended("Failed", failure.Error, failure.Cause);
            throw;
        }
    }

    /// <summary>A function gives no heartbeats, so the shorter limit counts; it goes on in the background when nobody waits any more.</summary>
    private static Task<JsonNode?> CallAsync(Visit visit, TaskResource resource, JsonNode? input, int? timeout, int? heartbeat)
    {
        var limit = Math.Min(timeout ?? int.MaxValue, heartbeat ?? int.MaxValue);
        return visit.Engine.RunTask(resource, input).WaitAsync(
            limit == int.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(limit),
            visit.Engine.Time,
            visit.Run.Token);
    }
}
