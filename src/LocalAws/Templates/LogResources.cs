namespace LocalAws.Templates;

internal static class LogResources
{
    public static Made LogGroup(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("LogGroupName") ?? deployment.NewName(id, 512);
        var arn = deployment.Cloud.Arn("logs", $"log-group:{name}:*");
        var retention = properties.Number("RetentionInDays", 1, 3653);
        properties.Word("LogGroupClass", "STANDARD", "INFREQUENT_ACCESS", "DELIVERY");
        properties.OptionalText("KmsKeyId");
        properties.TagList("Tags");
        deployment.Made.LogGroups[id] = new(id, name, arn, retention);
        return Made.Of(name, ("Arn", arn));
    }
}
