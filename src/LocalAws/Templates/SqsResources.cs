using LocalAws.Sqs;
using LocalAws.Wire;

namespace LocalAws.Templates;

internal static class SqsResources
{
    public static Made Queue(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("QueueName") ?? deployment.NewName(id, 80);
        properties.Word("FifoQueue", "false");
        properties.TagList("Tags");
        var attributes = new List<KeyValuePair<string, string>>();
        foreach (var attribute in QueueAttributes.Names.Where(attribute => attribute is not ("Policy" or "KmsMasterKeyId")))
        {
            if (Value(properties, attribute) is { } value)
                attributes.Add(new(attribute, value));
        }

        if (properties.OptionalText("KmsMasterKeyId") is { } key)
            attributes.Add(new("KmsMasterKeyId", key.StartsWith("alias/aws/", StringComparison.Ordinal) ? key : KmsResources.Find(deployment, properties, "KmsMasterKeyId")));
        var queue = new QueueSettings(id, name, SqsState.ArnOf(deployment.Cloud, name), SqsState.UrlOf(deployment.Cloud, name), Set(properties.Path, QueueAttributes.Default, attributes));
        deployment.Made.Queues[id] = queue;
        return Made.Of(queue.Address, ("Arn", queue.Arn), ("QueueName", name), ("QueueUrl", queue.Address));
    }

    public static Made QueuePolicy(Deployment deployment, string id, Properties properties)
    {
        PolicyDocuments.OfResource(id, properties, "PolicyDocument");
        var document = properties.Json("PolicyDocument")!.ToJsonString();
        foreach (var url in properties.Texts("Queues"))
        {
            var queue = deployment.Made.Queues.Values.FirstOrDefault(queue => queue.Address == url)
                ?? throw new TemplateException(properties.At("Queues"), url, "the URL of a queue of this template");
            deployment.Made.Queues[queue.LogicalId] = queue with { Attributes = Set(properties.At("PolicyDocument"), queue.Attributes, [new("Policy", document)]) };
        }

        return Made.Of(deployment.NewName(id, 128));
    }

    private static string? Value(Properties properties, string attribute) => attribute is "RedrivePolicy"
        ? properties.Json(attribute) is { } node ? node.ToJsonString() : null
        : properties.OptionalText(attribute);

    private static QueueAttributes Set(string path, QueueAttributes attributes, IEnumerable<KeyValuePair<string, string>> more)
    {
        try
        {
            return attributes.With(more);
        }
        catch (AwsErrorException error)
        {
            throw new TemplateException(path, error.Message, "what Amazon SQS allows");
        }
    }
}
