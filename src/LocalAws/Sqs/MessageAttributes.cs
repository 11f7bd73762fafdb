using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalAws.Sqs;

/// <summary>One attribute of a message.</summary>
/// <param name="DataType"><c>String</c>, <c>Number</c> or <c>Binary</c>, with or without a label after a dot.</param>
/// <param name="Text">The value; base64 of a binary one.</param>
public sealed record MessageAttribute(string DataType, string Text)
{
    internal bool IsBinary => DataType.StartsWith("Binary", StringComparison.Ordinal);

    internal byte[] Bytes => IsBinary ? Convert.FromBase64String(Text) : Encoding.UTF8.GetBytes(Text);
}

/// <summary>The attributes of messages as SQS reads, writes and digests them.</summary>
internal static class MessageAttributes
{
    public static readonly ImmutableSortedDictionary<string, MessageAttribute> None = ImmutableSortedDictionary.Create<string, MessageAttribute>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, MessageAttribute> Read(JsonNode? node)
    {
        var fields = node as JsonObject ?? [];
        return fields.ToImmutableSortedDictionary(field => Name(field.Key), field => Read(field.Key, field.Value), StringComparer.Ordinal);
    }

    public static JsonObject Write(ImmutableSortedDictionary<string, MessageAttribute> attributes) => new(attributes.Select(attribute =>
        KeyValuePair.Create<string, JsonNode?>(attribute.Key, new JsonObject
        {
            [attribute.Value.IsBinary ? "BinaryValue" : "StringValue"] = attribute.Value.Text,
            ["DataType"] = attribute.Value.DataType,
        })));

    public static int Size(ImmutableSortedDictionary<string, MessageAttribute> attributes) =>
        attributes.Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Key) + Encoding.UTF8.GetByteCount(attribute.Value.DataType) + attribute.Value.Bytes.Length);

    /// <summary>Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes".</summary>
    public static string Digest(ImmutableSortedDictionary<string, MessageAttribute> attributes)
    {
        using var all = new MemoryStream();
        foreach (var (name, attribute) in attributes)
        {
            Part(all, Encoding.UTF8.GetBytes(name));
            Part(all, Encoding.UTF8.GetBytes(attribute.DataType));
            all.WriteByte(attribute.IsBinary ? (byte)2 : (byte)1);
            Part(all, attribute.Bytes);
        }

        return Digest(all.ToArray());
    }

    public static string Digest(string text) => Digest(Encoding.UTF8.GetBytes(text));

#pragma warning disable CA5351 // The digest that SQS answers with; nothing is kept safe by it.
    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    private static void Part(MemoryStream all, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        all.Write(length);
        all.Write(bytes);
    }

    private static string Name(string name)
    {
        const int Longest = 256;
        var isAllowed = name.Length is > 0 and <= Longest && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.')
            && name[0] != '.' && name[^1] != '.' && !name.Contains("..", StringComparison.Ordinal);
        return isAllowed ? name : throw SqsErrors.Invalid("MessageAttributes", $"'{name}'", "An attribute's name has letters, digits, _, - and single dots inside.");
    }

    private static MessageAttribute Read(string name, JsonNode? node)
    {
        var type = node?["DataType"]?.ToString() ?? "";
        if (type.Split('.')[0] is not ("String" or "Number" or "Binary"))
            throw SqsErrors.Invalid("MessageAttributes", $"'{name}'", $"The type '{type}' must be String, Number or Binary.");
        var isBinary = type.StartsWith("Binary", StringComparison.Ordinal);
        var text = node?[isBinary ? "BinaryValue" : "StringValue"]?.ToString();
        return IsValue(type, text)
            ? new(type, text)
            : throw SqsErrors.Invalid("MessageAttributes", $"'{name}'", $"It must contain a non-empty value of type {type}.");
    }

    /// <summary>Whether a text can be the value of an attribute of this type.</summary>
    public static bool IsValue(string type, [NotNullWhen(true)] string? text) =>
        !string.IsNullOrEmpty(text) && (!type.StartsWith("Binary", StringComparison.Ordinal) || IsBase64(text));

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
