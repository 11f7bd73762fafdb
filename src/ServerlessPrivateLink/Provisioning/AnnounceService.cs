using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Probing;

namespace ServerlessPrivateLink.Provisioning;

public sealed record AnnounceServiceInput(
    string Link,
    string ServiceId,
    string ServiceName,
    ImmutableArray<PlannedSubnet> Subnets,
    ImmutableArray<Exposure> Exposures,
    ImmutableArray<Consumer> Consumers,
    FoundWarnings Warnings,
    ImmutableArray<string> Removed,
    ProbeDatabaseOutput Probed);

/// <summary>What the steps found that a person should know.</summary>
/// <param name="Plan">Warnings of the plan.</param>
/// <param name="Targets">Targets that are not healthy beside others that are.</param>
/// <param name="ForeignPorts">Ports on which somebody else lets the load balancer listen.</param>
public sealed record FoundWarnings(
    ImmutableArray<string> Plan,
    ImmutableArray<string> Targets,
    ImmutableArray<int> ForeignPorts);

public sealed class AnnounceService(IAmazonEC2 ec2, AlertTopic alerts, StackSettings settings, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<Announcement> Handle(AnnounceServiceInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var announcement = Announcement.Of(input, settings.AccountId, settings.Region);
        if (await ReadFingerprintAsync(input.ServiceId, deadline.Token) == announcement.Fingerprint) return announcement;

        // Published first and remembered after: a run that stops between the two says it twice rather than never.
        await alerts.PublishAsync(announcement.Alert, deadline.Token);
        await ec2.CreateTagsAsync(
            new CreateTagsRequest { Resources = [input.ServiceId], Tags = [new() { Key = ResourceTags.Announced, Value = announcement.Fingerprint }] },
            deadline.Token);
        return announcement;
    }

    private async Task<string> ReadFingerprintAsync(string serviceId, CancellationToken token)
    {
        var answer = await ec2.DescribeVpcEndpointServiceConfigurationsAsync(
            new DescribeVpcEndpointServiceConfigurationsRequest { ServiceIds = [serviceId] },
            token);
        return answer.ServiceConfigurations[0].Tags.Read().GetValueOrDefault(ResourceTags.Announced, "");
    }
}
