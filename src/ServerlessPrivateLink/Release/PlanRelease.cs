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
/// <param name="MadeBy">The mark of the execution whose work goes; empty: all that is the link's.</param>
/// <param name="Found">What there is of it.</param>
public sealed record PlanReleaseOutput(string Link, bool Force, string MadeBy, ImmutableArray<Remnant> Found);

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
        var owner = new Owner(settings.Stack, request.Link, request.MadeBy);
        if (request.MadeBy.Length > 0) await RefuseWhatStandsAsync(owner, deadline.Token);
        var found = await ec2.EverythingOfAsync(elb, owner, deadline.Token);
        LogFound(log, request.Link, found.Length, request.Force);
        return new(request.Link, request.Force, request.MadeBy, found);
    }

    // A run that ended well has taken up what a failed one left, and consumers were told of it.
    private async Task RefuseWhatStandsAsync(Owner made, CancellationToken token)
    {
        if ((await ec2.EndpointServicesOfAsync(made, token)).FirstOrDefault(static service => service.Tags.Read().ContainsKey(ResourceTags.Announced)) is { } announced)
            throw new LinkAnnouncedException(made.Link, announced.ServiceId);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Releases {Link}, of which there are {Count} parts; by force: {Force}")]
    private static partial void LogFound(ILogger logger, string link, int count, bool force);
}

/// <summary>What one execution made is part of a link that stands by now.</summary>
public sealed class LinkAnnouncedException(string link, string serviceId)
    : RefusedException(
        $"The endpoint service {serviceId} has been announced meanwhile, so the link {link} stands. Nothing was removed.",
        $"Leave it, or take the whole link down: privatelink down {link}");
