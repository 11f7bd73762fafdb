using LocalAws.Access;
using LocalAws.Piping;

namespace LocalAws.Templates;

/// <summary>Pipes from a queue to the default event bus (AWS CloudFormation Template Reference, "AWS::Pipes::Pipe").</summary>
internal static class PipeResources
{
    private const string Service = "pipes.amazonaws.com";

    /// <summary>How many messages a batch for an event bus may have ("Amazon EventBridge Pipes batching and concurrency").</summary>
    private const int LargestBatch = 10;

    private const int LongestWindow = 300;
    private const int MostResources = 10;

    public static Made Pipe(Deployment deployment, string id, Properties properties)
    {
        properties.OptionalText("Description");
        properties.Map("Tags");
        Logging(properties.Group("LogConfiguration"));
        var name = properties.OptionalText("Name") ?? deployment.NewName(id, 64);
        var arn = deployment.Cloud.Arn("pipes", $"pipe/{name}");
        var role = Roles.For(deployment, properties.Text("RoleArn"), Service, id, id, properties.At("RoleArn")).Caller;
        var source = Source(deployment, properties, role);
        var target = properties.Text("Target");
        if (target != deployment.Cloud.Arn("events", "event-bus/default"))
            throw new TemplateException(properties.At("Target"), target, "the ARN of the default event bus; other targets are not imitated here");
        var queue = properties.Group("SourceParameters")?.Group("SqsQueueParameters");
        deployment.Made.Pipes.Add(new(
            id,
            name,
            arn,
            role,
            source,
            target,
            queue?.Number("BatchSize", 1, LargestBatch) ?? LargestBatch,
            TimeSpan.FromSeconds(queue?.Number("MaximumBatchingWindowInSeconds", 0, LongestWindow) ?? 0),
            Target(properties.Group("TargetParameters")),
            properties.Word("DesiredState", "RUNNING", "STOPPED") is "RUNNING"));
        return Made.Of(name, ("Arn", arn));
    }

    /// <summary>AWS refuses a pipe whose role may not read the queue (Amazon EventBridge User Guide, "Event source permissions for Amazon EventBridge Pipes").</summary>
    private static string Source(Deployment deployment, Properties properties, Caller role)
    {
        var arn = properties.Text("Source");
        if (deployment.Made.Queues.Values.All(queue => queue.Arn != arn))
            throw new TemplateException(properties.At("Source"), arn, "the ARN of a queue of this template; other sources are not imitated here");
        foreach (var action in new[] { "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes" })
        {
            try
            {
                deployment.Cloud.Access.Demand(role, new(action, arn, role.Facts));
            }
            catch (AccessDeniedException denied)
            {
                throw new TemplateException(properties.At("RoleArn"), denied.Message, $"a role that allows {action} on the source");
            }
        }

        return arn;
    }

    private static PipeTarget Target(Properties? parameters)
    {
        var bus = parameters?.Group("EventBridgeEventBusParameters");
        var resources = bus?.Texts("Resources") ?? [];
        if (resources.Length > MostResources)
            throw new TemplateException(bus!.At("Resources"), $"{resources.Length} ARNs", $"{MostResources} at most");
        if (bus?.OptionalText("Time") is { } time && !PipePath.IsPath(time))
            throw new TemplateException(bus.At("Time"), time, "a path, such as $.body.time");
        if (bus?.OptionalText("Source") is { } source && source.StartsWith("aws.", StringComparison.Ordinal))
            throw new TemplateException(bus.At("Source"), source, "a source of one's own: aws. is AWS's");
        return new(bus?.OptionalText("Source"), bus?.OptionalText("DetailType"), resources, bus?.OptionalText("Time"), Template(parameters));
    }

    private static string? Template(Properties? parameters)
    {
        if (parameters?.OptionalText("InputTemplate") is not { Length: > 0 } template)
            return null;
        if (template.Length > PipeTemplate.Longest)
            throw new TemplateException(parameters.At("InputTemplate"), $"{template.Length} letters", $"{PipeTemplate.Longest} at most");
        return PipeTemplate.Unknown(template) is { } unknown
            ? throw new TemplateException(parameters.At("InputTemplate"), $"<{unknown}>", string.Join(", ", PipeTemplate.Reserved.Select(name => $"<{name}>").Append("<$.path>")))
            : template;
    }

    private static void Logging(Properties? log)
    {
        log?.Word("Level", "OFF", "ERROR", "INFO", "TRACE");
        log?.Texts("IncludeExecutionData");
        log?.Group("CloudwatchLogsLogDestination")?.Text("LogGroupArn");
    }
}
