using System.Collections.Immutable;

namespace ServerlessPrivateLink.Alerts;

/// <summary>What is told to people and their machines.</summary>
/// <param name="Event">What happened, as a machine reads it: <c>link.ready</c>.</param>
/// <param name="Severity">How soon a person should look.</param>
/// <param name="Link">Which link it is about; empty when no link could be told.</param>
/// <param name="Sentence">What happened, as a person reads it.</param>
/// <param name="Facts">The particulars.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Alert(
    string Event,
    Severity Severity,
    string Link,
    string Sentence,
    ImmutableSortedDictionary<string, string> Facts,
    string Remedy)
{
    /// <summary>Equal for two alerts that tell the same, so that a subscriber can drop the second; empty: none is told twice.</summary>
    public string Id { get; init; } = "";
}

public enum Severity
{
    Info,
    Warning,
    Critical,
}

public static class Severities
{
    /// <summary>As machines read it.</summary>
    public static string Word(this Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        _ => "critical",
    };
}
