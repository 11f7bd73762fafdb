using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.States.Definitions;

namespace LocalAws.States.Running;

/// <summary>How an execution stands, in the API's words.</summary>
public enum ExecutionStatus
{
    /// <summary>It has not ended.</summary>
    Running,

    /// <summary>It ended well.</summary>
    Succeeded,

    /// <summary>A state failed and nothing caught it.</summary>
    Failed,

    /// <summary>It took longer than the machine allows.</summary>
    TimedOut,

    /// <summary>It was stopped.</summary>
    Aborted,
}

/// <summary>What an execution is called and who runs it.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="MachineArn">The state machine's ARN.</param>
/// <param name="MachineName">The state machine's name.</param>
/// <param name="RoleArn">The role that it calls as.</param>
public sealed record ExecutionIdentity(string Arn, string Name, string MachineArn, string MachineName, string RoleArn);

/// <summary>One execution of a state machine.</summary>
public sealed class Execution
{
    private Action halt = () => { };
    private (ExecutionStatus Status, string? Error, string? Cause)? haltedAs;

    /// <summary>An execution that begins.</summary>
    /// <param name="identity">Its names.</param>
    /// <param name="definition">What it runs.</param>
    /// <param name="inputText">Its input as it was sent.</param>
    /// <param name="engine">What it runs on.</param>
    /// <exception cref="System.Text.Json.JsonException">The input is not JSON.</exception>
    public Execution(ExecutionIdentity identity, StateMachineDefinition definition, string inputText, Engine engine)
    {
        Identity = identity;
        Definition = definition;
        InputText = inputText;
        Input = Json.Read(inputText);
        Engine = engine;
        History = new(engine.Time);
        StartDate = engine.Time.GetUtcNow();
        Ended = RunAsync();
    }

    /// <summary>Its names.</summary>
    public ExecutionIdentity Identity { get; }

    /// <summary>Its input as it was sent.</summary>
    public string InputText { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartDate { get; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? StopDate { get; private set; }

    /// <summary>How it stands.</summary>
    public ExecutionStatus Status { get; private set; }

    /// <summary>Its output, when it ended well.</summary>
    public string? Output { get; private set; }

    /// <summary>The error name, when it did not.</summary>
    public string? Error { get; private set; }

    /// <summary>The error's description.</summary>
    public string? Cause { get; private set; }

    /// <summary>What happened.</summary>
    public History History { get; }

    /// <summary>Done when it has ended, whatever the end.</summary>
    public Task Ended { get; }

    internal StateMachineDefinition Definition { get; }

    internal JsonNode? Input { get; }

    internal Engine Engine { get; }

    /// <summary>Stops it; one that has ended stays as it is.</summary>
    public void Stop(string? error, string? cause) => Halt(ExecutionStatus.Aborted, error, cause);

    internal static JsonObject NotTruncated() => new() { ["truncated"] = false };

    private async Task RunAsync()
    {
        using var source = new CancellationTokenSource();
        halt = source.Cancel;
        History.Add(0, "ExecutionStarted", "executionStartedEventDetails", new JsonObject
        {
            ["input"] = InputText,
            ["inputDetails"] = NotTruncated(),
            ["roleArn"] = Identity.RoleArn,
        });
        var limit = Definition.Timeout < Engine.Longest ? Definition.Timeout.Value : Engine.Longest;
        var timer = Engine.Time.CreateTimer(_ => Halt(ExecutionStatus.TimedOut, null, null), null, limit, Timeout.InfiniteTimeSpan);
        await using var _ = timer.ConfigureAwait(false);
        var trail = new Trail();
        try
        {
            var run = new FlowRun(this, trail, ImmutableDictionary<string, JsonNode?>.Empty, null, source.Token);
            Succeed(trail, Json.Text(await run.RunAsync(Definition.Flow, Input).ConfigureAwait(false)));
        }
        catch (StateFailedException failure)
        {
            End(trail, ExecutionStatus.Failed, failure.Error.Length == 0 ? null : failure.Error, failure.Cause);
        }
        catch (OperationCanceledException) when (haltedAs is not null)
        {
            End(trail, haltedAs.Value.Status, haltedAs.Value.Error, haltedAs.Value.Cause);
        }
        catch (Exception unexpected)
        {
            // Nobody awaits an execution: what is wrong in here would otherwise look like one that never ends.
            End(trail, ExecutionStatus.Failed, StatesErrors.Runtime, unexpected.ToString());
        }
    }

    private void Halt(ExecutionStatus status, string? error, string? cause)
    {
        if (Status is not ExecutionStatus.Running || haltedAs is not null)
            return;
        haltedAs = (status, error, cause);
        halt();
    }

    private void Succeed(Trail trail, string output)
    {
        Output = output;
        Status = ExecutionStatus.Succeeded;
        StopDate = Engine.Time.GetUtcNow();
        trail.Last = History.Add(trail.Last, "ExecutionSucceeded", "executionSucceededEventDetails", new JsonObject { ["output"] = output, ["outputDetails"] = NotTruncated() });
        Engine.OnEnded?.Invoke(this);
    }

    private void End(Trail trail, ExecutionStatus status, string? error, string? cause)
    {
        (Status, Error, Cause, StopDate) = (status, error, cause, Engine.Time.GetUtcNow());
        var details = new JsonObject();
        if (error is not null)
            details["error"] = error;
        if (cause is not null)
            details["cause"] = cause;
        trail.Last = History.Add(trail.Last, $"Execution{status}", $"execution{status}EventDetails", details);
        Engine.OnEnded?.Invoke(this);
    }
}

/// <summary>How far one line of states has come in the history; branches begin where their Parallel or Map stands.</summary>
internal sealed class Trail
{
    public long Last { get; set; }
}
