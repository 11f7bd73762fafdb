namespace LocalAws.Wire;

/// <summary>Patterns in which <c>*</c> stands for any text, <c>?</c> for one character and a backslash takes the next as it is.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text) => Matches(pattern.AsSpan(), text.AsSpan());

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*')
                return MatchesAfterStar(pattern.TrimStart('*'), text);
            var escaped = pattern[0] == '\\' && pattern.Length > 1;
            var wanted = escaped ? pattern[1] : pattern[0];
            if (text.IsEmpty || (text[0] != wanted && (escaped || wanted != '?')))
                return false;
            pattern = pattern[(escaped ? 2 : 1)..];
            text = text[1..];
        }

        return text.IsEmpty;
    }

    private static bool MatchesAfterStar(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        for (var begin = 0; begin <= text.Length; begin++)
        {
            if (Matches(pattern, text[begin..]))
                return true;
        }

        return false;
    }
}
