using LocalAws.Templates;

namespace LocalAws.Sns;

/// <summary>A subscription.</summary>
/// <param name="Settings">What it was asked to be.</param>
/// <param name="OwnArn">Its ARN, which it shows once it is confirmed.</param>
/// <param name="Token">What its endpoint must send back to confirm it; null: it is confirmed.</param>
public sealed record SnsSubscription(SubscriptionSettings Settings, string OwnArn, string? Token)
{
    /// <summary>Its ARN, or <c>PendingConfirmation</c>.</summary>
    public string Arn => IsConfirmed ? OwnArn : "PendingConfirmation";

    /// <summary>Whether its endpoint has agreed to it.</summary>
    public bool IsConfirmed => Token is null;
}
