using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LocalAws.Wire;

/// <summary>One page of a list, and the token that continues it.</summary>
internal sealed record Page<T>(ImmutableArray<T> Items, string? Next);

/// <summary>Cuts lists into pages. A token says where the next page begins; only its issuer can read it.</summary>
internal static class Page
{
    private const string Mark = "local-page:";

    /// <param name="all">The whole list.</param>
    /// <param name="size">How many a page holds.</param>
    /// <param name="token">Where it begins; null: at the start.</param>
    /// <param name="invalid">The refusal of a token that was never given out.</param>
    public static Page<T> Of<T>(IEnumerable<T> all, int size, string? token, Func<AwsErrorException> invalid)
    {
        var begin = string.IsNullOrEmpty(token) ? 0 : Read(token) ?? throw invalid();
        var rest = all.Skip(begin).Take(size + 1).ToImmutableArray();
        return rest.Length > size ? new(rest[..size], Token(begin + size)) : new(rest, null);
    }

    private static string Token(int begin) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(Mark + begin.ToString(CultureInfo.InvariantCulture)));

    private static int? Read(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
            return null;
        var text = Encoding.ASCII.GetString(bytes, 0, length);
        return text.StartsWith(Mark, StringComparison.Ordinal) && int.TryParse(text[Mark.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var begin)
            ? begin
            : null;
    }
}
