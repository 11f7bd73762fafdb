namespace ServerlessPrivateLink.Alerts;

/// <summary>Which stack speaks, and how.</summary>
public sealed record AlertOrigin(string Stack, string AccountId, string Region, string Partition, AlertFormat Format);

/// <summary>What subscribers by HTTPS get.</summary>
public enum AlertFormat
{
    /// <summary>The alert's own document, as every other machine.</summary>
    Standard,

    /// <summary>A custom notification of Amazon Q Developer in chat applications, which shows it in Slack and Teams.</summary>
    Chat,
}
