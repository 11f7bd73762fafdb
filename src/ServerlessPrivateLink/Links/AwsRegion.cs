using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Links;

/// <summary>What a Region's name tells.</summary>
public static partial class AwsRegion
{
    private static readonly (string Prefix, string Partition)[] Partitions =
    [
        ("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"), ("us-iso-", "aws-iso"), ("us-isob-", "aws-iso-b"), ("eu-isoe-", "aws-iso-e"), ("us-isof-", "aws-iso-f"), ("eusc-", "aws-eusc"),
    ];

    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>No endpoint reaches from one partition into another.</summary>
    public static string PartitionOf(string region) =>
        Array.Find(Partitions, entry => region.StartsWith(entry.Prefix, StringComparison.Ordinal)).Partition ?? "aws";

    [GeneratedRegex(@"\A[a-z]{2,4}(?:-[a-z]{2,16}){1,3}-[1-9][0-9]?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
