using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>
/// What invokes a function, by its <c>Events</c>: SAM makes a subscription and a permission of an <c>SNS</c> event
/// (AWS SAM Developer Guide, "SNS").
/// </summary>
internal static class FunctionEvents
{
    public static void Make(Deployment deployment, string id, Properties properties)
    {
        if (properties.Group("Events") is not { } events)
            return;
        foreach (var name in (properties.Json("Events") as JsonObject ?? []).Select(field => field.Key))
        {
            var one = events.Group(name) ?? throw new TemplateException(events.At(name), "nothing", "a mapping");
            one.Word("Type", "SNS");
            var settings = one.Group("Properties") ?? throw new TemplateException(one.At("Properties"), "nothing", "a mapping");
            Topic(deployment, id, name, settings);
        }
    }

    private static void Topic(Deployment deployment, string id, string name, Properties settings)
    {
        const string Service = "sns.amazonaws.com";
        settings.Word("Region", deployment.Cloud.Options.Region);
        var function = deployment.Made.Functions[id];
        var topic = settings.Text("Topic");
        SnsResources.Subscribe(deployment, settings, topic, "lambda", function.Arn);
        LambdaPermissions.Allow(deployment, $"{id}{name}Permission", "lambda:InvokeFunction", function, Service, topic, null);
    }
}
