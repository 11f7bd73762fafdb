using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Running;

/// <summary>The events of one call: those of an optimized integration, or the older ones of a function's own ARN.</summary>
internal sealed class TaskEvents(Visit visit, string prefix, string detailsPrefix, Func<JsonObject> named)
{
    public static TaskEvents Of(Visit visit, TaskResource resource) => resource switch
    {
        TaskResource.Function => new(visit, "LambdaFunction", "lambdaFunction", () => []),
        _ => new(visit, "Task", "task", () => new() { ["resourceType"] = "lambda", ["resource"] = "invoke" }),
    };

    public void Scheduled(JsonNode? input, int? timeout, int? heartbeat)
    {
        var details = named();
        if (prefix == "Task")
        {
            details["region"] = visit.Engine.Region;
            details["parameters"] = Json.Text(input);
        }
        else
        {
            details["resource"] = ((TaskState)visit.State).Resource.Arn;
            details["input"] = Json.Text(input);
            details["inputDetails"] = Execution.NotTruncated();
        }

        if (timeout is { } seconds)
            details["timeoutInSeconds"] = seconds;
        if (heartbeat is { } beat)
            details["heartbeatInSeconds"] = beat;
        Log("Scheduled", details);
    }

    public void Started()
    {
        if (prefix == "Task")
            Log("Started", named());
        else
            visit.Log("LambdaFunctionStarted");
    }

    public void Succeeded(JsonNode? result)
    {
        var details = named();
        details["output"] = Json.Text(result);
        details["outputDetails"] = Execution.NotTruncated();
        Log("Succeeded", details);
    }

    public void Ended(string how, string error, string? cause)
    {
        var details = named();
        details["error"] = error;
        if (cause is not null)
            details["cause"] = cause;
        Log(how, details);
    }

    private void Log(string how, JsonObject details) => visit.Log(prefix + how, $"{detailsPrefix}{how}EventDetails", details);
}
