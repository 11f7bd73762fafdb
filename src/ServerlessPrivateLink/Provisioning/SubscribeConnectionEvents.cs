using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

/// <param name="ServiceId">The endpoint service.</param>
/// <param name="Execution">The execution's ARN.</param>
public sealed record SubscribeConnectionEventsInput(string ServiceId, string Execution);

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
        return new(ours?.ConnectionNotificationId ?? await SubscribeAsync(input, deadline.Token));
    }

    private async Task<string> SubscribeAsync(SubscribeConnectionEventsInput input, CancellationToken token)
    {
        var created = await ec2.CreateVpcEndpointConnectionNotificationAsync(
            new CreateVpcEndpointConnectionNotificationRequest
            {
                ServiceId = input.ServiceId,
                ConnectionNotificationArn = settings.ConnectionTopicArn,
                ConnectionEvents = ["Accept", "Connect", "Delete", "Reject"],
                ClientToken = ClientToken.For(input.ServiceId, input.Execution),
            },
            token);
        LogSubscribed(log, input.ServiceId);
        return created.ConnectionNotification.ConnectionNotificationId;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connection events of {ServiceId} now arrive at the connection topic")]
    private static partial void LogSubscribed(ILogger logger, string serviceId);
}
