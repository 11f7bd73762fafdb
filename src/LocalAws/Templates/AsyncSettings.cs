namespace LocalAws.Templates;

/// <summary>How a function is invoked by those who do not wait for it.</summary>
/// <param name="MaximumRetryAttempts">How often an event that failed is tried again.</param>
/// <param name="MaximumEventAge">How long it is tried.</param>
/// <param name="OnSuccess">The ARN that gets a record of a success; null: none.</param>
/// <param name="OnFailure">The ARN that gets a record of a failure; null: none.</param>
public sealed record AsyncSettings(int MaximumRetryAttempts, TimeSpan MaximumEventAge, string? OnSuccess, string? OnFailure)
{
    /// <summary>What holds where nothing is set (AWS Lambda API Reference: PutFunctionEventInvokeConfig).</summary>
    public static readonly AsyncSettings Usual = new(2, TimeSpan.FromHours(6), null, null);
}
