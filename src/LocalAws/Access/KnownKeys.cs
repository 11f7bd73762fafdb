using System.Collections.Immutable;

namespace LocalAws.Access;

/// <summary>
/// Which condition keys a policy may speak of. A global key with a slip in it would silently be absent for ever
/// (IAM User Guide, "AWS global condition context keys"); a service's own keys are that service's to know.
/// </summary>
internal static class KnownKeys
{
    private static readonly ImmutableHashSet<string> Global = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:CurrentTime", "aws:EpochTime", "aws:PrincipalAccount",
        "aws:PrincipalArn", "aws:PrincipalIsAWSService", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalServiceName",
        "aws:PrincipalServiceNamesList", "aws:PrincipalType", "aws:RequestedRegion", "aws:ResourceAccount", "aws:ResourceOrgID",
        "aws:ResourceOrgPaths", "aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn", "aws:SourceIp", "aws:SourceOrgID",
        "aws:SourceOwner", "aws:SourceVpc", "aws:SourceVpce", "aws:TagKeys", "aws:ViaAWSService", "aws:userid", "aws:username");

    private static readonly ImmutableHashSet<string> Many = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "aws:CalledVia", "aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList", "aws:ResourceOrgPaths", "aws:TagKeys");

    private static readonly ImmutableArray<string> Tagged = ["aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/"];

    public static string Allowed { get; } =
        $"{string.Join(", ", Global.Order(StringComparer.Ordinal))}, {string.Join(", ", Tagged.Select(prefix => prefix + "…"))}, or service:Key";

    public static bool Has(string key) => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)
        ? Global.Contains(key) || Tagged.Any(prefix => key.Length > prefix.Length && key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        : key.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < key.Length - 1;

    public static bool HasManyValues(string key) => Many.Contains(key);
}
