using System.Globalization;

namespace ServerlessPrivateLink.Connections;

/// <summary>That a run has set out to tell people of a connection: tags have no compare-and-set, but the role may write this one only where it is missing.</summary>
/// <param name="Run">The invocation's id; a retry of it has the same.</param>
/// <param name="At">Since when.</param>
public sealed record TellingClaim(string Run, DateTimeOffset At)
{
    /// <summary>A run that has not told by then has died; it is longer than any run may last.</summary>
    public static readonly TimeSpan Lapses = TimeSpan.FromMinutes(2);

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public string Text => $"{Run}={At.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}";

    /// <summary>Whether another run has to leave the telling to this one.</summary>
    public bool Holds(string run, DateTimeOffset now) => Run != run && now - At < Lapses;

    /// <summary>What is no such claim began long ago: it keeps nobody from telling.</summary>
    public static TellingClaim? Read(string? text) => text?.LastIndexOf('=') switch
    {
        null => null,
        > 0 and var at when DateTimeOffset.TryParseExact(text[(at + 1)..], Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => new(text[..at], time),
        _ => new(text, DateTimeOffset.MinValue),
    };
}
