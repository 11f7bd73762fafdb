using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.Wire;

namespace LocalAws.Sqs;

/// <summary>Sending, receiving and deleting messages.</summary>
internal sealed class MessageCalls(SqsState sqs)
{
    private const int LongestVisibility = 43_200;
    private const int LongestDelay = 900;

    private static readonly ImmutableArray<string> SystemNames =
    [
        "All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SequenceNumber", "MessageDeduplicationId",
        "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn",
    ];

    public IEnumerable<Operation> Operations =>
    [
        Operation.Writes("SendMessage", Send),
        new("ReceiveMessage", true, ReceiveAsync),
        Operation.Writes("DeleteMessage", Delete),
        Operation.Writes("ChangeMessageVisibility", ChangeVisibility),
    ];

    /// <summary>Keeps the message of a request, or of an entry of a batch, and says what was kept.</summary>
    public static JsonObject Keep(SqsState sqs, ApiCall call, Queue queue, SqsRequest request)
    {
        if (request.Text("MessageGroupId") is not null || request.Text("MessageDeduplicationId") is not null)
            throw SqsErrors.Unsupported("MessageGroupId and MessageDeduplicationId are not imitated.");
        var attributes = request.Attributes("MessageAttributes");
        var system = request.Attributes("MessageSystemAttributes");
        if (system.Keys.FirstOrDefault(name => name is not "AWSTraceHeader") is { } unknown)
            throw SqsErrors.Invalid("MessageSystemAttributes", unknown, "Only AWSTraceHeader can be set.");
        var message = sqs.Keep(queue, request.Text("MessageBody") ?? "", attributes, Sts.StsApi.UserId(call.Caller.Arn), request.Seconds("DelaySeconds", LongestDelay), system);
        var answer = new JsonObject { ["MD5OfMessageBody"] = MessageAttributes.Digest(message.Body), ["MessageId"] = message.MessageId };
        if (!attributes.IsEmpty)
            answer["MD5OfMessageAttributes"] = MessageAttributes.Digest(attributes);
        if (!system.IsEmpty)
            answer["MD5OfMessageSystemAttributes"] = MessageAttributes.Digest(system);
        return answer;
    }

    /// <summary>Changes the visibility that a request, or an entry of a batch, names.</summary>
    public static void ChangeVisibility(Queue queue, SqsRequest request) => queue.ChangeVisibility(
        Receipt.Read(request.Text("ReceiptHandle"), queue.Name),
        request.Seconds("VisibilityTimeout", LongestVisibility) ?? throw SqsErrors.Missing("VisibilityTimeout"));

    private Answer Send(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var queue = request.Queue(call, call.Action);
        SqsRequest.DemandKey(call, queue, "kms:GenerateDataKey", "kms:Decrypt");
        return Answer.Of(Keep(sqs, call, queue, request));
    }

    private async Task<Answer> ReceiveAsync(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var queue = request.Queue(call, call.Action);
        SqsRequest.DemandKey(call, queue, "kms:Decrypt");
        var system = request.Texts("AttributeNames").AddRange(request.Texts("MessageSystemAttributeNames"));
        if (system.FirstOrDefault(name => !SystemNames.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw SqsErrors.UnknownAttribute(unknown);
        var messages = await queue.ReceiveAsync(
            request.Number("MaxNumberOfMessages", 1, 10) ?? 1,
            request.Seconds("WaitTimeSeconds", 20) ?? queue.Attributes.Wait,
            request.Seconds("VisibilityTimeout", LongestVisibility) ?? queue.Attributes.Visibility,
            sqs.Bury,
            call.Token).ConfigureAwait(false);
        var names = request.Texts("MessageAttributeNames");
        return Answer.Of(messages.IsEmpty ? new JsonObject() : new() { ["Messages"] = new JsonArray([.. messages.Select(message => Describe(queue, message, system, names))]) });
    }

    private static Answer Delete(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var queue = request.Queue(call, call.Action);
        queue.Delete(Receipt.Read(request.Text("ReceiptHandle"), queue.Name));
        return Answer.Of(new JsonObject());
    }

    private static Answer ChangeVisibility(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        ChangeVisibility(request.Queue(call, call.Action), request);
        return Answer.Of(new JsonObject());
    }

    private static JsonObject Describe(Queue queue, QueueMessage message, ImmutableArray<string> system, ImmutableArray<string> names)
    {
        var answer = new JsonObject
        {
            ["MessageId"] = message.MessageId,
            ["ReceiptHandle"] = new Receipt(queue.Name, message.MessageId, message.ReceiveCount).ToString(),
            ["MD5OfBody"] = MessageAttributes.Digest(message.Body),
            ["Body"] = message.Body,
        };
        var shown = SystemAttributes(message).Where(attribute => attribute.Value is not null && (system.Contains("All", StringComparer.Ordinal) || system.Contains(attribute.Key, StringComparer.Ordinal)));
        var attributes = new JsonObject(shown.Select(attribute => KeyValuePair.Create<string, JsonNode?>(attribute.Key, attribute.Value)));
        if (attributes.Count > 0)
            answer["Attributes"] = attributes;
        var own = message.Attributes.RemoveRange(message.Attributes.Keys.Where(name => !names.Any(wanted => Covers(wanted, name))));
        if (!own.IsEmpty)
        {
            answer["MD5OfMessageAttributes"] = MessageAttributes.Digest(own);
            answer["MessageAttributes"] = MessageAttributes.Write(own);
        }

        return answer;
    }

    /// <summary>What SQS itself says of a message; null: nothing under that name.</summary>
    public static Dictionary<string, string?> SystemAttributes(QueueMessage message) => new(StringComparer.Ordinal)
    {
        ["ApproximateFirstReceiveTimestamp"] = Milliseconds(message.FirstReceivedAt!.Value),
        ["ApproximateReceiveCount"] = message.ReceiveCount.ToString(CultureInfo.InvariantCulture),
        ["AWSTraceHeader"] = message.SystemAttributes.GetValueOrDefault("AWSTraceHeader")?.Text,
        ["DeadLetterQueueSourceArn"] = message.DeadLetterOf,
        ["SenderId"] = message.SenderId,
        ["SentTimestamp"] = Milliseconds(message.SentAt),
    };

    private static bool Covers(string wanted, string name) =>
        wanted is "All" or ".*" || wanted == name || (wanted.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(wanted[..^2], StringComparison.Ordinal));

    private static string Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
