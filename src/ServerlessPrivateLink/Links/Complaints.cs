using System.Collections.Immutable;
using System.Text.Json;

namespace ServerlessPrivateLink.Links;

/// <summary>Collects what is wrong with a document, so that all of it is reported at once.</summary>
internal sealed class Complaints
{
    private const int LongestQuote = 80;
    private readonly List<LinkError> errors = [];

    public int Count => errors.Count;

    public ImmutableArray<LinkError> All => [.. errors];

    public void Add(string path, string found, string allowed, string message) =>
        errors.Add(new LinkError(path, Short(found), allowed, message));

    public void Add(string path, JsonElement found, string allowed, string message) => Add(path, Quote(found), allowed, message);

    /// <summary>A value as it stands in the document; objects and arrays only by their outline.</summary>
    public static string Quote(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any() ? "{…}" : "{}",
        JsonValueKind.Array => value.GetArrayLength() > 0 ? "[…]" : "[]",
        _ => value.GetRawText(),
    };

    /// <summary>Cut between characters, so that a long value cannot drown its error.</summary>
    public static string Short(string text)
    {
        if (text.Length <= LongestQuote) return text;

        var end = char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return text[..end] + "…";
    }
}
