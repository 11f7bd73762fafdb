using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LocalAws.Signing;
using LocalAws.Wire;

namespace LocalAws.Tests.Signing;

/// <summary>Requests as they come over a wire, signed by hand.</summary>
internal static class Requests
{
    public const string Form = "application/x-www-form-urlencoded; charset=utf-8";

    public static WireRequest Of(string method, string target, string body, params (string Name, string Value)[] headers)
    {
        var cut = target.IndexOf('?', StringComparison.Ordinal);
        return new(
            method,
            cut < 0 ? target : target[..cut],
            cut < 0 ? "" : target[(cut + 1)..],
            headers.ToImmutableDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetBytes(body));
    }

    /// <summary>A request with its date and the signature that this secret makes for it.</summary>
    public static WireRequest Signed(this WireRequest request, string keyId, string secret, string service, DateTimeOffset at, string region = "eu-central-1", string[]? leftOut = null)
    {
        var timestamp = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = new CredentialScope(timestamp[..8], region, service, "aws4_request");
        var dated = request with { Headers = request.Headers.SetItem("Host", "127.0.0.1").SetItem("X-Amz-Date", timestamp) };
        var names = dated.Headers.Keys.Select(name => name.ToLowerInvariant()).Except(leftOut ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var signature = SignatureVersion4.Sign(secret, scope, SignatureVersion4.TextToSign(timestamp, scope, SignatureVersion4.CanonicalRequest(dated, names)));
        return dated with { Headers = dated.Headers.SetItem("Authorization", $"AWS4-HMAC-SHA256 Credential={keyId}/{scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}") };
    }

    public static WireRequest With(this WireRequest request, string header, string value) => request with { Headers = request.Headers.SetItem(header, value) };

    public static string Text(this WireResponse response) => Encoding.UTF8.GetString(response.Body.Span);
}
