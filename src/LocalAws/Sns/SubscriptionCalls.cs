using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.Sns;

/// <summary>Making, confirming, describing, changing and ending subscriptions.</summary>
internal sealed class SubscriptionCalls(SnsState sns)
{
    public IEnumerable<Operation> Operations =>
    [
        Operation.Writes("Subscribe", Subscribe),
        Operation.Writes("ConfirmSubscription", Confirm),
        Operation.Writes("Unsubscribe", Unsubscribe),
        Operation.Reads("ListSubscriptions", List),
        Operation.Reads("ListSubscriptionsByTopic", ListByTopic),
        Operation.Reads("GetSubscriptionAttributes", GetAttributes),
        Operation.Writes("SetSubscriptionAttributes", SetAttributes),
    ];

    private Answer Subscribe(ApiCall call)
    {
        var topicArn = SnsApi.TopicArn(call.Form);
        var (protocol, endpoint) = (call.Form.Text("Protocol") ?? throw PublishForm.Invalid("Protocol"), call.Form.Text("Endpoint") ?? throw PublishForm.Invalid("Endpoint"));
        call.Demand(topicArn, ConditionKeys.None.With("sns:Protocol", protocol).With("sns:Endpoint", endpoint));
        SnsApi.Topic(sns, topicArn);
        SubscriptionRules.Check(call.Cloud, protocol, endpoint);
        var attributes = SubscriptionAttributes.None.With(protocol, call.Form.List("Attributes.entry")
            .Select(entry => KeyValuePair.Create(entry.Text("key") ?? "", entry.Text("value") ?? "")));
        var existing = sns.Subscriptions.FirstOrDefault(subscription => subscription.Settings is var known && known.TopicArn == topicArn && known.Protocol == protocol && known.Endpoint == endpoint);
        if (existing is not null && !existing.Settings.Attributes.Given.SequenceEqual(attributes.Given))
            throw PublishForm.Invalid("Attributes Reason: Subscription already exists with different attributes");
        var subscription = existing ?? sns.Subscribe(new(topicArn, protocol, endpoint) { Attributes = attributes });
        return Answer.Of(Xml.Of("SubscriptionArn", subscription.IsConfirmed || call.Form.Flag("ReturnSubscriptionArn") is true ? subscription.OwnArn : "pending confirmation"));
    }

    private Answer Confirm(ApiCall call)
    {
        var topicArn = SnsApi.TopicArn(call.Form);
        call.Demand(topicArn);
        SnsApi.Topic(sns, topicArn);
        var subscription = sns.Confirm(topicArn, call.Form.Text("Token") ?? "") ?? throw PublishForm.Invalid("Token");
        return Answer.Of(Xml.Of("SubscriptionArn", subscription.OwnArn));
    }

    private Answer Unsubscribe(ApiCall call)
    {
        call.Demand("*");
        if (Arn(call.Form) is var arn && sns.Subscriptions.FirstOrDefault(subscription => subscription.OwnArn == arn) is { } found)
            sns.Replace(found, null);
        return Answer.Of();
    }

    private Answer List(ApiCall call)
    {
        call.Demand("*");
        return Page(call, sns.Subscriptions);
    }

    private Answer ListByTopic(ApiCall call)
    {
        var topicArn = SnsApi.TopicArn(call.Form);
        call.Demand(topicArn);
        SnsApi.Topic(sns, topicArn);
        return Page(call, sns.Subscriptions.Where(subscription => subscription.Settings.TopicArn == topicArn));
    }

    private static Answer Page(ApiCall call, IEnumerable<SnsSubscription> subscriptions)
    {
        var page = SnsApi.Paged(call, subscriptions);
        return Answer.Of(
            Xml.List("Subscriptions", "member", page.Items, subscription =>
            [
                Xml.Of("SubscriptionArn", subscription.Arn),
                Xml.Of("Owner", call.Cloud.Options.AccountId),
                Xml.Of("Protocol", subscription.Settings.Protocol),
                Xml.Of("Endpoint", subscription.Settings.Endpoint),
                Xml.Of("TopicArn", subscription.Settings.TopicArn),
            ]),
            Xml.Of("NextToken", page.Next));
    }

    private Answer GetAttributes(ApiCall call)
    {
        call.Demand("*");
        var subscription = Find(call);
        var settings = subscription.Settings;
        var attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("SubscriptionArn", subscription.OwnArn),
            KeyValuePair.Create("TopicArn", settings.TopicArn),
            KeyValuePair.Create("Protocol", settings.Protocol),
            KeyValuePair.Create("Endpoint", settings.Endpoint),
            KeyValuePair.Create("Owner", call.Cloud.Options.AccountId),
            KeyValuePair.Create("PendingConfirmation", subscription.IsConfirmed ? "false" : "true"),
            KeyValuePair.Create("ConfirmationWasAuthenticated", settings.Protocol is "sqs" or "lambda" ? "true" : "false"),
            KeyValuePair.Create("RawMessageDelivery", "false"),
        ]).SetItems(settings.Attributes.Given);
        return Answer.Of(SnsApi.Attributes(attributes));
    }

    private Answer SetAttributes(ApiCall call)
    {
        call.Demand("*");
        var subscription = Find(call);
        var name = call.Form.Text("AttributeName") ?? throw PublishForm.Invalid("AttributeName");
        var settings = subscription.Settings;
        var attributes = settings.Attributes.With(settings.Protocol, [KeyValuePair.Create(name, call.Form.Text("AttributeValue") ?? "")]);
        sns.Replace(subscription, subscription with { Settings = settings with { Attributes = attributes } });
        return Answer.Of();
    }

    private SnsSubscription Find(ApiCall call)
    {
        var arn = Arn(call.Form);
        return sns.Subscriptions.FirstOrDefault(subscription => subscription.OwnArn == arn)
            ?? throw new AwsErrorException("NotFound", "Subscription does not exist", System.Net.HttpStatusCode.NotFound);
    }

    private static string Arn(Form form) => form.Text("SubscriptionArn") is { } arn && arn.StartsWith("arn:", StringComparison.Ordinal)
        ? arn
        : throw PublishForm.Invalid($"SubscriptionArn Reason: An ARN must have at least 6 elements, not {form.Text("SubscriptionArn")?.Split(':').Length ?? 0}");
}
