using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Connections;

/// <summary>An acceptance rule as tags of a consumer's endpoint service permission. An empty value says that the rule has no such limit.</summary>
public static class RuleTags
{
    private const string Day = "yyyy-MM-dd";

    public static ImmutableArray<(string Key, string Value)> Of(AcceptanceRule rule) =>
    [
        (ResourceTags.Accept, Word(rule.Accept)),
        (ResourceTags.MaxConnections, rule.MaxConnections?.ToString(CultureInfo.InvariantCulture) ?? ""),
        (ResourceTags.Regions, string.Join(' ', rule.Regions)),
        (ResourceTags.Until, rule.Until?.ToString(Day, CultureInfo.InvariantCulture) ?? ""),
        (ResourceTags.Endpoints, string.Join(' ', rule.EndpointIds)),
    ];

    /// <summary>
    /// Null unless every part is there and can be understood. A provisioning run writes a rule right after it adds the permission,
    /// and a person may have changed it: half a rule would let in what the other half keeps out.
    /// </summary>
    public static AcceptanceRule? Read(IReadOnlyDictionary<string, string> tags)
    {
        if (AcceptOf(tags) is not { } accept
            || !TryRead(tags, ResourceTags.MaxConnections, Number, out var most)
            || !TryRead(tags, ResourceTags.Until, Date, out var until)
            || Listed(tags, ResourceTags.Regions) is not { } regions
            || Listed(tags, ResourceTags.Endpoints) is not { } endpoints)
            return null;
        return new(accept, most, regions, until, endpoints);
    }

    private static string Word(Acceptance accept) => accept switch
    {
        Acceptance.Auto => "auto",
        Acceptance.Ask => "ask",
        _ => "never",
    };

    private static Acceptance? AcceptOf(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault(ResourceTags.Accept) switch
    {
        "auto" => Acceptance.Auto,
        "ask" => Acceptance.Ask,
        "never" => Acceptance.Never,
        _ => null,
    };

    // Absent and beyond understanding are the same: false. Empty is the absence of a limit.
    private static bool TryRead<T>(IReadOnlyDictionary<string, string> tags, string key, Func<string, T?> read, out T? value)
        where T : struct
    {
        value = null;
        if (!tags.TryGetValue(key, out var text)) return false;
        if (text.Length == 0) return true;
        value = read(text);
        return value is not null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static DateOnly? Date(string text) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static ImmutableArray<string>? Listed(IReadOnlyDictionary<string, string> tags, string key) =>
        tags.TryGetValue(key, out var text) ? [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)] : null;
}
