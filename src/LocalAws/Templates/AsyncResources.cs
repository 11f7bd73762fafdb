using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Access;

namespace LocalAws.Templates;

/// <summary>
/// What a template says of asynchronous invocation, and the permissions that SAM gives the role for it
/// (AWS SAM Developer Guide, "EventInvokeConfiguration" and "DeadLetterQueue").
/// </summary>
internal static class AsyncResources
{
    private const string DeadLetters = "DeadLetterQueue";
    private const string Invoking = "EventInvokeConfig";

    private static readonly ImmutableDictionary<string, string> Actions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SQS"] = "sqs:SendMessage",
        ["SNS"] = "sns:Publish",
        ["Lambda"] = "lambda:InvokeFunction",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>An <c>AWS::Lambda::EventInvokeConfig</c>, as SAM makes it too.</summary>
    public static Made EventInvokeConfig(Deployment deployment, string id, Properties properties)
    {
        var function = LambdaPermissions.Function(deployment, properties);
        properties.Word("Qualifier", "$LATEST");
        deployment.Made.Functions[function.LogicalId] = function with { Async = Read(deployment, properties, function.Role) };
        return Made.Of(deployment.NewName(id, 100));
    }

    public static AsyncSettings? Of(Deployment deployment, Properties properties, RoleSettings role) =>
        properties.Group(Invoking) is { } config ? Read(deployment, config, role) : null;

    /// <summary>The ARN of a function's dead-letter queue or topic; null: none.</summary>
    public static string? DeadLetterArn(Deployment deployment, Properties properties, RoleSettings role)
    {
        if (properties.Group(DeadLetters) is not { } queue)
            return null;
        queue.Word("Type", "SQS", "SNS");
        return Target(deployment, role, queue, "TargetArn");
    }

    /// <summary>The policies that SAM adds to the role of a function.</summary>
    public static IEnumerable<Policy> PoliciesOf(Deployment deployment, string owner)
    {
        if (deployment.Early(owner, DeadLetters) is { } queue)
            yield return Allow($"{owner}DeadLetterQueue", queue["Type"], queue["TargetArn"]);
        var destinations = deployment.Early(owner, Invoking)?["DestinationConfig"] as JsonObject ?? [];
        foreach (var (name, destination) in destinations)
            yield return Allow($"{owner}{Invoking}{name}", destination?["Type"], destination?["Destination"]);
    }

    private static Policy Allow(string name, JsonNode? type, JsonNode? arn) =>
        new(name, [new("Statement0", false, Actions.TryGetValue(type?.ToString() ?? "", out var action) ? [action] : [], [arn?.ToString() ?? ""], [])]);

    private static AsyncSettings Read(Deployment deployment, Properties config, RoleSettings role)
    {
        var usual = AsyncSettings.Usual;
        var destinations = config.Group("DestinationConfig");
        return new(
            config.Number("MaximumRetryAttempts", 0, 2) ?? usual.MaximumRetryAttempts,
            config.Number("MaximumEventAgeInSeconds", 60, 21_600) is { } age ? TimeSpan.FromSeconds(age) : usual.MaximumEventAge,
            Destination(deployment, role, destinations?.Group("OnSuccess")),
            Destination(deployment, role, destinations?.Group("OnFailure")));
    }

    private static string? Destination(Deployment deployment, RoleSettings role, Properties? destination)
    {
        if (destination is null)
            return null;
        destination.Word("Type", [.. Actions.Keys.Order(StringComparer.Ordinal)]);
        return Target(deployment, role, destination, "Destination");
    }

    /// <summary>A target that the role may reach: AWS refuses a function whose role may not.</summary>
    private static string Target(Deployment deployment, RoleSettings role, Properties properties, string property)
    {
        var arn = properties.Text(property);
        var action = arn.Split(':') switch
        {
            ["arn", _, "sqs", _, _, _] => Actions["SQS"],
            ["arn", _, "sns", _, _, _] => Actions["SNS"],
            ["arn", _, "lambda", _, _, "function", ..] when property is not "TargetArn" => Actions["Lambda"],
            ["arn", _, "events", ..] => throw new TemplateException(properties.At(property), arn, "a queue, a topic or a function; event buses are not imitated as destinations"),
            _ => throw new TemplateException(properties.At(property), arn, "the ARN of a queue, a topic or, as a destination, a function"),
        };
        try
        {
            deployment.Cloud.Access.Demand(role.Caller, new(action, arn, role.Caller.Facts));
            return arn;
        }
        catch (AccessDeniedException denied)
        {
            throw new TemplateException(properties.At(property), denied.Message, $"a role that allows {action}");
        }
    }
}
