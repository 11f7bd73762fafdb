using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Wire;

namespace LocalAws.Sqs;

/// <summary>The same for up to ten messages, each with its own outcome; the permission is that of the single call.</summary>
internal sealed class BatchCalls(SqsState sqs)
{
    private const int MostBytes = 1_048_576;

    public IEnumerable<Operation> Operations =>
    [
        Operation.Writes("SendMessageBatch", Send),
        Operation.Writes("DeleteMessageBatch", Delete),
        Operation.Writes("ChangeMessageVisibilityBatch", ChangeVisibility),
    ];

    private Answer Send(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var queue = request.Queue(call, "sqs:SendMessage");
        SqsRequest.DemandKey(call, queue, "kms:GenerateDataKey", "kms:Decrypt");
        var entries = request.Entries();
        return entries.Sum(Size) <= MostBytes
            ? Each(entries, entry => MessageCalls.Keep(sqs, call, queue, entry))
            : throw new AwsErrorException("BatchRequestTooLong", $"Batch requests cannot be longer than {MostBytes} bytes. You have sent {entries.Sum(Size)} bytes.");
    }

    private static Answer Delete(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var queue = request.Queue(call, "sqs:DeleteMessage");
        return Each(request.Entries(), entry =>
        {
            queue.Delete(Receipt.Read(entry.Text("ReceiptHandle"), queue.Name));
            return [];
        });
    }

    private static Answer ChangeVisibility(ApiCall call)
    {
        var request = new SqsRequest(call.Body);
        var queue = request.Queue(call, "sqs:ChangeMessageVisibility");
        return Each(request.Entries(), entry =>
        {
            MessageCalls.ChangeVisibility(queue, entry);
            return [];
        });
    }

    private static int Size(SqsRequest entry) => MessageRules.Size(entry.Text("MessageBody") ?? "", entry.Attributes("MessageAttributes"));

    private static Answer Each(ImmutableArray<SqsRequest> entries, Func<SqsRequest, JsonObject> act)
    {
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in entries)
        {
            try
            {
                var outcome = act(entry);
                outcome["Id"] = entry.Required("Id");
                successful.Add(outcome);
            }
            catch (AwsErrorException error)
            {
                failed.Add(new JsonObject
                {
                    ["Id"] = entry.Required("Id"),
                    ["SenderFault"] = true,
                    ["Code"] = SqsErrors.QueryCode(error.Code),
                    ["Message"] = error.Message,
                });
            }
        }

        return Answer.Of(new JsonObject { ["Successful"] = successful, ["Failed"] = failed });
    }
}
