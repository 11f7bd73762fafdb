using System.Text.Json.Nodes;
using LocalAws.States.Running;

namespace LocalAws.StepFunctions;

/// <summary>Machines, executions and events as the API shows them.</summary>
internal static class Descriptions
{
    private static readonly string[] DataFields = ["input", "output", "parameters", "inputDetails", "outputDetails"];

    public static decimal Seconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / 1000m;

    public static string Word(ExecutionStatus status) => status is ExecutionStatus.TimedOut ? "TIMED_OUT" : status.ToString().ToUpperInvariant();

    public static JsonObject Short(Execution execution)
    {
        var description = new JsonObject
        {
            ["executionArn"] = execution.Identity.Arn,
            ["stateMachineArn"] = execution.Identity.MachineArn,
            ["name"] = execution.Identity.Name,
            ["status"] = Word(execution.Status),
            ["startDate"] = Seconds(execution.StartDate),
            ["redriveCount"] = 0,
        };
        if (execution.StopDate is { } stopped)
            description["stopDate"] = Seconds(stopped);
        return description;
    }

    public static JsonObject Of(Execution execution)
    {
        var description = Short(execution);
        description["input"] = execution.InputText;
        description["inputDetails"] = new JsonObject { ["included"] = true };
        if (execution.Output is { } output)
        {
            description["output"] = output;
            description["outputDetails"] = new JsonObject { ["included"] = true };
        }

        if (execution.Error is { } error)
            description["error"] = error;
        if (execution.Cause is { } cause)
            description["cause"] = cause;
        var redrivable = execution.Status is ExecutionStatus.Failed or ExecutionStatus.TimedOut or ExecutionStatus.Aborted;
        description["redriveStatus"] = redrivable ? "REDRIVABLE" : "NOT_REDRIVABLE";
        if (!redrivable)
            description["redriveStatusReason"] = $"Execution is {Word(execution.Status)} and cannot be redriven";
        return description;
    }

    public static JsonObject Short(StateMachine machine) => new()
    {
        ["stateMachineArn"] = machine.Settings.Arn,
        ["name"] = machine.Settings.Name,
        ["type"] = machine.Settings.Express ? "EXPRESS" : "STANDARD",
        ["creationDate"] = Seconds(machine.CreationDate),
    };

    public static JsonObject Of(StateMachine machine)
    {
        var description = Short(machine);
        description["status"] = "ACTIVE";
        description["definition"] = machine.Settings.Definition;
        description["roleArn"] = machine.Settings.Role.Arn;
        description["tracingConfiguration"] = new JsonObject { ["enabled"] = machine.Settings.Tracing };
        var logging = machine.Settings.Logging;
        description["loggingConfiguration"] = new JsonObject { ["level"] = logging?.Level ?? "OFF", ["includeExecutionData"] = logging?.IncludeExecutionData ?? false };
        if (logging is not null)
        {
            description["loggingConfiguration"]!["destinations"] =
                new JsonArray(new JsonObject { ["cloudWatchLogsLogGroup"] = new JsonObject { ["logGroupArn"] = logging.LogGroupArn } });
        }

        return description;
    }

    public static JsonObject Of(HistoryEvent happened, bool withData)
    {
        var description = new JsonObject
        {
            ["timestamp"] = Seconds(happened.Timestamp),
            ["type"] = happened.Type,
            ["id"] = happened.Id,
            ["previousEventId"] = happened.PreviousId,
        };
        if (happened.DetailsName is not { } name)
            return description;
        var details = (JsonObject)happened.Details!.DeepClone();
        foreach (var field in DataFields.Where(_ => !withData))
            details.Remove(field);
        description[name] = details;
        return description;
    }
}
