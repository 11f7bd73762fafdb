using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>
/// ARNs are compared part by part: a wildcard never reaches over a colon, but for the last part, which may hold colons itself
/// (IAM User Guide, "IAM JSON policy elements: Resource" and "Amazon Resource Name (ARN) condition operators").
/// </summary>
internal static class ArnPattern
{
    private const int Parts = 6;

    public static bool IsWellFormed(string pattern) => Split(PatternText.Of(pattern)) is { } parts && parts[0].Text == "arn";

    public static bool Matches(PatternText pattern, string arn) =>
        Split(pattern) is { } wanted
        && arn.Split(':', Parts) is { Length: Parts } found
        && wanted.Zip(found).All(part => Wildcard.Matches(part.First, part.Second, ignoreCase: false));

    private static ImmutableArray<PatternText>? Split(PatternText pattern)
    {
        var parts = ImmutableArray.CreateBuilder<PatternText>(Parts);
        var at = 0;
        while (parts.Count < Parts - 1)
        {
            var colon = pattern.Text.IndexOf(':', at);
            if (colon < 0)
                return null;
            parts.Add(pattern.Slice(at, colon - at));
            at = colon + 1;
        }

        parts.Add(pattern.Slice(at, pattern.Length - at));
        return parts.ToImmutable();
    }
}
