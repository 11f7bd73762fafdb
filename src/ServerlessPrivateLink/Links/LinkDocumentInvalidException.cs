using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Links;

/// <summary>The link document is no valid one; the message lists every error with its place.</summary>
public sealed class LinkDocumentInvalidException(ImmutableArray<LinkError> errors)
    : RefusedException(Describe(errors), "Put each of them right; `privatelink validate` reads a document without touching AWS.")
{
    public ImmutableArray<LinkError> Errors { get; } = errors;

    private static string Describe(ImmutableArray<LinkError> errors) => string.Join('\n',
    [
        errors.Length == 1 ? "The link document has an error:" : string.Create(CultureInfo.InvariantCulture, $"The link document has {errors.Length} errors:"),
        .. errors.Select(error => $"{error.Path}: {error.Message} Found {error.Found}; allowed: {error.Allowed}."),
    ]);
}
