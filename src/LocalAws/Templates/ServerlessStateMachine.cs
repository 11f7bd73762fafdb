using System.Collections.Immutable;
using LocalAws.Access;

namespace LocalAws.Templates;

internal static class ServerlessStateMachine
{
    public const string Type = "AWS::Serverless::StateMachine";
    public const string Principal = "states.amazonaws.com";

    public static Made Make(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("Name") ?? $"{id}-{deployment.Suffix(12)}";
        var arn = deployment.Cloud.Arn("states", $"stateMachine:{name}");
        var roleArn = properties.OptionalText("Role") ?? deployment.SamRole(id, properties.Path);
        var role = Roles.For(deployment, roleArn, Principal, id, id, properties.At("Role"));
        var logging = properties.Group("Logging") is { } group ? Logging(group) : null;
        if (logging is not null)
            ServiceUses.Demand(deployment, RoleDuty.StateMachineLogs, role, properties.At("Logging"));
        var machine = new StateMachineSettings(
            id,
            name,
            arn,
            Definition(deployment, properties),
            properties.Word("Type", "STANDARD", "EXPRESS") is "EXPRESS",
            role,
            logging,
            properties.Group("Tracing")?.Flag("Enabled") ?? false)
        {
            Tags = StackTags.Of(deployment, id, "stateMachine:createdBy", properties),
        };
        properties.Ignore("Policies");
        properties.Flag("PropagateTags");
        deployment.Made.StateMachines[id] = machine;
        FunctionEvents.MakeOfStateMachine(deployment, id, properties);
        deployment.Made.Roles[deployment.Made.Roles.First(known => known.Value.Arn == roleArn).Key] = role;
        return Made.Of(arn, ("Arn", arn), ("Name", name));
    }

    private static LoggingSettings Logging(Properties logging)
    {
        var level = logging.Word("Level", "OFF", "ALL", "ERROR", "FATAL");
        var includes = logging.Flag("IncludeExecutionData");
        var groups = logging.Groups("Destinations")
            .Select(destination => destination.Group("CloudWatchLogsLogGroup")?.Text("LogGroupArn") ?? throw new TemplateException(destination.Path, "nothing", "CloudWatchLogsLogGroup"))
            .ToImmutableArray();
        return groups is [var only] && only.EndsWith(":*", StringComparison.Ordinal)
            ? new(level, includes, only)
            : throw new TemplateException(logging.At("Destinations"), string.Join(", ", groups), "one log group, its ARN ending in :*");
    }

    private static string Definition(Deployment deployment, Properties properties)
    {
        var uri = properties.Text("DefinitionUri");
        var file = Path.Combine(deployment.Directory, uri);
        if (!File.Exists(file))
            throw new TemplateException(properties.At("DefinitionUri"), uri, $"a file below {deployment.Directory}");
        var values = properties.Map("DefinitionSubstitutions");
        var place = properties.At("DefinitionSubstitutions");
        var unused = values.Keys.ToHashSet(StringComparer.Ordinal);
        var text = Substitution.Replace(File.ReadAllText(file), uri, name =>
        {
            unused.Remove(name);
            return values.GetValueOrDefault(name) ?? throw new TemplateException(place, "nothing", $"a value for ${{{name}}} of {uri}");
        });
        return unused.Order(StringComparer.Ordinal).FirstOrDefault() is { } left
            ? throw new TemplateException($"{place}.{left}", "a value that the definition does not use", $"names that stand in {uri}")
            : text;
    }
}
