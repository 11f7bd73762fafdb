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
            deployment.Made.Subscriptions.Add(new(arn, subscription.Text("Protocol"), subscription.Text("Endpoint")));
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
        var subscription = new SubscriptionSettings(properties.Text("TopicArn"), properties.Text("Protocol"), properties.Text("Endpoint"));
        deployment.Made.Subscriptions.Add(subscription);
        return Made.Of($"{subscription.TopicArn}:{deployment.Cloud.Chance.Uuid()}");
    }
}
