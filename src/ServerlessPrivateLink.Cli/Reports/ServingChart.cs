using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Draws the targets able to serve over time in plain ASCII, so that any terminal, file or pipe can show it.</summary>
public static class ServingChart
{
    public const int LeastWidth = 40;
    public const int MostWidth = 100;

    private const string Legend = "# healthy   o registered, not yet checked   . the database answers nowhere   ! it answers where no target is";

    private const int Scale = 4;
    private const int BetweenTicks = 12;

    /// <param name="serving">What it was from each moment on; the first is the picture's beginning.</param>
    /// <param name="until">Where the picture ends, in the same seconds.</param>
    /// <param name="width">How wide a line may be.</param>
    public static ImmutableArray<string> Draw(ImmutableArray<ServingCount> serving, double until, int width)
    {
        if (serving.IsEmpty || until <= serving[0].At)
            return [];
        var room = Math.Clamp(width, LeastWidth, MostWidth);
        var (from, columns) = (serving[0].At, room - Scale);
        var step = (until - from) / columns;
        ImmutableArray<Column> drawn = [.. Enumerable.Range(0, columns).Select(column => At(serving, from + (column * step), from + ((column + 1) * step)))];
        var highest = Math.Max(1, drawn.Max(static column => column.Able));
        return
        [
            .. Enumerable.Range(0, highest).Select(row => Line($"{highest - row,2} |", drawn.Select(column => column.Mark(highest - row)))),
            Line(" 0 |", drawn.Select(static column => column.Floor)),
            "   +" + new string('-', columns),
            Ticks(from, step, columns),
            .. Wrap(Legend, room),
        ];
    }

    // A column may cover seconds: what was worst in them is shown, so that no gap is too small to be seen.
    private static Column At(ImmutableArray<ServingCount> serving, double from, double to)
    {
        var within = serving.Where((moment, index) => moment.At < to && (index + 1 == serving.Length || serving[index + 1].At > from)).ToImmutableArray();
        var worst = within.OrderBy(static moment => moment.Able).ThenBy(static moment => moment.Healthy).First();
        return new(worst.Able, worst.Healthy, within.Any(static moment => moment.IsEmpty), within.Any(static moment => !moment.Exists));
    }

    private static string Line(string head, IEnumerable<char> marks) => (head + string.Concat(marks)).TrimEnd();

    private static string Ticks(double from, double step, int columns)
    {
        var line = new string(' ', Scale).ToCharArray().ToList();
        for (var column = 0; column + BetweenTicks <= columns; column += BetweenTicks)
            line.AddRange((from + (column * step)).ToString("0", CultureInfo.InvariantCulture).PadRight(BetweenTicks));
        return string.Concat(line).TrimEnd() + " s";
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new string(' ', Scale);
        foreach (var item in text.Split("   "))
        {
            if (line.Length + item.Length > width && !string.IsNullOrWhiteSpace(line))
            {
                yield return line.TrimEnd();
                line = new string(' ', Scale);
            }

            line += item + "   ";
        }

        yield return line.TrimEnd();
    }

    private sealed record Column(int Able, int Healthy, bool IsEmpty, bool IsDown)
    {
        public char Floor => IsEmpty ? '!' : IsDown ? '.' : ' ';

        public char Mark(int level) => level <= Healthy ? '#' : level <= Able ? 'o' : ' ';
    }
}
