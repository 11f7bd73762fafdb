using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Wire;

namespace LocalAws.Sns;

/// <summary>A message as a request holds it, within the limits of the API (Amazon SNS API Reference: Publish).</summary>
internal sealed record PublishForm(string? Subject, string Text, ImmutableSortedDictionary<string, string> Attributes)
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
        return new(Checked(form.Text("Subject")), form.Text("MessageStructure") is "json" ? Default(text) : text, ReadAttributes(form));
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

    private static string Default(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject byProtocol && byProtocol["default"] is JsonValue value && value.TryGetValue<string>(out var message)
                ? message
                : throw Invalid("Message Structure - No default entry in JSON message body");
        }
        catch (JsonException)
        {
            throw Invalid("Message Structure - JSON message body failed to parse");
        }
    }

    private static ImmutableSortedDictionary<string, string> ReadAttributes(Form form)
    {
        var attributes = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var entry in form.List("MessageAttributes.entry"))
        {
            var name = entry.Text("Name") ?? "";
            var type = entry.Text("Value.DataType");
            if (type is null || !(type.StartsWith("String", StringComparison.Ordinal) || type.StartsWith("Number", StringComparison.Ordinal) || type.StartsWith("Binary", StringComparison.Ordinal)))
                throw new AwsErrorException("ParameterValueInvalid", $"The message attribute '{name}' must contain a supported type.");
            if (entry.Text("Value.StringValue") is { Length: > 0 } value)
                attributes = attributes.SetItem(name, value);
            else if (!type.StartsWith("Binary", StringComparison.Ordinal))
                throw new AwsErrorException("ParameterValueInvalid", $"The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{type}'.");
        }

        return attributes;
    }
}
