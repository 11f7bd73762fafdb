using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record SubscribeConnectionEventsInput(string ServiceId);

public sealed record SubscribeConnectionEventsOutput(string NotificationId);

public sealed partial class SubscribeConnectionEvents(
    IAmazonEC2 ec2,
    StackSettings settings,
    TimeProvider clock,
    ILogger<SubscribeConnectionEvents> log)
{
    [LambdaFunction]
    public async Task<SubscribeConnectionEventsOutput> Handle(SubscribeConnectionEventsInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var standing = await ec2.ConnectionNotificationsAsync(input.ServiceId, deadline.Token);
        var ours = standing.FirstOrDefault(notification => notification.ConnectionNotificationArn == settings.ConnectionTopicArn);
        return new(ours?.ConnectionNotificationId ?? await SubscribeAsync(input.ServiceId, deadline.Token));
    }

    private async Task<string> SubscribeAsync(string serviceId, CancellationToken token)
    {
        var created = await ec2.CreateVpcEndpointConnectionNotificationAsync(
            new CreateVpcEndpointConnectionNotificationRequest
            {
                ServiceId = serviceId,
                ConnectionNotificationArn = settings.ConnectionTopicArn,
                ConnectionEvents = ["Accept", "Connect", "Delete", "Reject"],
                ClientToken = ClientToken.For(serviceId),
            },
            token);
        LogSubscribed(log, serviceId);
        return created.ConnectionNotification.ConnectionNotificationId;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connection events of {ServiceId} now arrive at the connection topic")]
    private static partial void LogSubscribed(ILogger logger, string serviceId);
}
