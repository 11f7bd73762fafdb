namespace ServerlessPrivateLink.TargetSync;

/// <summary>What all looks of one run have in common.</summary>
/// <param name="Limits">What it may do to one target group.</param>
/// <param name="Announced">When the failover that it follows was announced; null: it follows none.</param>
/// <param name="Began">When it began.</param>
/// <param name="IsRetried">Whether a state machine tries it again within seconds when AWS is busy.</param>
/// <param name="IsTimeLeft">Whether another look may begin.</param>
/// <param name="Pace">Between its calls of Elastic Load Balancing.</param>
/// <param name="ChangePace">The same of those that register and deregister, of which an account has fewer.</param>
/// <param name="Token">Ends it.</param>
public sealed record SyncRun(SyncLimits Limits, DateTimeOffset? Announced, DateTimeOffset Began, bool IsRetried, Func<bool> IsTimeLeft, Pace Pace, Pace ChangePace, CancellationToken Token)
{
    /// <summary>Since when the databases that it follows have been where they are, if it follows some: what the tags say may be older.</summary>
    public DateTimeOffset? HeldSince { get; init; }
}
