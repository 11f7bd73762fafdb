using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>AWS CloudFormation User Guide, "Pseudo parameters reference".</summary>
internal static class PseudoParameters
{
    public static readonly ImmutableHashSet<string> Names =
    [
        "AWS::AccountId", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix",
    ];

    public static ImmutableDictionary<string, JsonNode?> Of(CloudOptions options, string stackName, string stackId) =>
        ImmutableDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["AWS::AccountId"] = options.AccountId,
            ["AWS::NoValue"] = null,
            ["AWS::Partition"] = options.Partition,
            ["AWS::Region"] = options.Region,
            ["AWS::StackId"] = stackId,
            ["AWS::StackName"] = stackName,
            ["AWS::URLSuffix"] = UrlSuffix(options.Partition),
        });

    private static string UrlSuffix(string partition) => partition switch
    {
        "aws" or "aws-us-gov" => "amazonaws.com",
        "aws-cn" => "amazonaws.com.cn",
        "aws-eusc" => "amazonaws.eu",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        _ => throw new TemplateException("AWS::Partition", partition, "aws, aws-us-gov, aws-cn, aws-eusc, aws-iso, aws-iso-b"),
    };
}
