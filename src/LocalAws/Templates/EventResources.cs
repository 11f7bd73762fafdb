using System.Collections.Immutable;
using LocalAws.Access;
using LocalAws.Events;
using LocalAws.Wire;

namespace LocalAws.Templates;

/// <summary>Rules of the default event bus, as they stand in a template and as SAM makes them (AWS SAM Developer Guide, "EventBridgeRule").</summary>
internal static class EventResources
{
    private const string Service = "events.amazonaws.com";

    public static Made Rule(Deployment deployment, string id, Properties properties)
    {
        properties.OptionalText("Description");
        var name = Name(deployment, id, properties, "Name");
        var targets = properties.Groups("Targets").Select(target =>
        {
            var role = target.OptionalText("RoleArn") is { } arn ? Roles.For(deployment, arn, Service, id, id, target.At("RoleArn")).Caller : null;
            return Target(target, target.Text("Id"), target.Text("Arn"), role);
        });
        var rule = Add(deployment, name, properties, "EventPattern", [.. targets]);
        return Made.Of(name, ("Arn", rule.Arn));
    }

    public static void OfFunction(Deployment deployment, string id, string name, Properties settings)
    {
        var function = deployment.Made.Functions[id];
        var rule = OfSam(deployment, id, name, settings, function.Arn, null);
        LambdaPermissions.Allow(deployment, $"{id}{name}Permission", "lambda:InvokeFunction", function, Service, rule.Arn, null);
    }

    public static void OfStateMachine(Deployment deployment, string id, string name, Properties settings)
    {
        var arn = deployment.Made.StateMachines[id].Arn;
        var role = settings.OptionalText("RoleArn") is { } given
            ? Roles.For(deployment, given, Service, id, id, settings.At("RoleArn"))
            : Roles.Add(deployment, $"{id}{name}Role", deployment.NewName($"{id}{name}Role", 64), [Starts(id, name, arn)], [Service]);
        OfSam(deployment, id, name, settings, arn, role.Caller);
    }

    public static Policy Starts(string id, string name, string machineArn) => new($"{id}{name}StartExecutionPolicy", [new("Statement0", false, ["states:StartExecution"], [machineArn], [])]);

    public static RetrySettings Retry(Properties properties)
    {
        var (usual, given) = (RetrySettings.Usual, properties.Group("RetryPolicy"));
        return new(
            given?.Number("MaximumRetryAttempts", 0, 185) ?? usual.MaximumAttempts,
            given?.Number("MaximumEventAgeInSeconds", 60, 86_400) is { } age ? TimeSpan.FromSeconds(age) : usual.MaximumAge);
    }

    private static RuleSettings OfSam(Deployment deployment, string id, string name, Properties settings, string targetArn, Caller? role)
    {
        var target = Target(settings, settings.Group("Target")?.Text("Id") ?? $"{id}{name}Target", targetArn, role);
        return Add(deployment, Name(deployment, id + name, settings, "RuleName"), settings, "Pattern", [target]);
    }

    private static string Name(Deployment deployment, string id, Properties properties, string property) => properties.OptionalText(property) ?? deployment.NewName(id, 64);

    private static RuleSettings Add(Deployment deployment, string name, Properties properties, string pattern, ImmutableArray<RuleTarget> targets)
    {
        properties.Word("EventBusName", "default");
        var text = properties.Json(pattern)?.ToJsonString() ?? throw new TemplateException(properties.At(pattern), "nothing", "an event pattern");
        try
        {
            var rule = new RuleSettings(name, deployment.Cloud.Arn("events", $"rule/{name}"), text, properties.Word("State", "ENABLED", "DISABLED") is "ENABLED", targets);
            deployment.Made.Rules.Add(rule);
            return rule;
        }
        catch (AwsErrorException error)
        {
            throw new TemplateException(properties.At(pattern), error.Message, "an event pattern");
        }
    }

    private static RuleTarget Target(Properties properties, string id, string arn, Caller? role) =>
        new(id, arn, role, Input(properties), Retry(properties), properties.Group("DeadLetterConfig")?.Text("Arn"));

    private static TargetInput Input(Properties properties)
    {
        var transformer = properties.Group("InputTransformer");
        return new(properties.OptionalText("Input"), properties.OptionalText("InputPath"), transformer?.Map("InputPathsMap") ?? TargetInput.Whole.Paths, transformer?.Text("InputTemplate"));
    }
}
