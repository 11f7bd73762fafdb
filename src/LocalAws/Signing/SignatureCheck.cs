using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalAws.Wire;

namespace LocalAws.Signing;

/// <summary>
/// Whether a signature is good for a request, at a place and an instant. Messages are those that AWS's services answer with
/// (IAM User Guide: "Troubleshoot signed requests for AWS APIs").
/// </summary>
internal static class SignatureCheck
{
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>What can be said without the key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="authorization">How it was signed.</param>
    /// <param name="region">The Region that it came to.</param>
    /// <param name="service">The service that its content is for.</param>
    /// <param name="now">The real time.</param>
    public static SignatureRefusal? OfForm(WireRequest request, Authorization authorization, string region, string service, DateTimeOffset now)
    {
        if (Timestamp(request) is not { } signed)
            return SignatureRefusal.Incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        return OfScope(authorization.Scope, region, service, signed) ?? OfTime(signed, now) ?? OfHeaders(request, authorization);
    }

    /// <summary>Whether this secret made the signature.</summary>
    public static SignatureRefusal? OfSecret(WireRequest request, Authorization authorization, string secret)
    {
        var canonical = SignatureVersion4.CanonicalRequest(request, authorization.SignedHeaders);
        var text = SignatureVersion4.TextToSign(Text(Timestamp(request)!.Value), authorization.Scope, canonical);
        var expected = SignatureVersion4.Sign(secret, authorization.Scope, text);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(authorization.Signature))
            ? null
            : SignatureRefusal.Mismatch(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. "
                + "Consult the service documentation for details.\n\n"
                + $"The Canonical String for this request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{text}'\n");
    }

    private static SignatureRefusal? OfScope(CredentialScope scope, string region, string service, DateTimeOffset signed)
    {
        var wrong = new StringBuilder();
        if (scope.Region != region)
            wrong.Append(CultureInfo.InvariantCulture, $"Credential should be scoped to a valid region, not '{scope.Region}'. This account is in '{region}'. ");
        if (scope.Service != service)
            wrong.Append(CultureInfo.InvariantCulture, $"Credential should be scoped to correct service: '{service}'. ");
        if (scope.Terminator != SignatureVersion4.Terminator)
            wrong.Append(CultureInfo.InvariantCulture, $"Credential should be scoped with a valid terminator: '{SignatureVersion4.Terminator}', not '{scope.Terminator}'. ");
        if (scope.Date != Text(signed)[..8])
            wrong.Append(CultureInfo.InvariantCulture, $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope.Date}' != '{Text(signed)[..8]}', from '{Text(signed)}'.");
        return wrong.Length == 0 ? null : SignatureRefusal.Mismatch(wrong.ToString());
    }

    private static SignatureRefusal? OfTime(DateTimeOffset signed, DateTimeOffset now) =>
        signed < now - Tolerance ? new(SignatureProblem.Expired, $"Signature expired: {Text(signed)} is now earlier than {Text(now - Tolerance)} ({Text(now)} - 5 min.)")
        : signed > now + Tolerance ? new(SignatureProblem.Expired, $"Signature not yet current: {Text(signed)} is still later than {Text(now + Tolerance)} ({Text(now)} + 5 min.)")
        : null;

    /// <summary>The host, and whatever AWS reads a meaning from, must be signed ("Create a canonical request").</summary>
    private static SignatureRefusal? OfHeaders(WireRequest request, Authorization authorization)
    {
        var unsigned = request.Headers.Keys
            .Where(name => name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
            .Prepend("Host")
            .FirstOrDefault(name => !authorization.SignedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));
        return unsigned is null ? null
            : SignatureRefusal.Mismatch($"'{(unsigned == "Host" ? "Host' or ':authority" : unsigned)}' must be a 'SignedHeader' in the AWS Authorization.");
    }

    private static DateTimeOffset? Timestamp(WireRequest request) =>
        DateTimeOffset.TryParseExact(request.Header("X-Amz-Date") ?? "", Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) ? exact
        : request.Header("X-Amz-Date") is null && DateTimeOffset.TryParse(request.Header("Date") ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date
        : null;

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
