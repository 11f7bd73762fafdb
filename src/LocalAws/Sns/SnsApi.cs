using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Xml.Linq;
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
        Operation.Writes("PublishBatch", PublishBatch),
        Operation.Reads("ListTopics", ListTopics),
        Operation.Reads("GetTopicAttributes", GetTopicAttributes),
        .. new SubscriptionCalls(sns).Operations,
    ];

    private Answer Publish(ApiCall call)
    {
        var arn = call.Form.Text("TopicArn") ?? call.Form.Text("TargetArn") ?? throw PublishForm.Invalid("TopicArn or TargetArn Reason: no value for required parameter");
        var message = PublishForm.Read(call.Form);
        call.Demand(arn);
        DemandKey(call, Topic(sns, arn));
        return Answer.Of(Xml.Of("MessageId", sns.Keep(arn, call.Caller.Name, message).MessageId));
    }

    /// <summary>Up to ten messages at once; the permission is that of the single call.</summary>
    private Answer PublishBatch(ApiCall call)
    {
        var arn = TopicArn(call.Form);
        call.DemandAction("sns:Publish", arn);
        DemandKey(call, Topic(sns, arn));
        var outcomes = PublishForm.Entries(call.Form).Select(entry => Outcome(call, arn, entry)).ToImmutableArray();
        return Answer.Of(
            Xml.List("Successful", "member", outcomes.Where(outcome => outcome.Error is null), outcome => [Xml.Of("Id", outcome.Id), Xml.Of("MessageId", outcome.MessageId)]),
            Xml.List("Failed", "member", outcomes.Where(outcome => outcome.Error is not null), outcome =>
                [Xml.Of("Id", outcome.Id), Xml.Of("Code", outcome.Error!.Code), Xml.Of("Message", outcome.Error.Message), Xml.Of("SenderFault", true)]));
    }

    private (string? Id, string? MessageId, AwsErrorException? Error) Outcome(ApiCall call, string topicArn, Form entry)
    {
        try
        {
            return (entry.Text("Id"), sns.Keep(topicArn, call.Caller.Name, PublishForm.Read(entry)).MessageId, null);
        }
        catch (AwsErrorException error)
        {
            return (entry.Text("Id"), null, error);
        }
    }

    /// <summary>Publishing to an encrypted topic uses its key in the publisher's name.</summary>
    private void DemandKey(ApiCall call, TopicSettings topic)
    {
        var keys = sns.KeyFacts(call.Caller, topic);
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
        var arn = TopicArn(call.Form);
        call.Demand(arn);
        var topic = Topic(sns, arn);
        var of = sns.Subscriptions.Where(subscription => subscription.Settings.TopicArn == arn).ToImmutableArray();
        var pending = of.Count(subscription => !subscription.IsConfirmed);
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
        return Answer.Of(Attributes(attributes));
    }

    internal static XElement Attributes(ImmutableSortedDictionary<string, string> attributes) =>
        Xml.List("Attributes", "entry", attributes, attribute => [Xml.Of("key", attribute.Key), Xml.Of("value", attribute.Value)]);

    internal static string TopicArn(Form form) => form.Text("TopicArn") ?? throw PublishForm.Invalid("TopicArn Reason: no value for required parameter");

    internal static TopicSettings Topic(SnsState sns, string arn) => arn.StartsWith("arn:", StringComparison.Ordinal)
        ? sns.Find(arn) ?? throw new AwsErrorException("NotFound", "Topic does not exist", HttpStatusCode.NotFound)
        : throw PublishForm.Invalid("TopicArn");

    internal static Page<T> Paged<T>(ApiCall call, IEnumerable<T> all) =>
        Page.Of(all, PageSize, call.Form.Text("NextToken"), () => PublishForm.Invalid("NextToken"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
