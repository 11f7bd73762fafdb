using System.Collections.Immutable;
using System.Globalization;

namespace LocalAws.Access;

/// <summary>
/// What a condition's operator asks of the request's values, with IAM's answers for a key that is absent
/// (IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for multi-valued context keys").
/// </summary>
/// <param name="Comparison">The bare operator; a negated one carries the comparison that it negates.</param>
/// <param name="Negated">Whether it holds when the comparison does not.</param>
/// <param name="IfExists">Whether an absent key lets it hold.</param>
/// <param name="Set">How many of the request's values must satisfy it.</param>
internal sealed record ConditionOperator(Comparison Comparison, bool Negated, bool IfExists, SetQualifier Set)
{
    private const string ForAll = "ForAllValues:";
    private const string ForAny = "ForAnyValue:";
    private const string Existing = "IfExists";

    private static readonly ImmutableDictionary<string, (Comparison Comparison, bool Negated)> Known = ImmutableDictionary.CreateRange(
        StringComparer.OrdinalIgnoreCase,
        new Dictionary<string, (Comparison, bool)>(StringComparer.Ordinal)
        {
            ["StringEquals"] = (Comparisons.Text(ignoreCase: false), false),
            ["StringNotEquals"] = (Comparisons.Text(ignoreCase: false), true),
            ["StringEqualsIgnoreCase"] = (Comparisons.Text(ignoreCase: true), false),
            ["StringNotEqualsIgnoreCase"] = (Comparisons.Text(ignoreCase: true), true),
            ["StringLike"] = (Comparisons.Like, false),
            ["StringNotLike"] = (Comparisons.Like, true),
            ["ArnEquals"] = (ArnPattern.Matches, false),
            ["ArnLike"] = (ArnPattern.Matches, false),
            ["ArnNotEquals"] = (ArnPattern.Matches, true),
            ["ArnNotLike"] = (ArnPattern.Matches, true),
            ["Bool"] = (Comparisons.Text(ignoreCase: true), false),
            ["NumericEquals"] = (Comparisons.Number(order => order == 0), false),
            ["NumericNotEquals"] = (Comparisons.Number(order => order == 0), true),
            ["NumericLessThan"] = (Comparisons.Number(order => order < 0), false),
            ["NumericLessThanEquals"] = (Comparisons.Number(order => order <= 0), false),
            ["NumericGreaterThan"] = (Comparisons.Number(order => order > 0), false),
            ["NumericGreaterThanEquals"] = (Comparisons.Number(order => order >= 0), false),
            ["DateEquals"] = (Comparisons.Date(order => order == 0), false),
            ["DateNotEquals"] = (Comparisons.Date(order => order == 0), true),
            ["DateLessThan"] = (Comparisons.Date(order => order < 0), false),
            ["DateLessThanEquals"] = (Comparisons.Date(order => order <= 0), false),
            ["DateGreaterThan"] = (Comparisons.Date(order => order > 0), false),
            ["DateGreaterThanEquals"] = (Comparisons.Date(order => order >= 0), false),
        });

    public static string Allowed { get; } = $"Null, {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}, each but Null also with {Existing} and after {ForAll} or {ForAny}";

    /// <summary>Reads an operator's name; null when IAM, or this reading of it, has no such operator.</summary>
    public static ConditionOperator? Read(string name)
    {
        if (name.Equals("Null", StringComparison.OrdinalIgnoreCase))
            return new((_, _) => false, false, false, SetQualifier.Presence);
        var (set, rest) = name.StartsWith(ForAll, StringComparison.OrdinalIgnoreCase) ? (SetQualifier.All, name[ForAll.Length..])
            : name.StartsWith(ForAny, StringComparison.OrdinalIgnoreCase) ? (SetQualifier.Any, name[ForAny.Length..])
            : (SetQualifier.One, name);
        var ifExists = rest.EndsWith(Existing, StringComparison.OrdinalIgnoreCase);
        return Known.TryGetValue(ifExists ? rest[..^Existing.Length] : rest, out var known)
            ? new(known.Comparison, known.Negated, ifExists, set)
            : null;
    }

    /// <summary>Whether the request's values for a key satisfy the policy's.</summary>
    public bool Holds(ImmutableArray<string> wanted, ImmutableArray<string>? found, ConditionKeys keys)
    {
        if (Set is SetQualifier.Presence)
            return wanted.Any(value => value.Equals(found is null ? "true" : "false", StringComparison.OrdinalIgnoreCase));
        if (found is not { IsEmpty: false } values)
            return IfExists || Set is SetQualifier.All || (Negated && Set is SetQualifier.One);
        return Set switch
        {
            SetQualifier.All => values.All(Satisfies),
            SetQualifier.Any => values.Any(Satisfies),
            _ => Negated ? values.All(Satisfies) : values.Any(Satisfies),
        };

        bool Satisfies(string value) => Negated != wanted.Any(want => PolicyVariables.Expand(want, keys) is { } pattern && Comparison(pattern, value));
    }
}

/// <summary>Whether a value of the request is what one value of the policy asks for.</summary>
internal delegate bool Comparison(PatternText wanted, string found);

/// <summary>How many of a key's values in the request must satisfy a condition.</summary>
internal enum SetQualifier
{
    /// <summary>No qualifier: a key with one value.</summary>
    One,

    /// <summary>Every one, and none at all will do.</summary>
    All,

    /// <summary>At least one.</summary>
    Any,

    /// <summary>None: whether the key is there is the question.</summary>
    Presence,
}

internal static class Comparisons
{
    public static bool Like(PatternText wanted, string found) => Wildcard.Matches(wanted, found, ignoreCase: false);

    public static Comparison Text(bool ignoreCase) => (wanted, found) =>
        string.Equals(wanted.Text, found, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    public static Comparison Number(Func<int, bool> accept) => (wanted, found) =>
        Number(found) is { } left && Number(wanted.Text) is { } right && accept(left.CompareTo(right));

    public static Comparison Date(Func<int, bool> accept) => (wanted, found) =>
        Date(found) is { } left && Date(wanted.Text) is { } right && accept(left.CompareTo(right));

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Date(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date
        : null;
}
