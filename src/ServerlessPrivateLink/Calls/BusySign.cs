using System.Collections.Immutable;
using System.Net;
using Amazon.Runtime;

namespace ServerlessPrivateLink.Calls;

/// <summary>Tells failures that pass by themselves from answers.</summary>
public static class BusySign
{
    private static readonly ImmutableHashSet<string> Codes = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        // AWS shows a new resource to all of its own only after a while. We name by id only what this run has found or made,
        "InvalidGroup.NotFound",
        "InvalidID",
        "InvalidSecurityGroup",
        "InvalidVpcEndpointService.NotFound",
        "InvalidVpcEndpointServiceId.NotFound",
        "ListenerNotFound",
        "LoadBalancerNotFound",
        "TargetGroupNotFound",
        // and make only what a look just before did not show: if it exists all the same, the next look tells whose it is.
        "DuplicateListener",
        "DuplicateLoadBalancerName",
        "DuplicateTargetGroupName",
        "InvalidGroup.Duplicate",
        // Throttles, and failures of AWS's own.
        "EC2ThrottledException",
        "InternalError",
        "InternalFailure",
        "PriorRequestNotComplete",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestTimeout",
        "ServiceUnavailable",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "Unavailable");

    public static bool IsIn(string code) => Codes.Contains(code);

    public static bool In(Exception failure) => failure switch
    {
        AmazonServiceException answer => answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            || IsIn(answer.ErrorCode ?? ""),
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
