using System.Collections.Immutable;
using System.Net;
using Amazon.Runtime;

namespace ServerlessPrivateLink.Calls;

/// <summary>Tells failures that pass by themselves from answers.</summary>
public static class BusySign
{
    private static readonly ImmutableHashSet<string> Codes = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "EC2ThrottledException",
        // EC2 shows a new resource to all of its own only after a while. We name by id only what this run has found or made.
        "InvalidGroup.NotFound",
        "InvalidSecurityGroup",
        "InvalidVpcEndpointService.NotFound",
        "InvalidVpcEndpointServiceId.NotFound",
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

    public static bool In(Exception failure) => failure switch
    {
        AmazonServiceException answer => answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            || Codes.Contains(answer.ErrorCode ?? ""),
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
