using System.CommandLine.Parsing;
using System.Globalization;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>One seed, or all from one to another.</summary>
public sealed record SeedRange(int First, int Last)
{
    private const string Mark = "..";

    public static readonly SeedRange Default = new(1, 1);

    public IEnumerable<int> All => Enumerable.Range(0, Last - First + 1).Select(step => First + step);

    internal static bool IsSeveral(string text) => text.Contains(Mark, StringComparison.Ordinal);

    /// <summary>Reads <c>7</c> or <c>1..200</c>; what is neither is an error of the command line.</summary>
    internal static SeedRange Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var cut = text.IndexOf(Mark, StringComparison.Ordinal);
        // A generator takes the absolute value of its seed: -1 would be another name of 1.
        if (IsSeed(cut < 0 ? text : text[..cut], out var first) & IsSeed(cut < 0 ? text : text[(cut + Mark.Length)..], out var last) && first <= last)
            return new(first, last);
        result.AddError($"--seed {text}: a seed is a whole number from 0 on, and several are given as 1..200.");
        return Default;
    }

    private static bool IsSeed(string text, out int seed) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
}
