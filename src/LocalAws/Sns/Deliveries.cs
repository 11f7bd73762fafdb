using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Sqs;
using LocalAws.Wire;

namespace LocalAws.Sns;

/// <summary>Sends a request to a web server on the loopback and gives its HTTP status.</summary>
public delegate Task<int> SendHttp(Uri endpoint, ImmutableDictionary<string, string> headers, string body, CancellationToken token);

/// <summary>
/// Carries messages to endpoints, in SNS's own name: the queue's or function's policy must let it. What cannot be delivered goes to
/// the subscription's dead-letter queue, or is lost (Amazon SNS Developer Guide, "Amazon SNS dead-letter queues").
/// </summary>
internal sealed class Deliveries(Cloud cloud, SnsState sns)
{
    private const string Service = "sns.amazonaws.com";
    private const string UsualSubject = "AWS Notification Message";

    /// <summary>The delivery policy that SNS has for HTTP (Amazon SNS Developer Guide, "Amazon SNS message delivery retries").</summary>
    private const int HttpRetries = 3;

    private static readonly TimeSpan BetweenRetries = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(80);

    private readonly Envelope envelope = new(cloud);

    public async Task DeliverAsync(SnsSubscription subscription, PublishedMessage message)
    {
        await cloud.Time.Delay(cloud.Chance.Between(Shortest, Longest), CancellationToken.None).ConfigureAwait(false);
        var settings = subscription.Settings;
        switch (settings.Protocol)
        {
            case "sqs":
                ToQueue(subscription, message);
                break;
            case "lambda":
                ToFunction(subscription, message);
                break;
            case "http":
                await ToServerAsync(subscription, message).ConfigureAwait(false);
                break;
            case "email-json":
                sns.Mail.Drop(new(cloud.Time.GetUtcNow(), settings.Endpoint, message.Subject ?? UsualSubject, envelope.Notification(subscription, message)));
                break;
            default:
                sns.Mail.Drop(new(cloud.Time.GetUtcNow(), settings.Endpoint, message.Subject ?? UsualSubject, $"{message.TextFor(settings.Protocol)}\n\n--\nTo stop these notifications: {envelope.UnsubscribeUrl(subscription)}\n"));
                break;
        }
    }

    /// <summary>Asks an endpoint that is not the account's own whether it wants the subscription.</summary>
    public async Task AskAsync(SnsSubscription subscription)
    {
        await cloud.Time.Delay(cloud.Chance.Between(Shortest, Longest), CancellationToken.None).ConfigureAwait(false);
        var (settings, now) = (subscription.Settings, cloud.Time.GetUtcNow());
        if (settings.Protocol is "http")
        {
            var id = cloud.Chance.Uuid();
            await SendAsync(subscription, "SubscriptionConfirmation", id, envelope.Confirmation(subscription, id, now), isRaw: false).ConfigureAwait(false);
        }
        else
        {
            sns.Mail.Drop(new(now, settings.Endpoint, "AWS Notification - Subscription Confirmation", $"You have chosen to subscribe to the topic:\n{settings.TopicArn}\n\nTo confirm this subscription:\n{envelope.SubscribeUrl(subscription)}\n"));
        }
    }

    private void ToQueue(SnsSubscription subscription, PublishedMessage message)
    {
        var isRaw = subscription.Settings.Attributes.IsRaw;
        var body = isRaw ? message.TextFor("sqs") : envelope.Notification(subscription, message);
        try
        {
            Send(subscription.Settings.Endpoint, subscription, body, isRaw ? message.Attributes : MessageAttributes.None);
        }
        catch (Exception error) when (error is AccessDeniedException or AwsErrorException)
        {
            Bury(subscription, body);
        }
    }

    private void ToFunction(SnsSubscription subscription, PublishedMessage message)
    {
        var body = envelope.Event(subscription, message);
        try
        {
            cloud.Lambda.QueueAs(Service, subscription.Settings.TopicArn, subscription.Settings.Endpoint, System.Text.Encoding.UTF8.GetBytes(body));
        }
        catch (Exception error) when (error is AccessDeniedException or AwsErrorException)
        {
            Bury(subscription, body);
        }
    }

    private async Task ToServerAsync(SnsSubscription subscription, PublishedMessage message)
    {
        var isRaw = subscription.Settings.Attributes.IsRaw;
        var body = isRaw ? message.TextFor("http") : envelope.Notification(subscription, message);
        for (var retry = 0; retry <= HttpRetries; retry++)
        {
            if (await SendAsync(subscription, "Notification", message.MessageId, body, isRaw).ConfigureAwait(false))
                return;
            if (retry < HttpRetries)
                await cloud.Time.Delay(BetweenRetries, CancellationToken.None).ConfigureAwait(false);
        }

        Bury(subscription, body);
    }

    /// <summary>Whether a web server took it (Amazon SNS Developer Guide, "HTTP/HTTPS headers").</summary>
    private async Task<bool> SendAsync(SnsSubscription subscription, string type, string messageId, string body, bool isRaw)
    {
        var headers = ImmutableDictionary<string, string>.Empty
            .Add("x-amz-sns-message-type", type)
            .Add("x-amz-sns-message-id", messageId)
            .Add("x-amz-sns-topic-arn", subscription.Settings.TopicArn)
            .Add("Content-Type", "text/plain; charset=UTF-8")
            .Add("User-Agent", "Amazon Simple Notification Service Agent");
        if (subscription.IsConfirmed)
            headers = headers.Add("x-amz-sns-subscription-arn", subscription.OwnArn);
        if (isRaw)
            headers = headers.Add("x-amz-sns-rawdelivery", "true");
        try
        {
            return sns.Http is { } send && await send(new(subscription.Settings.Endpoint), headers, body, CancellationToken.None).ConfigureAwait(false) is >= 200 and < 300;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Bury(SnsSubscription subscription, string body)
    {
        if (subscription.Settings.Attributes.DeadLetterTarget is not { } queue)
            return;
        try
        {
            Send(queue, subscription, body, MessageAttributes.None);
        }
        catch (Exception error) when (error is AccessDeniedException or AwsErrorException)
        {
            // AWS, too, only counts what even the dead-letter queue does not take.
        }
    }

    private void Send(string queueArn, SnsSubscription subscription, string body, ImmutableSortedDictionary<string, MessageAttribute> attributes) =>
        cloud.Sqs.SendAs(Service, subscription.Settings.TopicArn, queueArn, body, attributes);
}
