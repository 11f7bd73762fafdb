using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Reports;

/// <summary>Rows of cells as lines of text, each column as wide as its widest cell.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    public static ImmutableArray<string> Lines(ImmutableArray<ImmutableArray<string>> rows)
    {
        ImmutableArray<int> widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return [.. rows.Select(row => string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())];
    }
}
