using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>How the link was taken down at the end.</summary>
/// <param name="Status"><see cref="RehearsalReport.Done"/> or <see cref="RehearsalReport.Failed"/>.</param>
/// <param name="SimulatedSeconds">How long it took in simulated time.</param>
/// <param name="Forced">Whether connections had to be rejected for it.</param>
/// <param name="Removed">How many parts of the link were there before.</param>
/// <param name="Remaining">How many carry its tags afterwards; 0 is right.</param>
/// <param name="States">The states of the machine.</param>
/// <param name="SecondRun">What a second release did.</param>
/// <param name="Alerts">What was published to the alert topic meanwhile.</param>
public sealed record ReleaseReport(
    string Status,
    double SimulatedSeconds,
    bool Forced,
    int Removed,
    int Remaining,
    ImmutableArray<StateRun> States,
    SecondRun SecondRun,
    [property: JsonIgnore] ImmutableArray<SentAlert> Alerts)
{
    /// <summary>Whether nothing is left, and a second release had nothing to do.</summary>
    [JsonIgnore]
    public bool LeavesNothing => Status == RehearsalReport.Done && Remaining == 0 && SecondRun is { Status: RehearsalReport.Done, MutatingCalls: 0 };
}
