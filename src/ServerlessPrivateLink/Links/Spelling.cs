using System.Collections.Immutable;

namespace ServerlessPrivateLink.Links;

/// <summary>Which known names a person may have meant.</summary>
public static class Spelling
{
    private const int LongestCompared = 128;

    /// <summary>The known names near to <paramref name="name"/>, nearest first; none when nothing is near.</summary>
    public static ImmutableArray<string> Nearest(string name, IEnumerable<string> known, int most) =>
    [
        .. known.Distinct(StringComparer.Ordinal)
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(2, Math.Max(name.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(most)
            .Select(pair => pair.candidate),
    ];

    /// <summary>How many letters must be added, dropped, changed or swapped with their neighbour; case does not count.</summary>
    public static int Distance(string from, string to)
    {
        var (a, b) = (Comparable(from), Comparable(to));
        var (beforeLast, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) last[j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[b.Length];
    }

    private static string Comparable(string text) => text[..Math.Min(text.Length, LongestCompared)].ToLowerInvariant();
}
