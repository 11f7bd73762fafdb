using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Events;
using LocalAws.Sqs;
using LocalAws.States;

namespace LocalAws.Piping;

/// <summary>One message as it travels through a pipe (Amazon EventBridge User Guide, "Amazon Simple Queue Service as a source").</summary>
/// <param name="Pipe">The pipe.</param>
/// <param name="Message">The message.</param>
/// <param name="Whole">The record as it is, with the body as text.</param>
/// <param name="Decoded">The record with its body as JSON; null: the body is none.</param>
/// <param name="At">When the pipe looked at it.</param>
internal sealed record PipeRecord(PipeSettings Pipe, QueueMessage Message, JsonObject Whole, JsonObject? Decoded, DateTimeOffset At)
{
    public static PipeRecord Of(PipeSettings pipe, string region, QueueMessage message, DateTimeOffset at)
    {
        var whole = new JsonObject
        {
            ["messageId"] = message.MessageId,
            ["receiptHandle"] = new Receipt(pipe.SourceArn.Split(':')[^1], message.MessageId, message.ReceiveCount).ToString(),
            ["body"] = message.Body,
            ["attributes"] = new JsonObject(MessageCalls.SystemAttributes(message).Where(one => one.Value is not null).Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, one.Value))),
            ["messageAttributes"] = new JsonObject(message.Attributes.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, Attribute(one.Value)))),
            ["md5OfBody"] = MessageAttributes.Digest(message.Body),
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = pipe.SourceArn,
            ["awsRegion"] = region,
        };
        return new(pipe, message, whole, Decode(whole, message.Body), at);
    }

    /// <summary>What the pipe puts on the bus. The source and type that AWS gives are documented nowhere, but seen in many public rules.</summary>
    public EventEntry ToEntry()
    {
        var target = Pipe.Target;
        return new(
            target.Source is { } source ? Resolve(source) : $"Pipe {Pipe.Name}",
            target.DetailType is { } type ? Resolve(type) : "Event from aws:sqs",
            target.InputTemplate is { } template ? PipeTemplate.Fill(template, this) : Json.Text(Whole),
            [.. target.Resources.Select(Resolve).OfType<string>()],
            target.Time is { } time && DateTimeOffset.TryParse(Resolve(time), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null);
    }

    /// <summary>A value of the record, in whose body a path may go on; nothing: there is none.</summary>
    public bool TryFind(string path, out JsonNode? value) => PipePath.TryFind(Decoded ?? Whole, path, out value);

    /// <summary>A parameter: a text, or what stands at a path ("Amazon EventBridge Pipes targets", dynamic path parameters).</summary>
    private string? Resolve(string parameter) =>
        !PipePath.IsPath(parameter) ? parameter : TryFind(parameter, out var value) ? Json.String(value) ?? Json.Text(value) : null;

    private static JsonObject? Decode(JsonObject whole, string body)
    {
        try
        {
            var decoded = (JsonObject)whole.DeepClone();
            decoded["body"] = Json.Read(body);
            return decoded;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Attribute(MessageAttribute attribute) => new()
    {
        [attribute.IsBinary ? "binaryValue" : "stringValue"] = attribute.Text,
        ["stringListValues"] = new JsonArray(),
        ["binaryListValues"] = new JsonArray(),
        ["dataType"] = attribute.DataType,
    };
}
