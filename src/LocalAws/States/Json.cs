using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAws.States;

/// <summary>JSON as Step Functions treats it: a doubled key's last value wins, numbers keep their spelling, text is not escaped more than needed.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static JsonNode? Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, Reading);
        return Node(document.RootElement.Clone());
    }

    public static string Text(JsonNode? value) => Encoding.UTF8.GetString(Bytes(value).Span);

    public static ReadOnlyMemory<byte> Bytes(JsonNode? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            if (value is null)
                writer.WriteNullValue();
            else
                value.WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>A copy that may be placed into another document; values themselves are never changed once made.</summary>
    public static JsonNode? Copy(JsonNode? value) => value?.DeepClone();

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items.Select(Copy)]);

    public static JsonValueKind Kind(JsonNode? value) => value?.GetValueKind() ?? JsonValueKind.Null;

    public static string? String(JsonNode? value) => Kind(value) is JsonValueKind.String ? value!.GetValue<string>() : null;

    public static bool? Boolean(JsonNode? value) => Kind(value) switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static decimal? Number(JsonNode? value)
    {
        if (Kind(value) is not JsonValueKind.Number)
            return null;
        var text = value!.ToJsonString();
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        return double.Parse(text, CultureInfo.InvariantCulture) > 0 ? decimal.MaxValue : decimal.MinValue;
    }

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var property in element.EnumerateObject())
                    members[property.Name] = Node(property.Value);
                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element);
        }
    }
}
