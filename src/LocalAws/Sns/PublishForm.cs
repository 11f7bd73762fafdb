using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Sqs;
using LocalAws.Wire;

namespace LocalAws.Sns;

/// <summary>A message as a request holds it, within the limits of the API (Amazon SNS API Reference: Publish).</summary>
internal sealed record PublishForm(string? Subject, string Text, ImmutableSortedDictionary<string, string> ByProtocol, ImmutableSortedDictionary<string, MessageAttribute> Attributes)
{
    private const int LongestSubject = 100;
    private const int LargestMessage = 256 * 1024;

    public static PublishForm Read(Form form)
    {
        var text = form.Text("Message");
        if (string.IsNullOrEmpty(text))
            throw Invalid("Empty message");
        if (Encoding.UTF8.GetByteCount(text) > LargestMessage)
            throw Invalid("Message too long");
        var byProtocol = form.Text("MessageStructure") switch
        {
            null => ImmutableSortedDictionary<string, string>.Empty,
            "json" => Texts(text),
            _ => throw Invalid("MessageStructure"),
        };
        return new(Checked(form.Text("Subject")), byProtocol.GetValueOrDefault("default", text), byProtocol, ReadAttributes(form));
    }

    /// <summary>The entries of a batch (Amazon SNS API Reference: PublishBatch).</summary>
    public static ImmutableArray<Form> Entries(Form form)
    {
        const int Most = 10;
        var entries = form.List("PublishBatchRequestEntries.member");
        if (entries.IsEmpty)
            throw new AwsErrorException("EmptyBatchRequest", "The batch request doesn't contain any entries.");
        if (entries.Length > Most)
            throw new AwsErrorException("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        if (entries.Select(entry => entry.Text("Id")).Distinct(StringComparer.Ordinal).Count() < entries.Length)
            throw new AwsErrorException("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
        return entries.Sum(entry => Encoding.UTF8.GetByteCount(entry.Text("Message") ?? "")) <= LargestMessage
            ? entries
            : throw new AwsErrorException("BatchRequestTooLong", "The length of all the batch messages put together is more than the limit.");
    }

    public static AwsErrorException Invalid(string what) => new("InvalidParameter", $"Invalid parameter: {what}");

    /// <summary>ASCII, at most 100 characters, no line breaks or control characters, beginning with a letter, digit or punctuation mark.</summary>
    private static string? Checked(string? subject)
    {
        if (subject is null)
            return null;
        var isAllowed = subject.Length is > 0 and <= LongestSubject && subject[0] != ' ' && subject.All(letter => letter is >= ' ' and <= '~');
        return isAllowed ? subject : throw Invalid("Subject");
    }

    /// <summary>The texts by protocol; entries that are no text are passed over, as AWS does.</summary>
    private static ImmutableSortedDictionary<string, string> Texts(string text)
    {
        try
        {
            var texts = (JsonNode.Parse(text) as JsonObject ?? [])
                .Where(entry => entry.Value?.GetValueKind() is JsonValueKind.String)
                .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>(), StringComparer.Ordinal);
            return texts.ContainsKey("default") ? texts : throw Invalid("Message Structure - No default entry in JSON message body");
        }
        catch (JsonException)
        {
            throw Invalid("Message Structure - JSON message body failed to parse");
        }
    }

    private static ImmutableSortedDictionary<string, MessageAttribute> ReadAttributes(Form form)
    {
        var attributes = MessageAttributes.None;
        foreach (var entry in form.List("MessageAttributes.entry"))
        {
            var name = entry.Text("Name") ?? "";
            var type = entry.Text("Value.DataType");
            if (type is null || !(type.StartsWith("String", StringComparison.Ordinal) || type.StartsWith("Number", StringComparison.Ordinal) || type.StartsWith("Binary", StringComparison.Ordinal)))
                throw new AwsErrorException("ParameterValueInvalid", $"The message attribute '{name}' must contain a supported type.");
            var text = entry.Text(type.StartsWith("Binary", StringComparison.Ordinal) ? "Value.BinaryValue" : "Value.StringValue");
            attributes = MessageAttributes.IsValue(type, text)
                ? attributes.SetItem(name, new(type, text))
                : throw new AwsErrorException("ParameterValueInvalid", $"The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{type}'.");
        }

        return attributes;
    }
}
