using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using LocalAws.Access;
using LocalAws.Templates;
using LocalAws.Wire;

namespace LocalAws.Sns;

/// <summary>Amazon SNS on the wire, API version 2010-03-31.</summary>
public sealed class SnsApi(SnsState sns) : ServiceApi
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public override string SigningName => "sns";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new QueryProtocol("http://sns.amazonaws.com/doc/2010-03-31/");

    /// <inheritdoc/>
    public override AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("AuthorizationError", denied.Message, HttpStatusCode.Forbidden);
    }

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("Throttled", "Rate exceeded", HttpStatusCode.TooManyRequests);

    /// <inheritdoc/>
    public override AwsErrorException Failed() => new("InternalError", "Request processing has failed because of an unknown error, exception or failure.", HttpStatusCode.InternalServerError);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        Operation.Writes("Publish", Publish),
        Operation.Reads("ListTopics", ListTopics),
        Operation.Reads("GetTopicAttributes", GetTopicAttributes),
        Operation.Reads("ListSubscriptionsByTopic", ListSubscriptions),
    ];

    private Answer Publish(ApiCall call)
    {
        var arn = call.Form.Text("TopicArn") ?? call.Form.Text("TargetArn") ?? throw PublishForm.Invalid("TopicArn or TargetArn Reason: no value for required parameter");
        var message = PublishForm.Read(call.Form);
        call.Demand(arn);
        var topic = Topic(arn);
        DemandKey(call, topic);
        var kept = sns.Keep(arn, call.Caller.Name, message.Subject, message.Text, message.Attributes);
        return Answer.Of(Xml.Of("MessageId", kept.MessageId));
    }

    /// <summary>Publishing to an encrypted topic uses its key in the publisher's name (Amazon SNS Developer Guide: "Key management").</summary>
    private static void DemandKey(ApiCall call, TopicSettings topic)
    {
        var keys = ConditionKeys.None
            .With("kms:ViaService", $"sns.{call.Cloud.Options.Region}.{call.Cloud.Options.DnsSuffix}")
            .With("kms:CallerAccount", call.Caller.AccountId)
            .With("kms:EncryptionContext:aws:sns:topicArn", topic.Arn);
        try
        {
            foreach (var action in SnsState.KeyActions(topic))
                call.DemandAction(action, topic.KmsKeyArn!, keys);
        }
        catch (AccessDeniedException denied)
        {
            throw new AwsErrorException("KMSAccessDenied", denied.Message);
        }
    }

    private Answer ListTopics(ApiCall call)
    {
        call.Demand("*");
        var page = Paged(call, sns.Topics);
        return Answer.Of(Xml.List("Topics", "member", page.Items, topic => [Xml.Of("TopicArn", topic.Arn)]), Xml.Of("NextToken", page.Next));
    }

    private Answer GetTopicAttributes(ApiCall call)
    {
        var arn = call.Form.Text("TopicArn") ?? throw PublishForm.Invalid("TopicArn Reason: no value for required parameter");
        call.Demand(arn);
        var topic = Topic(arn);
        var of = sns.Subscriptions.Where(subscription => subscription.Settings.TopicArn == arn).ToImmutableArray();
        var pending = of.Count(subscription => subscription.Arn == "PendingConfirmation");
        var attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("DisplayName", ""),
            KeyValuePair.Create("Owner", call.Cloud.Options.AccountId),
            KeyValuePair.Create("SubscriptionsConfirmed", Text(of.Length - pending)),
            KeyValuePair.Create("SubscriptionsDeleted", "0"),
            KeyValuePair.Create("SubscriptionsPending", Text(pending)),
            KeyValuePair.Create("TopicArn", arn),
        ]);
        if (topic.KmsKeyArn is { } key)
            attributes = attributes.Add("KmsMasterKeyId", key);
        return Answer.Of(Xml.List("Attributes", "entry", attributes, attribute => [Xml.Of("key", attribute.Key), Xml.Of("value", attribute.Value)]));
    }

    private Answer ListSubscriptions(ApiCall call)
    {
        var arn = call.Form.Text("TopicArn") ?? throw PublishForm.Invalid("TopicArn Reason: no value for required parameter");
        call.Demand(arn);
        Topic(arn);
        var page = Paged(call, sns.Subscriptions.Where(subscription => subscription.Settings.TopicArn == arn));
        return Answer.Of(
            Xml.List("Subscriptions", "member", page.Items, subscription =>
            [
                Xml.Of("SubscriptionArn", subscription.Arn),
                Xml.Of("Owner", call.Cloud.Options.AccountId),
                Xml.Of("Protocol", subscription.Settings.Protocol),
                Xml.Of("Endpoint", subscription.Settings.Endpoint),
                Xml.Of("TopicArn", arn),
            ]),
            Xml.Of("NextToken", page.Next));
    }

    private TopicSettings Topic(string arn) => arn.StartsWith("arn:", StringComparison.Ordinal)
        ? sns.Find(arn) ?? throw new AwsErrorException("NotFound", "Topic does not exist", HttpStatusCode.NotFound)
        : throw PublishForm.Invalid("TopicArn");

    private static Page<T> Paged<T>(ApiCall call, IEnumerable<T> all) =>
        Page.Of(all, PageSize, call.Form.Text("NextToken"), () => PublishForm.Invalid("NextToken"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
