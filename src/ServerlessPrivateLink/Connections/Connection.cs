namespace ServerlessPrivateLink.Connections;

/// <summary>A consumer's endpoint, as EC2 shows it to the owner of the service.</summary>
/// <param name="Id">What its tags are on.</param>
/// <param name="EndpointId">What it is accepted and rejected by.</param>
/// <param name="Owner">The consumer's account. EC2 shows no role.</param>
/// <param name="Region">Where the endpoint stands.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Notes">What is remembered of it.</param>
public sealed record Connection(
    string Id,
    string EndpointId,
    string Owner,
    string Region,
    ConnectionPhase Phase,
    DateTimeOffset CreatedAt,
    ConnectionNotes Notes)
{
    /// <summary>Whether it keeps its service from being deleted.</summary>
    public bool IsLive => Phase is ConnectionPhase.Pending or ConnectionPhase.Established;
}

public enum ConnectionPhase
{
    /// <summary>It waits for an answer.</summary>
    Pending,

    /// <summary>It was accepted, and carries data or soon will.</summary>
    Established,

    /// <summary>It was rejected.</summary>
    Rejected,

    /// <summary>It is deleted, has failed or has expired.</summary>
    Over,
}

public static class ConnectionPhases
{
    /// <summary>The SDK's constants and the wire spell the states differently, in upper and lower case.</summary>
    public static ConnectionPhase Read(string? state) => state?.ToUpperInvariant() switch
    {
        "PENDINGACCEPTANCE" => ConnectionPhase.Pending,
        "PENDING" or "AVAILABLE" or "PARTIAL" => ConnectionPhase.Established,
        "REJECTED" => ConnectionPhase.Rejected,
        _ => ConnectionPhase.Over,
    };
}
