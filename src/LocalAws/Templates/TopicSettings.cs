using LocalAws.Access;
using LocalAws.Sns;

namespace LocalAws.Templates;

/// <summary>An SNS topic as the template describes it.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="KmsKeyArn">The key that encrypts it; null: none.</param>
/// <param name="Policy">
/// Its topic policy; null: AWS's default, the owner alone. It is attached to the ARN in <see cref="AccessControl"/> already,
/// so a service only demands <c>sns:Publish</c> of the topic's ARN.
/// </param>
public sealed record TopicSettings(string LogicalId, string Name, string Arn, string? KmsKeyArn, ResourcePolicy? Policy);

/// <summary>A subscription to a topic.</summary>
/// <param name="TopicArn">The topic.</param>
/// <param name="Protocol"><c>email</c>, <c>sqs</c>, <c>lambda</c>, ….</param>
/// <param name="Endpoint">The address, ARN or URL.</param>
public sealed record SubscriptionSettings(string TopicArn, string Protocol, string Endpoint)
{
    /// <summary>What it is set to.</summary>
    public SubscriptionAttributes Attributes { get; init; } = SubscriptionAttributes.None;

    /// <summary>The ARN that the template knows it by; null: it gets one.</summary>
    public string? Arn { get; init; }
}

/// <summary>A customer-managed KMS key; its policy is attached to its ARN in <see cref="AccessControl"/>.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="KeyId">Its id.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Policy">Its key policy.</param>
public sealed record KeySettings(string LogicalId, string KeyId, string Arn, ResourcePolicy Policy);

/// <summary>A log group.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Arn">Its ARN, with <c>:*</c> at the end, as <c>!GetAtt Arn</c> gives it.</param>
/// <param name="RetentionDays">How long it keeps; null: for ever.</param>
public sealed record LogGroupSettings(string LogicalId, string Name, string Arn, int? RetentionDays);
