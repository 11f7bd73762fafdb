using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LocalAws.Wire;

namespace LocalAws.Signing;

/// <summary>The <c>Authorization</c> header of a signature version 4 (IAM User Guide: "Elements of an AWS API request signature").</summary>
/// <param name="AccessKeyId">Whose key signed.</param>
/// <param name="Scope">Date, Region, service and terminator, as they were signed.</param>
/// <param name="SignedHeaders">The names of the headers that were signed, in the order given.</param>
/// <param name="Signature">The signature, in hexadecimal digits.</param>
internal sealed record Authorization(string AccessKeyId, CredentialScope Scope, ImmutableArray<string> SignedHeaders, string Signature)
{
    private const string Presigned = "X-Amz-Signature=";

    private static readonly ImmutableArray<string> Needed = ["Credential", "Signature", "SignedHeaders"];

    public static bool TryRead(WireRequest request, [NotNullWhen(true)] out Authorization? authorization, [NotNullWhen(false)] out SignatureRefusal? refusal)
    {
        authorization = null;
        refusal = null;
        var header = request.Header("Authorization");
        if (string.IsNullOrWhiteSpace(header))
            refusal = Unsigned(request);
        else if (header.Split(' ', 2) is not [SignatureVersion4.Algorithm, var fields])
            refusal = SignatureRefusal.Incomplete($"Unsupported AWS 'algorithm': '{header.Split(' ')[0]}' (only {SignatureVersion4.Algorithm} for now). ");
        else
            authorization = Read(Fields(fields), fields, out refusal);
        return authorization is not null;
    }

    private static SignatureRefusal Unsigned(WireRequest request) => request.Query.Contains(Presigned, StringComparison.OrdinalIgnoreCase)
        ? SignatureRefusal.Incomplete("Signatures in the query string (presigned URLs) are not imitated here. Sign with the Authorization header.")
        : new(SignatureProblem.Missing, "Request is missing Authentication Token");

    private static Authorization? Read(Dictionary<string, string> fields, string all, out SignatureRefusal? refusal)
    {
        var lacking = Needed.Where(name => !fields.ContainsKey(name)).ToImmutableArray();
        if (!lacking.IsEmpty)
        {
            refusal = SignatureRefusal.Incomplete(string.Concat(lacking.Select(name => $"Authorization header requires '{name}' parameter. ")) + $"Authorization={all}");
            return null;
        }

        if (fields["Credential"].Split('/') is not [{ Length: > 0 } key, var date, var region, var service, var terminator])
        {
            refusal = SignatureRefusal.Incomplete($"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{fields["Credential"]}'");
            return null;
        }

        refusal = null;
        return new(key, new(date, region, service, terminator), [.. fields["SignedHeaders"].Split(';', StringSplitOptions.RemoveEmptyEntries)], fields["Signature"]);
    }

    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = field.IndexOf('=', StringComparison.Ordinal);
            if (cut > 0)
                fields[field[..cut]] = field[(cut + 1)..];
        }

        return fields;
    }
}

/// <summary>What a signing key is good for.</summary>
/// <param name="Date">The day, such as <c>20260101</c>.</param>
/// <param name="Region">The Region.</param>
/// <param name="Service">The service's signing name.</param>
/// <param name="Terminator">Always <c>aws4_request</c>.</param>
internal sealed record CredentialScope(string Date, string Region, string Service, string Terminator)
{
    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";
}
