using System.Text.Json.Nodes;
using LocalAws.States.Definitions;
using LocalAws.Timing;

namespace LocalAws.States.Running;

/// <summary>Carries a Task's call out.</summary>
/// <param name="resource">What is called.</param>
/// <param name="input">Its parameters.</param>
/// <returns>Its result.</returns>
/// <exception cref="StateFailedException">It failed.</exception>
public delegate Task<JsonNode?> RunTask(TaskResource resource, JsonNode? input);

/// <summary>What an execution needs from the world.</summary>
/// <param name="Time">The clock; waits and retries take its time.</param>
/// <param name="Chance">For jitter, ids and the small delays between states.</param>
/// <param name="Region">Where tasks are called.</param>
/// <param name="RunTask">Calls them.</param>
public sealed record Engine(SimulatedTime Time, Chance Chance, string Region, RunTask RunTask)
{
    /// <summary>For how long an execution may go on.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Told of an execution that has ended.</summary>
    public Action<Execution>? OnEnded { get; init; }
}
