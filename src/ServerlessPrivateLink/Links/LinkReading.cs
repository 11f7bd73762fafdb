using System.Collections.Immutable;

namespace ServerlessPrivateLink.Links;

/// <summary>What became of a link document: the link that it says, or everything that is wrong with it.</summary>
/// <param name="Link">Null when there are errors.</param>
/// <param name="Errors">All errors at once, in the order in which they were found.</param>
public sealed record LinkReading(Link? Link, ImmutableArray<LinkError> Errors);

/// <summary>One thing that is wrong with a link document.</summary>
/// <param name="Path">Where: a JSON path such as <c>$.databases[0].port</c>.</param>
/// <param name="Found">What stands there, cut short.</param>
/// <param name="Allowed">What may stand there.</param>
/// <param name="Message">One sentence that says what is wrong and what to do.</param>
public sealed record LinkError(string Path, string Found, string Allowed, string Message);
