using System.Collections.Immutable;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>
/// On a listener that is turned: where it led before, and the mark of the execution whose failure turns it back. A later turn notes
/// itself over an older one, whose execution has no say in it any more.
/// </summary>
public static class TurnNote
{
    /// <param name="mark">Empty: nothing turns it back.</param>
    /// <param name="from">The target group that it led to.</param>
    public static string Of(string mark, string from) => mark.Length == 0 ? from : $"{mark} {from}";

    /// <summary>Where a listener led before the execution turned it; null: it did not, or not as the last.</summary>
    public static string? Before(string mark, ImmutableDictionary<string, string> tags) =>
        tags.GetValueOrDefault(ResourceTags.Before, "").Split(' ') is [var noted, var from] && noted == mark ? from : null;
}
