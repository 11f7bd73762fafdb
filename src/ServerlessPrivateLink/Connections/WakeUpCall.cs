using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Connections;

/// <summary>
/// What an event says about where to look. Nothing in it is believed: AWS documents no form for it, and anybody in the account can send one.
/// At worst it makes a review look at links that need none.
/// </summary>
/// <param name="Link">A link that a person named; null: none.</param>
/// <param name="ServiceIds">Ids of endpoint services that stand somewhere in it.</param>
public sealed partial record WakeUpCall(string? Link, ImmutableHashSet<string> ServiceIds)
{
    // Longer than what SNS delivers is no notification.
    private const int MostLetters = 300_000;

    public static WakeUpCall Read(JsonElement happened)
    {
        var text = happened.ValueKind is JsonValueKind.Undefined ? "" : happened.GetRawText();
        return new(
            happened.ValueKind is JsonValueKind.Object && happened.TryGetProperty(nameof(Link), out var link) && link.ValueKind is JsonValueKind.String ? link.GetString() : null,
            text.Length > MostLetters ? [] : [.. ServiceId().Matches(text).Select(static match => match.Value)]);
    }

    /// <summary>The services to review: those that the event names and the stack has; all of the stack's where it names none of them.</summary>
    public ImmutableArray<LinkService> Choose(ImmutableArray<LinkService> services)
    {
        if (Link is not null) return [.. services.Where(service => service.Link.Link == Link)];
        ImmutableArray<LinkService> named = [.. services.Where(service => ServiceIds.Contains(service.Id))];
        return named.IsEmpty ? services : named;
    }

    [GeneratedRegex(@"vpce-svc-[0-9a-f]{8,17}", RegexOptions.NonBacktracking)]
    private static partial Regex ServiceId();
}
