using System.Collections.Immutable;

namespace LocalAws.Templates;

internal static class LogResources
{
    /// <summary>Amazon CloudWatch Logs API Reference, PutRetentionPolicy.</summary>
    private static readonly ImmutableArray<int> Retentions =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    public static Made LogGroup(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("LogGroupName") ?? deployment.NewName(id, 512);
        var arn = deployment.Cloud.Arn("logs", $"log-group:{name}:*");
        var retention = properties.Number("RetentionInDays", 1, 3653);
        if (retention is { } days && !Retentions.Contains(days))
            throw new TemplateException(properties.At("RetentionInDays"), $"{days}", string.Join(", ", Retentions));
        properties.Word("LogGroupClass", "STANDARD", "INFREQUENT_ACCESS", "DELIVERY");
        properties.OptionalText("KmsKeyId");
        properties.TagList("Tags");
        deployment.Made.LogGroups[id] = new(id, name, arn, retention);
        return Made.Of(name, ("Arn", arn));
    }
}
