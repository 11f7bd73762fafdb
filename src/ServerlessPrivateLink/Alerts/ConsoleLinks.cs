using System.Collections.Immutable;

namespace ServerlessPrivateLink.Alerts;

/// <summary>Where in the AWS console a person sees what an alert is about.</summary>
public static class ConsoleLinks
{
    /// <param name="facts">The alert's facts; those that name a resource are linked.</param>
    /// <param name="partition">Each has its own console.</param>
    /// <param name="region">Where the resources are.</param>
    public static ImmutableSortedDictionary<string, string> Of(IReadOnlyDictionary<string, string> facts, string partition, string region)
    {
        var links = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Host(partition) is not { } host) return links.ToImmutable();

        var console = $"https://{region}.{host}";
        if (facts.TryGetValue("execution", out var execution)) links["execution"] = $"{console}/states/home?region={region}#/v2/executions/details/{execution}";
        if (facts.TryGetValue("serviceId", out var service)) links["endpointService"] = $"{console}/vpcconsole/home?region={region}#EndpointServiceDetails:vpceServiceId={service}";
        if (facts.TryGetValue("targetGroup", out var group)) links["targetGroup"] = $"{console}/ec2/home?region={region}#TargetGroup:targetGroupArn={group}";
        return links.ToImmutable();
    }

    // The isolated partitions publish no address.
    private static string? Host(string partition) => partition switch
    {
        "aws" => "console.aws.amazon.com",
        "aws-cn" => "console.amazonaws.cn",
        "aws-us-gov" => "console.amazonaws-us-gov.com",
        _ => null,
    };
}
