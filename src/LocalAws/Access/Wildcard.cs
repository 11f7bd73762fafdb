namespace LocalAws.Access;

/// <summary>Patterns in which <c>*</c> stands for any text and <c>?</c> for one character.</summary>
internal static class Wildcard
{
    private const int None = -1;

    public static bool Matches(string pattern, string text, bool ignoreCase) => Matches(PatternText.Of(pattern), text, ignoreCase);

    /// <summary>Greedy with one point to return to, so a hostile pattern costs length times length and no more.</summary>
    public static bool Matches(PatternText pattern, string text, bool ignoreCase)
    {
        int p = 0, t = 0, star = None, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern.IsRun(p))
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && pattern.Takes(p, text[t], ignoreCase))
            {
                p++;
                t++;
            }
            else if (star is not None)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern.IsRun(p))
            p++;
        return p == pattern.Length;
    }
}

/// <summary>A pattern, and which of its characters are to be taken as they stand because they came out of a variable.</summary>
internal readonly record struct PatternText(string Text, string Literal)
{
    private const char Plain = 'p';
    private const char Quoted = 'q';

    public static readonly PatternText Empty = new("", "");

    public int Length => Text.Length;

    public static PatternText Of(string pattern) => new(pattern, new(Plain, pattern.Length));

    public static PatternText Quote(string text) => new(text, new(Quoted, text.Length));

    public static PatternText operator +(PatternText left, PatternText right) => new(left.Text + right.Text, left.Literal + right.Literal);

    public static PatternText Add(PatternText left, PatternText right) => left + right;

    public PatternText Slice(int start, int length) => new(Text.Substring(start, length), Literal.Substring(start, length));

    public bool IsRun(int at) => Text[at] == '*' && Literal[at] == Plain;

    public bool Takes(int at, char c, bool ignoreCase) =>
        (Text[at] == '?' && Literal[at] == Plain)
        || Text[at] == c
        || (ignoreCase && char.ToUpperInvariant(Text[at]) == char.ToUpperInvariant(c));
}
