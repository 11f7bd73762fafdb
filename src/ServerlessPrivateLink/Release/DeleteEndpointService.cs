using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <summary>Its deletion takes minutes; permissions, notifications and what was noted of connections go with it.</summary>
public sealed partial class DeleteEndpointService(IAmazonEC2 ec2, StackSettings settings, TimeProvider clock, ILogger<DeleteEndpointService> log)
{
    [LambdaFunction]
    public async Task<DeletionOutput> Handle(DeletionInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var owner = new Owner(settings.Stack, input.Link, input.MadeBy);
        var services = await ec2.EndpointServicesOfAsync(owner, deadline.Token);
        var isBlocked = false;
        foreach (var service in services.Where(static service => service.ServiceState != ServiceState.Deleting))
            isBlocked |= !await DeleteAsync(new(service.ServiceId, owner), deadline.Token);
        return new Deletion([.. services.Select(static service => new Held(Of(service.ServiceId)))], isBlocked).After(input);
    }

    private async Task<bool> DeleteAsync(LinkService service, CancellationToken token)
    {
        // Before its notification is taken away: a link that stays is to hear of its connections.
        var connections = await ec2.ConnectionsOfAsync([service], settings.Region, token);
        if (connections[service.Id].Any(static connection => connection.IsLive)) return false;

        await MuteAsync(service.Id, token);
        var answer = await ec2.DeleteVpcEndpointServiceConfigurationsAsync(new DeleteVpcEndpointServiceConfigurationsRequest { ServiceIds = [service.Id] }, token);
        LogDeleting(log, service.Id);
        return answer.Unsuccessful is not [var item, ..] || IsGone(service.Id, item.Error);
    }

    private async Task MuteAsync(string serviceId, CancellationToken token)
    {
        var notifications = await ec2.ConnectionNotificationsAsync(serviceId, token);
        List<string> ours = [.. notifications.Where(notification => notification.ConnectionNotificationArn == settings.ConnectionTopicArn).Select(static notification => notification.ConnectionNotificationId)];
        if (ours.Count == 0) return;

        // What does not go now goes with its service.
        await ec2.DeleteVpcEndpointConnectionNotificationsAsync(new DeleteVpcEndpointConnectionNotificationsRequest { ConnectionNotificationIds = ours }, token);
    }

    private static bool IsGone(string serviceId, UnsuccessfulItemError? error) => error?.Code switch
    {
        "InvalidVpcEndpointService.NotFound" or "InvalidVpcEndpointServiceId.NotFound" => true,
        "ExistingVpcEndpointConnections" => false,
        { } code when BusySign.IsIn(code) => throw new AwsBusyException(nameof(IAmazonEC2.DeleteVpcEndpointServiceConfigurationsAsync), error.Message),
        _ => throw new DeletionRefusedException(Of(serviceId), $"{error?.Code}: {error?.Message}", "Look at it in the VPC console."),
    };

    private static Remnant Of(string serviceId) => new("endpoint service", serviceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deletes the endpoint service {ServiceId}")]
    private static partial void LogDeleting(ILogger logger, string serviceId);
}
