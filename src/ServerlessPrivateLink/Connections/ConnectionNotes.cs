using System.Globalization;

namespace ServerlessPrivateLink.Connections;

/// <summary>What the tags of a connection remember.</summary>
/// <param name="Owner">Whether they name a stack and a link already; both can be said once.</param>
/// <param name="Decided">What a review or a provisioning run set out to do, written before doing it; the next review tells of what nobody has told yet.</param>
/// <param name="Told">What people were told last, written after publishing.</param>
/// <param name="Override">Who let it in against the rules, when and why; null: nobody.</param>
public sealed record ConnectionNotes(bool Owner, ConnectionNote? Decided, ConnectionNote? Told, string? Override)
{
    /// <summary>Who is telling people of it; null: nobody.</summary>
    public TellingClaim? Telling { get; init; }

    public static ConnectionNotes None { get; } = new(Owner: false, null, null, null);

    public static ConnectionNotes Read(IReadOnlyDictionary<string, string> tags) => new(
        tags.ContainsKey(ResourceTags.Stack),
        ConnectionNote.Read(tags.GetValueOrDefault(ResourceTags.Decided)),
        ConnectionNote.Read(tags.GetValueOrDefault(ResourceTags.Told)),
        tags.GetValueOrDefault(ResourceTags.Override) is { Length: > 0 } text ? text : null)
    {
        Telling = TellingClaim.Read(tags.GetValueOrDefault(ResourceTags.Telling)),
    };
}

/// <summary>A decision, as a tag remembers it.</summary>
/// <param name="Verdict">What was decided.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="At">When.</param>
public sealed record ConnectionNote(Verdict Verdict, ReviewRule Rule, DateTimeOffset At)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public string Text => $"{Verdict}:{Rule}={At.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}";

    public bool IsByPerson => Rule is ReviewRule.ByHand or ReviewRule.Overridden;

    /// <summary>Null for what is no such note: then nothing was decided or told.</summary>
    public static ConnectionNote? Read(string? text)
    {
        if (text?.Split('=', 2) is not [var what, var at] || what.Split(':', 2) is not [var first, var second]) return null;
        if (!DateTimeOffset.TryParseExact(at, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return null;
        return Enum.TryParse<Verdict>(first, out var verdict) && Enum.IsDefined(verdict) && Enum.TryParse<ReviewRule>(second, out var rule) && Enum.IsDefined(rule)
            ? new(verdict, rule, time)
            : null;
    }

    public bool SaysTheSameAs(ConnectionNote? other) => Verdict == other?.Verdict && Rule == other.Rule;
}
