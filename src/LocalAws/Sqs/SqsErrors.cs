using System.Collections.Immutable;
using LocalAws.Wire;

namespace LocalAws.Sqs;

/// <summary>The refusals of Amazon SQS (Amazon SQS API Reference, "Common Error Types" and each action's errors).</summary>
internal static class SqsErrors
{
    private const string Prefix = "AWS.SimpleQueueService.";

    private static readonly ImmutableDictionary<string, string> QueryCodes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["QueueDoesNotExist"] = Prefix + "NonExistentQueue",
        ["QueueNameExists"] = "QueueAlreadyExists",
        ["QueueDeletedRecently"] = Prefix + "QueueDeletedRecently",
        ["PurgeQueueInProgress"] = Prefix + "PurgeQueueInProgress",
        ["MessageNotInflight"] = Prefix + "MessageNotInflight",
        ["BatchEntryIdsNotDistinct"] = Prefix + "BatchEntryIdsNotDistinct",
        ["BatchRequestTooLong"] = Prefix + "BatchRequestTooLong",
        ["EmptyBatchRequest"] = Prefix + "EmptyBatchRequest",
        ["InvalidBatchEntryId"] = Prefix + "InvalidBatchEntryId",
        ["TooManyEntriesInBatchRequest"] = Prefix + "TooManyEntriesInBatchRequest",
        ["UnsupportedOperation"] = Prefix + "UnsupportedOperation",
        ["KmsAccessDenied"] = "KMS.AccessDeniedException",
        ["AccessDeniedException"] = "AccessDenied",
        ["UnrecognizedClientException"] = "InvalidClientTokenId",
        ["InvalidParameterValueException"] = "InvalidParameterValue",
        ["MissingRequiredParameterException"] = "MissingParameter",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The code that an error has in the query protocol, which older callers still look for.</summary>
    public static string QueryCode(string code) => QueryCodes.GetValueOrDefault(code, code);

    public static AwsErrorException NoQueue() => new("QueueDoesNotExist", "The specified queue does not exist.");

    public static AwsErrorException Missing(string parameter) => new("MissingRequiredParameterException", $"The request must contain the parameter {parameter}.");

    public static AwsErrorException Invalid(string parameter, string value, string reason) =>
        new("InvalidParameterValueException", $"Value {value} for parameter {parameter} is invalid. Reason: {reason}");

    public static AwsErrorException Attribute(string name, string reason) =>
        new("InvalidAttributeValue", $"Invalid value for the parameter {name}. Reason: {reason}");

    public static AwsErrorException UnknownAttribute(string name) => new("InvalidAttributeName", $"Unknown Attribute {name}.");

    public static AwsErrorException Unsupported(string what) => new("UnsupportedOperation", what);
}
