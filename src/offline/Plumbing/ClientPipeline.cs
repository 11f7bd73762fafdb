using System.Collections.Generic;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.Offline;

/// <summary>Puts the handlers that each service brings along into Core's pipeline: Marshaller, then auth, then endpoint.</summary>
internal static class ClientPipeline
{
    public static void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Handler());
    }

    /// <summary>Replaces the retry policy by one that also counts the given error codes as throttling.</summary>
    public static void AddThrottlingCodes(RuntimePipeline pipeline, IClientConfig config, params string[] codes)
    {
        var policy = config.RetryMode == RequestRetryMode.Adaptive ? new AdaptiveRetryPolicy(config) : new StandardRetryPolicy(config);
        foreach (var code in codes)
            policy.ThrottlingErrorCodes.Add(code);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(policy));
    }

    private sealed class SigV4Handler : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }
}

/// <summary>The name of the service in the SDK's own measurements.</summary>
internal sealed class ServiceMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
