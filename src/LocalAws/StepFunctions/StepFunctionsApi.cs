using System.Text.Json.Nodes;
using LocalAws.Access;
using LocalAws.Wire;

namespace LocalAws.StepFunctions;

/// <summary>Step Functions on the wire.</summary>
public sealed class StepFunctionsApi(StateMachines machines) : ServiceApi
{
    /// <inheritdoc/>
    public override string SigningName => "states";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new JsonProtocol("AWSStepFunctions", "1.0");

    /// <inheritdoc/>
    public override AwsErrorException Denied(AccessDeniedException denied)
    {
        ArgumentNullException.ThrowIfNull(denied);
        return new("AccessDeniedException", denied.Message);
    }

    /// <inheritdoc/>
    public override AwsErrorException Throttled() => new("ThrottlingException", "Rate exceeded");

    /// <inheritdoc/>
    public override AwsErrorException Unknown(string operation) =>
        new("UnknownOperationException", $"There is no operation {operation}. Known here: {string.Join(", ", Operations.Keys.Order(StringComparer.Ordinal))}.");

    /// <inheritdoc/>
    public override AwsErrorException UnknownKey() => new("UnrecognizedClientException", "The security token included in the request is invalid.");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        Operation.Writes("StartExecution", StartExecution),
        Operation.Writes("StopExecution", StopExecution),
        Operation.Reads("DescribeExecution", DescribeExecution),
        Operation.Reads("GetExecutionHistory", GetExecutionHistory),
        Operation.Reads("ListExecutions", ListExecutions),
        Operation.Reads("ListStateMachines", ListStateMachines),
        Operation.Reads("DescribeStateMachine", DescribeStateMachine),
    ];

    private Answer StartExecution(ApiCall call)
    {
        var request = new Parameters(call.Body);
        var arn = request.Required("stateMachineArn");
        call.Demand(arn);
        var input = request.Text("input", most: 262_144) ?? "{}";
        var execution = machines.Start(machines.Machine(arn), request.Text("name"), input);
        return Answer.Of(new JsonObject
        {
            ["executionArn"] = execution.Identity.Arn,
            ["startDate"] = Descriptions.Seconds(execution.StartDate),
        });
    }

    private Answer StopExecution(ApiCall call)
    {
        var request = new Parameters(call.Body);
        var arn = request.Required("executionArn");
        call.Demand(arn);
        var execution = machines.Execution(arn);
        execution.Stop(request.Text("error", most: 256), request.Text("cause", most: 32_768));
        return Answer.Of(new JsonObject { ["stopDate"] = Descriptions.Seconds(execution.StopDate ?? call.Cloud.Time.GetUtcNow()) });
    }

    private Answer DescribeExecution(ApiCall call)
    {
        var arn = new Parameters(call.Body).Required("executionArn");
        call.Demand(arn);
        return Answer.Of(Descriptions.Of(machines.Execution(arn)));
    }

    private Answer GetExecutionHistory(ApiCall call)
    {
        var request = new Parameters(call.Body);
        var arn = request.Required("executionArn");
        call.Demand(arn);
        var events = machines.Execution(arn).History.Events;
        if (request.Flag("reverseOrder") ?? false)
            events = [.. events.Reverse()];
        var withData = request.Flag("includeExecutionData") ?? true;
        return request.Page("events", events, happened => Descriptions.Of(happened, withData));
    }

    private Answer ListExecutions(ApiCall call)
    {
        var request = new Parameters(call.Body);
        var arn = request.Required("stateMachineArn");
        call.Demand(arn);
        if (machines.Machine(arn).Settings.Express)
            throw new AwsErrorException("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
        var status = request.Text("statusFilter");
        var executions = machines.Executions(arn).Where(execution => status is null || Descriptions.Word(execution.Status) == status);
        return request.Page("executions", [.. executions], Descriptions.Short);
    }

    private Answer ListStateMachines(ApiCall call)
    {
        call.Demand("*");
        return new Parameters(call.Body).Page("stateMachines", machines.All, Descriptions.Short);
    }

    private Answer DescribeStateMachine(ApiCall call)
    {
        var arn = new Parameters(call.Body).Required("stateMachineArn");
        call.Demand(arn);
        return Answer.Of(Descriptions.Of(machines.Machine(arn)));
    }
}
