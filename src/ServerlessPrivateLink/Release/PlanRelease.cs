using System.Collections.Immutable;
using System.Text.Json;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <param name="Request">The whole input of the execution.</param>
public sealed record PlanReleaseInput(JsonElement Request);

/// <param name="Link">The link's name.</param>
/// <param name="Force">Whether connections are rejected.</param>
/// <param name="Found">What there is of the link.</param>
public sealed record PlanReleaseOutput(string Link, bool Force, ImmutableArray<Remnant> Found);

/// <summary>Reads the request, and finds by tag what there is of the link. Reads only.</summary>
public sealed partial class PlanRelease(
    IAmazonEC2 ec2,
    IAmazonElasticLoadBalancingV2 elb,
    StackSettings settings,
    TimeProvider clock,
    ILogger<PlanRelease> log)
{
    [LambdaFunction]
    public async Task<PlanReleaseOutput> Handle(PlanReleaseInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var request = ReleaseRequest.Read(input.Request);
        var found = await ec2.EverythingOfAsync(elb, new Owner(settings.Stack, request.Link), deadline.Token);
        LogFound(log, request.Link, found.Length, request.Force);
        return new(request.Link, request.Force, found);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Releases {Link}, of which there are {Count} parts; by force: {Force}")]
    private static partial void LogFound(ILogger logger, string link, int count, bool force);
}
