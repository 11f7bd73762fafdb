using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.States.Running;

/// <summary>One event of an execution's history (docs.aws.amazon.com: API reference, "HistoryEvent").</summary>
/// <param name="Id">From 1 on.</param>
/// <param name="PreviousId">The event that led to this one; 0 for the first two.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Type">Such as <c>TaskStateEntered</c>.</param>
/// <param name="DetailsName">The member of the answer that holds the details, such as <c>stateEnteredEventDetails</c>; null: the type has none.</param>
/// <param name="Details">The details.</param>
public sealed record HistoryEvent(long Id, long PreviousId, DateTimeOffset Timestamp, string Type, string? DetailsName, JsonObject? Details);

/// <summary>What happened in an execution, in order.</summary>
public sealed class History(TimeProvider time)
{
    /// <summary>How many events a Standard execution may have (docs.aws.amazon.com: "Step Functions service quotas").</summary>
    public const int Most = 25_000;

    private readonly List<HistoryEvent> events = [];

    /// <summary>The events so far.</summary>
    public ImmutableArray<HistoryEvent> Events => [.. events];

    /// <summary>Whether only the last event, that the execution has ended, can still be added.</summary>
    internal bool IsFull => events.Count >= Most - 1;

    internal long Add(long previous, string type, string? detailsName = null, JsonObject? details = null)
    {
        events.Add(new(events.Count + 1, previous, time.GetUtcNow(), type, detailsName, details));
        return events.Count;
    }
}
