using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ServerlessPrivateLink.Links;

/// <summary>
/// The first look at a document, before any field is read: that it is UTF-8 JSON of a sane size and depth, and that no object names a field twice.
/// Utf8JsonReader keeps its own stack, so ten thousand brackets cost no more than ten.
/// </summary>
internal static class JsonText
{
    public const int MaxDepth = 16;

    private const string OneObject = "one JSON object";
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The document without its byte order mark, or null when there is nothing in it that can be read further.</summary>
    public static JsonElement? Read(ReadOnlySpan<byte> utf8, Complaints complaints)
    {
        var text = utf8.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        if (!IsText(text, complaints) || !IsSound(text, complaints)) return null;

        using var document = JsonDocument.Parse(text.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
        return document.RootElement.Clone();
    }

    private static bool IsText(ReadOnlySpan<byte> text, Complaints complaints)
    {
        if (text.StartsWith<byte>([0xFF, 0xFE]) || text.StartsWith<byte>([0xFE, 0xFF]))
            complaints.Add("$", "UTF-16 text", "UTF-8 text", "The document is stored as UTF-16; save it as UTF-8.");
        else if (!Utf8.IsValid(text))
            complaints.Add("$", "bytes that are no UTF-8", "UTF-8 text", "The document is no UTF-8 text.");
        else if (text.Trim(" \t\r\n"u8).IsEmpty)
            complaints.Add("$", "an empty document", OneObject, "The document is empty.");
        else
            return true;

        return false;
    }

    private static bool IsSound(ReadOnlySpan<byte> text, Complaints complaints)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        var places = new JsonPlaces();
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    complaints.Add(places.Path, string.Create(CultureInfo.InvariantCulture, $"more than {MaxDepth} levels of brackets"),
                        "the four levels of a link document", "The document is nested too deep to be a link document.");
                    return false;
                }

                var name = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? reader.GetString() : null;
                if (!places.Enter(reader.TokenType, name)) AddDouble(places.Path, name!, complaints);
            }

            return true;
        }
        catch (JsonException failure)
        {
            AddSyntaxError(text, places.Path, failure, complaints);
        }
        catch (InvalidOperationException)
        {
            complaints.Add(places.Path, "half of a surrogate pair", "text whose \\u escapes are whole characters",
                "A text holds a \\u escape that is only half of a character.");
        }

        return false;
    }

    private static void AddDouble(string path, string name, Complaints complaints) =>
        complaints.Add(path, "a second field of that name", "each field once",
            $"The field \"{Complaints.Short(name)}\" stands twice in the same object, and only one of the two could count.");

    private static void AddSyntaxError(ReadOnlySpan<byte> text, string path, JsonException failure, Complaints complaints)
    {
        var line = (failure.LineNumber ?? 0) + 1;
        var rest = After(text, failure);
        var column = (failure.BytePositionInLine ?? 0) + 1;
        var place = string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");
        var (found, hint) = rest switch
        {
            "" => ("the end of the text", "The document ends too early."),
            ['/', ..] or ['#', ..] => (Start(rest), "JSON has no comments."),
            [']', ..] or ['}', ..] => (Start(rest), "A comma before a closing bracket, or a bracket too many."),
            ['\'', ..] => (Start(rest), "JSON takes double quotes only."),
            _ => (Start(rest), "The document is no JSON."),
        };
        complaints.Add(path, $"{found} at {place}", "JSON (RFC 8259)", $"{hint} The first place that cannot be read is {place}.");
    }

    private static string Start(string rest)
    {
        var end = rest.IndexOfAny(['\r', '\n']);
        return $"`{rest[..Math.Min(end < 0 ? rest.Length : end, 20)]}`";
    }

    // The exception counts lines and bytes within the line; the excerpt is cut at whole characters.
    private static string After(ReadOnlySpan<byte> text, JsonException failure)
    {
        for (var line = failure.LineNumber ?? 0; line > 0; line--)
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0) return "";
            text = text[(end + 1)..];
        }

        var column = (int)Math.Min(failure.BytePositionInLine ?? 0, text.Length);
        return Encoding.UTF8.GetString(text[column..Math.Min(text.Length, column + 64)]).Replace("\uFFFD", "", StringComparison.Ordinal);
    }
}
