using System.Text.Json.Nodes;

namespace LocalAws.Templates;

/// <summary>
/// What invokes a function or starts a state machine, by its <c>Events</c>: SAM makes a subscription, a rule or a schedule of each, and
/// the permission that it needs (AWS SAM Developer Guide, "EventSource").
/// </summary>
internal static class FunctionEvents
{
    private delegate void Maker(Deployment deployment, string id, string name, Properties settings);

    public static void Make(Deployment deployment, string id, Properties properties) =>
        Make(deployment, id, properties, ("SNS", Topic), ("EventBridgeRule", EventResources.OfFunction), ("ScheduleV2", ScheduleResources.OfFunction));

    public static void MakeOfStateMachine(Deployment deployment, string id, Properties properties) =>
        Make(deployment, id, properties, ("EventBridgeRule", EventResources.OfStateMachine), ("ScheduleV2", ScheduleResources.OfStateMachine));

    private static void Make(Deployment deployment, string id, Properties properties, params (string Type, Maker Make)[] makers)
    {
        if (properties.Group("Events") is not { } events)
            return;
        foreach (var name in (properties.Json("Events") as JsonObject ?? []).Select(field => field.Key))
        {
            var one = events.Group(name) ?? throw new TemplateException(events.At(name), "nothing", "a mapping");
            var type = one.Word("Type", [.. makers.Select(maker => maker.Type)]);
            var settings = one.Group("Properties") ?? throw new TemplateException(one.At("Properties"), "nothing", "a mapping");
            makers.First(maker => maker.Type == type).Make(deployment, id, name, settings);
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
