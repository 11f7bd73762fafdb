using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LocalAws.Sqs;

/// <summary>What a message may be (Amazon SQS API Reference: SendMessage).</summary>
internal static class MessageRules
{
    private const int MostAttributes = 10;

    public static void Check(Queue queue, string body, ImmutableSortedDictionary<string, MessageAttribute> attributes)
    {
        if (body.Length == 0)
            throw SqsErrors.Missing("MessageBody");
        if (!body.EnumerateRunes().All(IsAllowed))
            throw new Wire.AwsErrorException("InvalidMessageContents", "Invalid binary character was found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        if (attributes.Count > MostAttributes)
            throw SqsErrors.Invalid("MessageAttributes", attributes.Count.ToString(CultureInfo.InvariantCulture), $"Number of message attributes exceeds the allowed maximum [{MostAttributes}].");
        if (Size(body, attributes) > queue.Attributes.LargestMessage)
            throw new Wire.AwsErrorException("InvalidParameterValueException", $"One or more parameters are invalid. Reason: Message must be shorter than {queue.Attributes.LargestMessage} bytes.");
    }

    public static int Size(string body, ImmutableSortedDictionary<string, MessageAttribute> attributes) =>
        Encoding.UTF8.GetByteCount(body) + MessageAttributes.Size(attributes);

    private static bool IsAllowed(Rune rune) => rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xFFFD) or >= 0x10000;
}
