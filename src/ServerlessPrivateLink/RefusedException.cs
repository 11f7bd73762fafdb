namespace ServerlessPrivateLink;

/// <summary>Something that only a person can put right: why, and how.</summary>
public abstract class RefusedException(string reason, string remedy)
    : Exception($"{reason}{RemedyMark}{remedy}")
{
    /// <summary>Stands between reason and remedy, in a message that crosses the state machine as text.</summary>
    public const string RemedyMark = " Remedy: ";

    public string Reason { get; } = reason;

    public string Remedy { get; } = remedy;
}
