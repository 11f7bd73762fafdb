using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Deploying;

/// <summary>The two state machines that stacks start, and their executions.</summary>
public sealed class LinkMachines(IAmazonStepFunctions states, MachineArns arns)
{
    /// <exception cref="ExecutionAlreadyExistsException">It ran, and has ended.</exception>
    public Task StartAsync(PendingRequest request, string input, CancellationToken token) =>
        states.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = arns.Of(request.Machine), Name = request.Name, Input = input }, token);

    public async Task<ExecutionLook> LookAsync(PendingRequest request, CancellationToken token)
    {
        try
        {
            var found = await states.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arns.ExecutionOf(request) }, token);
            return new(found.Status.Value, found.Output ?? "", found.Cause ?? "");
        }
        catch (ExecutionDoesNotExistException)
        {
            return ExecutionLook.Missing;
        }
    }

    /// <summary>Stops what builds, or waits for consumers; what takes down is left to end.</summary>
    public async Task StopAsync(PendingRequest request, string why, CancellationToken token)
    {
        if (request.Machine is not Machine.Provision || !(await LookAsync(request, token)).IsRunning) return;
        await states.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = arns.ExecutionOf(request), Cause = why }, token);
    }
}

/// <summary>Where the state machines are.</summary>
public sealed record MachineArns(string Provision, string Release)
{
    public const string ProvisionVariable = "PROVISION_ARN";

    public string Of(Machine machine) => machine is Machine.Provision ? Provision : Release;

    public string ExecutionOf(PendingRequest request) => ExecutionArn.Of(Of(request.Machine), request.Name);
}
