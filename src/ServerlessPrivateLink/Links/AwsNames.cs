using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Links;

/// <summary>What names that AWS gives tell.</summary>
public static partial class AwsNames
{
    private static readonly (string Prefix, string Partition)[] Partitions =
    [
        ("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-iso-", "aws-iso"), ("us-isob-", "aws-iso-b"), ("eu-isoe-", "aws-iso-e"), ("us-isof-", "aws-iso-f"), ("eusc-", "aws-eusc"),
    ];

    public static bool IsRegion(string text) => Region().IsMatch(text);

    public static bool IsEndpointId(string text) => EndpointId().IsMatch(text);

    /// <summary>No endpoint reaches from one partition into another.</summary>
    public static string PartitionOf(string region) =>
        Array.Find(Partitions, entry => region.StartsWith(entry.Prefix, StringComparison.Ordinal)).Partition ?? "aws";

    /// <summary>Such as <c>x.abc.eu-central-1.rds.amazonaws.com</c>; in China <c>x.abc.rds.cn-north-1.amazonaws.com.cn</c>.</summary>
    public static bool IsRdsEndpoint(string host) =>
        host.Contains(".rds.", StringComparison.OrdinalIgnoreCase) && host.Contains(".amazonaws.com", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[a-z]{2,4}(?:-[a-z]{2,16}){1,3}-[1-9][0-9]?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Region();

    [GeneratedRegex(@"\Avpce-[0-9a-f]{8}(?:[0-9a-f]{9})?\z", RegexOptions.NonBacktracking)]
    private static partial Regex EndpointId();
}
