using System.Text.RegularExpressions;

namespace ServerlessPrivateLink.Probing;

/// <summary>The suffix of AWS's own names in the stack's partition.</summary>
public sealed record AwsDnsSuffix(string Text)
{
    public const string Variable = "DNS_SUFFIX";
}

/// <summary>
/// The name in DNS of a link's load balancer, made of the link and of the load balancer's ARN (AWS CLI Command Reference,
/// elbv2 create-load-balancer: a network load balancer's name and id). So that nobody can have another host probed, it is never taken from outside.
/// </summary>
public static partial class BalancerName
{
    /// <exception cref="ProbeRefusedException">The ARN is not that of the link's load balancer.</exception>
    public static string Of(StackSettings settings, string suffix, string link, string loadBalancerArn)
    {
        var name = ResourceName.LoadBalancer(settings.Stack, link);
        var start = $"arn:{settings.Partition}:elasticloadbalancing:{settings.Region}:{settings.AccountId}:loadbalancer/net/{name}/";
        var id = loadBalancerArn.StartsWith(start, StringComparison.Ordinal) ? loadBalancerArn[start.Length..] : "";
        return Id().IsMatch(id) ? $"{name}-{id}.elb.{settings.Region}.{suffix}" : throw new ProbeRefusedException(loadBalancerArn, start);
    }

    [GeneratedRegex(@"\A[0-9a-f]{16}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}

public sealed class ProbeRefusedException(string found, string allowed)
    : RefusedException($"LoadBalancerArn: found \"{found}\", allowed is {allowed} and 16 hexadecimal digits.", "Give the ARN of the link's own load balancer.");
