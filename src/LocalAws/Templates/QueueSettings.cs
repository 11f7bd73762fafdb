using LocalAws.Sqs;

namespace LocalAws.Templates;

/// <summary>An SQS queue as the template describes it.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Address">Its URL, by which SQS itself names it.</param>
/// <param name="Attributes">What it is set to, its policy included.</param>
public sealed record QueueSettings(string LogicalId, string Name, string Arn, string Address, QueueAttributes Attributes);
