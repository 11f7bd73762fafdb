using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>The connections of a link.</summary>
public sealed record LinkConnections(string Link, ImmutableArray<ShownConnection> Connections);

/// <summary>One connection.</summary>
/// <param name="Endpoint">The consumer's endpoint.</param>
/// <param name="Owner">The consumer's account.</param>
/// <param name="Region">Where the endpoint stands.</param>
/// <param name="State"><c>Pending</c>, <c>Established</c>, <c>Rejected</c> or <c>Over</c>.</param>
/// <param name="Decision">What the rules say: <c>Nothing</c>, <c>Accept</c>, <c>Flag</c> or <c>Reject</c>; of what has ended, what was decided.</param>
/// <param name="Rule">Which rule.</param>
/// <param name="Why">The same in a sentence.</param>
/// <param name="Override">When it was let in against the rules, by whom and why; null: it was not.</param>
/// <param name="RequestedAt">When it was asked for.</param>
public sealed record ShownConnection(
    string Endpoint,
    string Owner,
    string Region,
    string State,
    string Decision,
    string Rule,
    string Why,
    string? Override,
    DateTimeOffset RequestedAt);

/// <summary>How a person's answer was taken.</summary>
/// <param name="Link">The link.</param>
/// <param name="Endpoint">The consumer's endpoint.</param>
/// <param name="Owner">The consumer's account.</param>
/// <param name="Deed">What was done: <c>Nothing</c>, <c>Accept</c>, <c>Override</c>, <c>Withdraw</c> or <c>Reject</c>.</param>
/// <param name="Rule">The rule that speaks of it.</param>
/// <param name="Sentence">The same for a person.</param>
public sealed record AnsweredConnection(string Link, string Endpoint, string Owner, string Deed, string Rule, string Sentence);
