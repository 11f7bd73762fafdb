using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>What became of an execution on a deployed stack.</summary>
/// <param name="Link">The link.</param>
/// <param name="Execution">The execution's ARN.</param>
/// <param name="Status"><c>done</c>, <c>failed</c>, <c>refused</c>, or <c>running</c> where nobody waited.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="States">The states that it entered, in that order.</param>
/// <param name="Warnings">What it warned of.</param>
/// <param name="Shared">What consumers need; null: it did not end well, or there is nothing to share.</param>
/// <param name="Removed">How many resources it removed; null: that was not its task, or it did not end well.</param>
/// <param name="Leftovers">What the link's document no longer asked for, and is removed.</param>
/// <param name="Failure">Why it did not end well; null: it did.</param>
public sealed record RunReport(
    string Link,
    string Execution,
    string Status,
    double Seconds,
    ImmutableArray<StateRun> States,
    ImmutableArray<string> Warnings,
    SharedReport? Shared,
    int? Removed,
    ImmutableArray<string> Leftovers,
    RunFailure? Failure)
{
    private const string Running = "running";

    /// <summary>One that has just been started.</summary>
    public static RunReport Of(string link, string execution) => new(link, execution, Running, 0, [], [], null, null, [], null);
}

/// <summary>What a sync that a person asked for did.</summary>
/// <param name="Link">The link.</param>
/// <param name="Looked">How many of its databases were looked at.</param>
/// <param name="Changed">How many of them had moved.</param>
/// <param name="Left">For how many there was no time.</param>
public sealed record SyncedLink(string Link, int Looked, int Changed, int Left);
