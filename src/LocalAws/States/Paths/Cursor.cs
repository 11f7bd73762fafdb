using System.Globalization;

namespace LocalAws.States.Paths;

/// <summary>A place in the text of an expression.</summary>
internal sealed class Cursor(string text)
{
    public int At { get; private set; }

    public bool Ended => At >= text.Length;

    public char Next => Ended ? '\0' : text[At];

    public string Since(int start) => text[start..At];

    public PathSyntaxException Wrong(string problem) => new(text, At, problem);

    public bool Take(string mark)
    {
        if (string.CompareOrdinal(text, At, mark, 0, mark.Length) != 0)
            return false;
        At += mark.Length;
        return true;
    }

    public void Expect(string mark)
    {
        if (!Take(mark))
            throw Wrong($"'{mark}' is expected");
    }

    public char TakeAny() => Ended ? throw Wrong("the text ends too early") : text[At++];

    public string TakeWhile(Func<char, bool> fits)
    {
        var start = At;
        while (!Ended && fits(Next))
            At++;
        return text[start..At];
    }

    public void Spaces() => TakeWhile(char.IsWhiteSpace);

    public int? TakeInteger()
    {
        var start = At;
        Take("-");
        TakeWhile(char.IsAsciiDigit);
        if (int.TryParse(Since(start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        At = start;
        return null;
    }

    /// <summary>A text between the quotes that stand here; a backslash makes the next character a plain one.</summary>
    public string TakeQuoted()
    {
        var quote = TakeAny();
        var content = new System.Text.StringBuilder();
        while (Next != quote)
        {
            var next = TakeAny();
            content.Append(next == '\\' ? TakeAny() : next);
        }

        TakeAny();
        return content.ToString();
    }
}
