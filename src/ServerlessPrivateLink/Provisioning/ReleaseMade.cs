using System.Collections.Immutable;
using System.Text.Json;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

/// <param name="Link">The link's name.</param>
/// <param name="MadeBy">The mark of what the failed execution made.</param>
public sealed record ReleaseMadeInput(string Link, string MadeBy);

/// <param name="Ended">Whether the release has ended, well or not.</param>
/// <param name="Status">How; empty: none was begun.</param>
/// <param name="Removed">What it removed.</param>
/// <param name="Kept">What there is of the link beside it.</param>
/// <param name="Cause">Why it did not end well.</param>
public sealed record ReleaseMadeOutput(bool Ended, string Status, ImmutableArray<string> Removed, ImmutableArray<string> Kept, string Cause);

/// <summary>The state machine that takes links down.</summary>
public sealed record ReleaseMachine(string Arn)
{
    public const string Variable = "RELEASE_ARN";
}

/// <summary>Has what a failed execution made taken away by the state machine that takes links down, and looks whether that has ended.</summary>
public sealed partial class ReleaseMade(IAmazonStepFunctions states, ReleaseMachine machine, TimeProvider clock, ILogger<ReleaseMade> log)
{
    [LambdaFunction]
    public async Task<ReleaseMadeOutput> Handle(ReleaseMadeInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        // Of one name there is one execution, however often this step runs.
        var name = $"{input.Link}-failed-{input.MadeBy}";
        if (await FindAsync(name, deadline.Token) is not { } release)
        {
            await BeginAsync(name, input, deadline.Token);
            return new(Ended: false, ExecutionStatus.RUNNING.Value, [], [], "");
        }

        return new(
            release.Status != ExecutionStatus.RUNNING,
            release.Status.Value,
            Listed(release.Output, "Removed"),
            Listed(release.Output, "Kept"),
            release.Cause ?? "");
    }

    private async Task<DescribeExecutionResponse?> FindAsync(string name, CancellationToken token)
    {
        try
        {
            return await states.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = ExecutionArn.Of(machine.Arn, name) }, token);
        }
        catch (ExecutionDoesNotExistException)
        {
            return null;
        }
    }

    private async Task BeginAsync(string name, ReleaseMadeInput input, CancellationToken token)
    {
        try
        {
            var request = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = input.Link, ["madeBy"] = input.MadeBy };
            await states.StartExecutionAsync(
                new StartExecutionRequest { StateMachineArn = machine.Arn, Name = name, Input = JsonSerializer.Serialize(request, Wire.Default.DictionaryStringString) },
                token);
            LogBegun(log, name);
        }
        catch (ExecutionAlreadyExistsException)
        {
            LogExists(log, name);
        }
    }

    private static ImmutableArray<string> Listed(string? output, string field)
    {
        if (output is null) return [];
        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.GetProperty(field).EnumerateArray().Select(static one => $"{one.GetProperty("Kind").GetString()} {one.GetProperty("Id").GetString()}")];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What this execution made is taken away by {Name}")]
    private static partial void LogBegun(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} has ended")]
    private static partial void LogExists(ILogger logger, string name);
}
