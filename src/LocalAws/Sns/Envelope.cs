using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws.Sqs;
using LocalAws.States;

namespace LocalAws.Sns;

/// <summary>
/// What SNS wraps around a message (Amazon SNS Developer Guide, "Parsing Amazon SNS message formats"; AWS Lambda Developer Guide,
/// "Using AWS Lambda with Amazon SNS"). The signature is none: it only has a signature's form, and no certificate verifies it.
/// </summary>
internal sealed class Envelope(Cloud cloud)
{
    private static readonly string Signature = Convert.ToBase64String("this text stands where the signature of Amazon SNS would be"u8);

    private string Host => $"https://sns.{cloud.Options.Region}.{cloud.Options.DnsSuffix}/";

    private string Certificate => $"{Host}SimpleNotificationService-00000000000000000000000000000000.pem";

    public string UnsubscribeUrl(SnsSubscription subscription) => $"{Host}?Action=Unsubscribe&SubscriptionArn={subscription.OwnArn}";

    public string SubscribeUrl(SnsSubscription subscription) =>
        $"{Host}?Action=ConfirmSubscription&TopicArn={subscription.Settings.TopicArn}&Token={subscription.Token}";

    /// <summary>As queues and web servers get it.</summary>
    public string Notification(SnsSubscription subscription, PublishedMessage message)
    {
        var body = new JsonObject
        {
            ["Type"] = "Notification",
            ["MessageId"] = message.MessageId,
            ["TopicArn"] = message.TopicArn,
        };
        if (message.Subject is { } subject)
            body["Subject"] = subject;
        body["Message"] = message.TextFor(subscription.Settings.Protocol);
        body["Timestamp"] = Timestamp(message.At);
        body["SignatureVersion"] = "1";
        body["Signature"] = Signature;
        body["SigningCertURL"] = Certificate;
        body["UnsubscribeURL"] = UnsubscribeUrl(subscription);
        if (!message.Attributes.IsEmpty)
            body["MessageAttributes"] = Attributes(message.Attributes);
        return Json.Text(body);
    }

    /// <summary>As a function gets it: fields that hold nothing are there too.</summary>
    public string Event(SnsSubscription subscription, PublishedMessage message) => Json.Text(new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["EventVersion"] = "1.0",
            ["EventSubscriptionArn"] = subscription.OwnArn,
            ["Sns"] = new JsonObject
            {
                ["Type"] = "Notification",
                ["MessageId"] = message.MessageId,
                ["TopicArn"] = message.TopicArn,
                ["Subject"] = message.Subject,
                ["Message"] = message.TextFor(subscription.Settings.Protocol),
                ["Timestamp"] = Timestamp(message.At),
                ["SignatureVersion"] = "1",
                ["Signature"] = Signature,
                ["SigningCertUrl"] = Certificate,
                ["UnsubscribeUrl"] = UnsubscribeUrl(subscription),
                ["MessageAttributes"] = Attributes(message.Attributes),
            },
        }),
    });

    /// <summary>The request to confirm that a web server gets.</summary>
    public string Confirmation(SnsSubscription subscription, string messageId, DateTimeOffset at) => Json.Text(new JsonObject
    {
        ["Type"] = "SubscriptionConfirmation",
        ["MessageId"] = messageId,
        ["Token"] = subscription.Token,
        ["TopicArn"] = subscription.Settings.TopicArn,
        ["Message"] = $"You have chosen to subscribe to the topic {subscription.Settings.TopicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.",
        ["SubscribeURL"] = SubscribeUrl(subscription),
        ["Timestamp"] = Timestamp(at),
        ["SignatureVersion"] = "1",
        ["Signature"] = Signature,
        ["SigningCertURL"] = Certificate,
    });

    private static string Timestamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static JsonObject Attributes(ImmutableSortedDictionary<string, MessageAttribute> attributes) => new(attributes.Select(attribute =>
        KeyValuePair.Create<string, JsonNode?>(attribute.Key, new JsonObject { ["Type"] = attribute.Value.DataType, ["Value"] = attribute.Value.Text })));
}
