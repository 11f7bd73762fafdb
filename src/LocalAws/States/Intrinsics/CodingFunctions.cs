using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalAws.States.Intrinsics;

internal static class CodingFunctions
{
    public static JsonNode Base64Encode(Arguments arguments) =>
        JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(arguments.Expect(1).ShortText(0))));

    public static JsonNode Base64Decode(Arguments arguments)
    {
        var text = arguments.Expect(1).ShortText(0);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written)
            ? JsonValue.Create(Encoding.UTF8.GetString(bytes, 0, written))
            : throw arguments.Wrong("not Base64");
    }

    public static JsonNode Hash(Arguments arguments)
    {
        var value = arguments.Expect(2).All[0];
        var text = Json.String(value) ?? Json.Text(value);
        if (text.Length > Arguments.LongestText)
            throw arguments.Wrong($"argument 1 is longer than {Arguments.LongestText} characters");
        var data = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5350, CA5351 // The language offers these; nothing is kept secret by them here.
        return JsonValue.Create(Convert.ToHexStringLower(arguments.Text(1) switch
        {
            "MD5" => MD5.HashData(data),
            "SHA-1" => SHA1.HashData(data),
            "SHA-256" => SHA256.HashData(data),
            "SHA-384" => SHA384.HashData(data),
            "SHA-512" => SHA512.HashData(data),
            var other => throw arguments.Wrong($"the algorithm is MD5, SHA-1, SHA-256, SHA-384 or SHA-512, not {other}"),
        }));
#pragma warning restore CA5350, CA5351
    }
}
