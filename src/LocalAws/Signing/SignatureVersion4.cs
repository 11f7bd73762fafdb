using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LocalAws.Wire;

namespace LocalAws.Signing;

/// <summary>
/// Signature version 4 of a request, as the receiver computes it (IAM User Guide: "Create a signed AWS API request").
/// The body is always hashed, whatever <c>X-Amz-Content-SHA256</c> says: no service here lets a payload go unsigned.
/// </summary>
internal static partial class SignatureVersion4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string Terminator = "aws4_request";

    /// <summary>The request in the one form that both sides sign.</summary>
    public static string CanonicalRequest(WireRequest request, IReadOnlyCollection<string> signedHeaders) => string.Join('\n',
        request.Method,
        CanonicalPath(request.Path),
        CanonicalQuery(request.Query),
        string.Concat(signedHeaders.Select(name => $"{name.ToLowerInvariant()}:{Trimmed(request.Header(name))}\n")),
        string.Join(';', signedHeaders),
        Hex(SHA256.HashData(request.Body.Span)));

    public static string TextToSign(string timestamp, CredentialScope scope, string canonicalRequest) =>
        string.Join('\n', Algorithm, timestamp, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest))));

    public static string Sign(string secret, CredentialScope scope, string textToSign)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in new[] { scope.Date, scope.Region, scope.Service, scope.Terminator })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(textToSign)));
    }

    /// <summary>Without dots and empty segments; each segment, encoded as it was sent, is encoded once more: all services but S3.</summary>
    private static string CanonicalPath(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment is ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("" or "." or ".."))
                segments.Add(Uri.EscapeDataString(segment));
        }

        var end = segments.Count > 0 && path.EndsWith('/') ? "/" : "";
        return $"/{string.Join('/', segments)}{end}";
    }

    private static string CanonicalQuery(string query) => string.Join('&', query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encoded(pair[0]), Value: pair.Length == 2 ? Encoded(pair[1]) : ""))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal)
        .ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string Trimmed(string? value) => value is null ? "" : Spaces().Replace(value.Trim(), " ");

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(" +", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
