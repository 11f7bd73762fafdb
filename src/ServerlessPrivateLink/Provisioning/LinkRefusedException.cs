using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Provisioning.Planning;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>The document is valid, and the account does not allow the link; every reason is told at once, each with its remedy.</summary>
public sealed class LinkRefusedException(ImmutableArray<Finding.Refusal> refusals) : RefusedException(
    Numbered(refusals, static refusal => $"{refusal.Path}: {refusal.Reason} ({refusal.Code})"),
    Numbered(refusals, static refusal => refusal.Remedy))
{
    public ImmutableArray<Finding.Refusal> Refusals { get; } = refusals;

    private static string Numbered(ImmutableArray<Finding.Refusal> refusals, Func<Finding.Refusal, string> text) => refusals.Length == 1
        ? text(refusals[0])
        : string.Join('\n', refusals.Select((refusal, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {text(refusal)}")));
}
