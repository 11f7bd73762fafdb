using System.Text.Json.Nodes;
using LocalAws.Sns;
using LocalAws.Wire;

namespace LocalAws.Templates;

internal static class SnsResources
{
    /// <summary>Its key admits all of the account through SNS, so nobody needs a permission for it.</summary>
    private const string ManagedKey = "alias/aws/sns";

    public static Made Topic(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("TopicName") ?? deployment.NewName(id, 256);
        var arn = deployment.Cloud.Arn("sns", name);
        var key = properties.OptionalText("KmsMasterKeyId") is null or ManagedKey ? null : KmsResources.Find(deployment, properties, "KmsMasterKeyId");
        properties.OptionalText("DisplayName");
        properties.Word("SignatureVersion", "1", "2");
        properties.Word("TracingConfig", "PassThrough", "Active");
        properties.TagList("Tags");
        deployment.Made.Add(new TopicSettings(id, name, arn, key, null));
        foreach (var subscription in properties.Groups("Subscription"))
            Subscribe(deployment, subscription, arn, subscription.Text("Protocol"), subscription.Text("Endpoint"));
        return Made.Of(arn, ("TopicArn", arn), ("TopicName", name));
    }

    public static Made TopicPolicy(Deployment deployment, string id, Properties properties)
    {
        var policy = PolicyDocuments.OfResource(id, properties, "PolicyDocument");
        foreach (var arn in properties.Texts("Topics"))
        {
            var topic = deployment.Made.Topics.Values.FirstOrDefault(topic => topic.Arn == arn)
                ?? throw new TemplateException(properties.At("Topics"), arn, "a topic of this template");
            deployment.Made.Add(topic with { Policy = policy });
        }

        return Made.Of(deployment.NewName(id, 128));
    }

    public static Made Subscription(Deployment deployment, string _, Properties properties)
    {
        properties.Word("Region", deployment.Cloud.Options.Region);
        var arn = Subscribe(deployment, properties, properties.Text("TopicArn"), properties.Text("Protocol"), properties.Text("Endpoint"));
        return Made.Of(arn, ("Arn", arn));
    }

    /// <summary>Subscribes with the attributes that the properties hold; the result is the subscription's ARN.</summary>
    public static string Subscribe(Deployment deployment, Properties properties, string topicArn, string protocol, string endpoint)
    {
        try
        {
            SubscriptionRules.Check(deployment.Cloud, protocol, endpoint);
            var given = SubscriptionAttributes.Names.Select(name => (Name: name, Value: properties.Json(name))).Where(attribute => attribute.Value is not null);
            var attributes = SubscriptionAttributes.None.With(protocol, given.Select(attribute =>
                KeyValuePair.Create(attribute.Name, attribute.Value is JsonObject document ? document.ToJsonString() : attribute.Value!.ToString())));
            var subscription = new SubscriptionSettings(topicArn, protocol, endpoint) { Attributes = attributes, Arn = $"{topicArn}:{deployment.Cloud.Chance.Uuid()}" };
            deployment.Made.Subscriptions.Add(subscription);
            return subscription.Arn;
        }
        catch (AwsErrorException error)
        {
            throw new TemplateException(properties.Path, error.Message, "what Amazon SNS allows");
        }
    }
}
