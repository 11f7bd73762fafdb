using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace ServerlessPrivateLink.Alerts;

/// <summary>The stack's topic for alerts.</summary>
public sealed class AlertTopic(Lazy<IAmazonSimpleNotificationService> sns, StackSettings settings)
{
    public Task PublishAsync(Alert alert, CancellationToken token)
    {
        var message = AlertMessage.Of(alert, new(settings.Stack, settings.AccountId, settings.Region, settings.Partition, settings.AlertFormat));
        return sns.Value.PublishAsync(
            new PublishRequest
            {
                TopicArn = settings.AlertTopicArn,
                Subject = message.Subject,
                MessageStructure = "json",
                Message = message.Message,
                MessageAttributes = message.Attributes.ToDictionary(
                    static attribute => attribute.Key,
                    static attribute => new MessageAttributeValue { DataType = "String", StringValue = attribute.Value },
                    StringComparer.Ordinal),
            },
            token);
    }
}
