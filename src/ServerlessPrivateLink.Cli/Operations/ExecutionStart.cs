using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary>An execution that a command follows.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="IsNew">Whether the command started it; else it ran already.</param>
internal sealed record FollowedExecution(string Arn, bool IsNew);

/// <summary>Starts executions, or finds the one that runs already for the same.</summary>
/// <param name="states">The person's client.</param>
/// <param name="machineArn">What is run.</param>
/// <param name="others">The machines that must not run for the same link meanwhile.</param>
/// <param name="clock">For names.</param>
internal sealed class ExecutionStart(IAmazonStepFunctions states, string machineArn, ImmutableArray<string> others, TimeProvider clock)
{
    /// <param name="link">The link's name.</param>
    /// <param name="input">A JSON object with the link's <c>name</c>.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="LinkBusyException">One with another input runs for the same link.</exception>
    public async Task<FollowedExecution> StartAsync(string link, string input, CancellationToken stop)
    {
        var wanted = JsonNode.Parse(input);
        foreach (var running in await RunningAsync(stop))
        {
            var other = Read((await states.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = running.ExecutionArn }, stop)).Input);
            if (running.StateMachineArn == machineArn && JsonNode.DeepEquals(other, wanted))
                return new(running.ExecutionArn, IsNew: false);
            if (other is JsonObject document && document["name"] is JsonValue name && name.TryGetValue<string>(out var text) && text == link)
                throw new LinkBusyException(link, running.ExecutionArn);
        }

        // A start whose answer got lost is repeated by the SDK, and gives the same execution: its name is the same.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input)))[..8];
        var begun = await states.StartExecutionAsync(
            new StartExecutionRequest { StateMachineArn = machineArn, Name = $"{link}-{hash}-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}", Input = input },
            stop);
        return new(begun.ExecutionArn, IsNew: true);
    }

    private async Task<ImmutableArray<ExecutionListItem>> RunningAsync(CancellationToken stop)
    {
        var all = ImmutableArray.CreateBuilder<ExecutionListItem>();
        foreach (var machine in others.Prepend(machineArn))
        {
            all.AddRange(await Pages.AllAsync(
                token => states.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = machine, StatusFilter = ExecutionStatus.RUNNING, NextToken = token }, stop),
                static page => page.Executions,
                static page => page.NextToken));
        }

        return all.ToImmutable();
    }

    private static JsonNode? Read(string? input)
    {
        try
        {
            return JsonNode.Parse(input ?? "null");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Two executions at once would undo each other's work.</summary>
public sealed class LinkBusyException(string link, string execution)
    : RefusedException(
        $"An execution for the link {link} is running that does something else: {execution}.",
        $"Wait until it has ended, or stop it (aws stepfunctions stop-execution --execution-arn {execution}), and run the command again.");
