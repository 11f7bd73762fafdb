using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.States.Running;

namespace LocalAws.StepFunctions;

/// <summary>
/// What the default event bus hears when an execution begins and ends: what <c>DescribeExecution</c> says, with times in milliseconds
/// (AWS Step Functions Developer Guide, "Automating Step Functions event delivery with EventBridge").
/// </summary>
internal static class StatusChange
{
    public const string Source = "aws.states";
    public const string Type = "Step Functions Execution Status Change";

    /// <summary>What input and output may have, escaped, before they are left out: first the input, then the output too.</summary>
    private const int Most = 248 * 1024;

    public static JsonObject Of(Execution execution)
    {
        var (input, output) = (Escaped(execution.InputText), Escaped(execution.Output));
        var (hasInput, hasOutput) = (input + output <= Most, output <= Most);
        var redrivable = execution.Status is ExecutionStatus.Failed or ExecutionStatus.TimedOut or ExecutionStatus.Aborted;
        return new()
        {
            ["executionArn"] = execution.Identity.Arn,
            ["stateMachineArn"] = execution.Identity.MachineArn,
            ["name"] = execution.Identity.Name,
            ["status"] = Descriptions.Word(execution.Status),
            ["startDate"] = execution.StartDate.ToUnixTimeMilliseconds(),
            ["stopDate"] = execution.StopDate?.ToUnixTimeMilliseconds(),
            ["input"] = hasInput ? execution.InputText : null,
            ["output"] = hasOutput ? execution.Output : null,
            ["stateMachineVersionArn"] = null,
            ["stateMachineAliasArn"] = null,
            ["redriveCount"] = 0,
            ["redriveDate"] = null,
            ["redriveStatus"] = redrivable ? "REDRIVABLE" : "NOT_REDRIVABLE",
            ["redriveStatusReason"] = redrivable ? null : $"Execution is {Descriptions.Word(execution.Status)} and cannot be redriven",
            ["inputDetails"] = new JsonObject { ["included"] = hasInput },
            ["outputDetails"] = execution.Output is null ? null : new JsonObject { ["included"] = hasOutput },
            ["error"] = execution.Error,
            ["cause"] = execution.Cause,
        };
    }

    private static int Escaped(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(JsonEncodedText.Encode(text).Value);
}
