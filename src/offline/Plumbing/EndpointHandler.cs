using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util;

namespace Amazon.Offline;

/// <summary>Hands the client's settings to its endpoint provider.</summary>
internal sealed class EndpointHandler : BaseEndpointResolver
{
    public static Endpoint Determine(ClientConfig config, ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, config.ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(false, new NullSigner()) { ClientConfig = config, OriginalRequest = parameters.Request, Request = request };
        return new EndpointHandler().GetEndpoint(new ExecutionContext(context, null));
    }

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        return new EndpointParameters
        {
            [ServiceEndpoints.UseDualStack] = config.UseDualstackEndpoint,
            [ServiceEndpoints.UseFips] = config.UseFIPSEndpoint,
            [ServiceEndpoints.Custom] = config.ServiceURL,
            [ServiceEndpoints.Region] = RegionOf(requestContext),
        };
    }

    private static string RegionOf(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        if (requestContext.Request.AlternateEndpoint is { } alternate)
            return alternate.SystemName;
        if (config.RegionEndpoint is { } region)
            return region.SystemName;
        return string.IsNullOrEmpty(config.ServiceURL) ? null : AWSSDKUtils.DetermineRegion(config.ServiceURL);
    }
}
