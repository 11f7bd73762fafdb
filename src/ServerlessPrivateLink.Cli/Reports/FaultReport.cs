using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>What became of a link that was built while calls failed, seed by seed.</summary>
/// <param name="Link">The link's name.</param>
/// <param name="Same">How many seeds ended with the same resources as without faults.</param>
/// <param name="Restarts">How often the operator had to start a failed execution again, all seeds together.</param>
/// <param name="Faults">How many faults were drawn, all seeds together.</param>
/// <param name="Seeds">One entry for each seed.</param>
public sealed record FaultReport(string Link, int Same, int Restarts, int Faults, ImmutableArray<SeedReport> Seeds)
{
    public bool IsAllSame => Same == Seeds.Length;
}

/// <summary>One course of events.</summary>
/// <param name="Seed">Its number, which is all that it takes to see it again.</param>
/// <param name="Same">Whether the account has the same resources as without faults: names, settings, tags, rules and principals.</param>
/// <param name="Restarts">How often the operator had to start a failed execution again.</param>
/// <param name="Faults">How many faults were drawn.</param>
/// <param name="SimulatedSeconds">From the first start to the last end.</param>
/// <param name="Failure">What the last execution ended with; null: it ended well.</param>
/// <param name="Missing">What is there without faults only.</param>
/// <param name="Additional">What is there with faults only.</param>
public sealed record SeedReport(
    int Seed,
    bool Same,
    int Restarts,
    int Faults,
    double SimulatedSeconds,
    string? Failure,
    ImmutableArray<string> Missing,
    ImmutableArray<string> Additional);
