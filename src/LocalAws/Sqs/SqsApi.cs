using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Sqs;

/// <summary>Amazon SQS on the wire: standard queues, in the JSON protocol that SDKs and both AWS CLIs speak since November 2023.</summary>
public sealed class SqsApi(SqsState sqs) : ServiceApi
{
    /// <inheritdoc/>
    public override string SigningName => "sqs";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new JsonProtocol("AmazonSQS", "1.0", SqsErrors.QueryCode);

    /// <inheritdoc/>
    public override AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("AccessDeniedException", denied.Message);
    }

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("RequestThrottled", "Rate exceeded");

    /// <inheritdoc/>
    public override AwsErrorException Unknown(string operation) =>
        new("UnknownOperationException", $"There is no operation {operation}. Known here: {string.Join(", ", Operations.Keys.Order(StringComparer.Ordinal))}.");

    /// <inheritdoc/>
    public override AwsErrorException UnknownKey() => new("UnrecognizedClientException", "The security token included in the request is invalid.");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        .. new QueueCalls(sqs).Operations,
        .. new MessageCalls(sqs).Operations,
        .. new BatchCalls(sqs).Operations,
    ];
}
