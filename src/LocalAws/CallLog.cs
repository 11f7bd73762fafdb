using System.Collections.Immutable;

namespace LocalAws;

/// <summary>One call that came through a door.</summary>
/// <param name="At">When it came.</param>
/// <param name="Caller">The caller's short name.</param>
/// <param name="Action">As IAM names it, such as <c>ec2:CreateTags</c>.</param>
/// <param name="Mutates">Whether the operation can change anything.</param>
/// <param name="Error">The error code of the answer, or what broke the connection; null: it succeeded, or is still under way.</param>
public sealed record CallRecord(DateTimeOffset At, string Caller, string Action, bool Mutates, string? Error);

/// <summary>All calls, in the order in which they came.</summary>
public sealed class CallLog
{
    private readonly List<CallRecord> records = [];

    /// <summary>How many there are.</summary>
    public int Count => records.Count;

    /// <summary>The calls from a place on; <see cref="Count"/> taken earlier is such a place.</summary>
    public ImmutableArray<CallRecord> Since(int place) => [.. records.Skip(place)];

    /// <summary>Notes a call that came in; the result is its place.</summary>
    internal int Open(CallRecord record)
    {
        records.Add(record);
        return records.Count - 1;
    }

    /// <summary>Notes how a call went wrong.</summary>
    internal void Fail(int place, string error) => records[place] = records[place] with { Error = error };
}
