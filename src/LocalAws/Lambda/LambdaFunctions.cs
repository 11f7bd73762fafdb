using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using LocalAws.Access;
using LocalAws.Lambda.Processes;
using LocalAws.States;
using LocalAws.Templates;
using LocalAws.Wire;

namespace LocalAws.Lambda;

/// <summary>The Lambda functions of an account, and their execution environments.</summary>
public sealed class LambdaFunctions(Cloud cloud)
{
    /// <summary>The largest event for callers that do not wait (AWS Lambda Developer Guide, "Lambda quotas"; it was 256 KB until October 2025).</summary>
    private const int MostQueuedBytes = 1024 * 1024;

    private static readonly TimeSpan KeptIdle = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestOverhead = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestOverhead = TimeSpan.FromMilliseconds(12);

    private readonly Dictionary<string, FunctionSettings> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Stack<ExecutionEnvironment>> idle = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FunctionLogLine>> logs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> deployed = new(StringComparer.Ordinal);
    private readonly Concurrency concurrency = new();
    private LambdaApi? api;
    private AsyncInvocations? queued;

    /// <summary>The service on the wire.</summary>
    public LambdaApi Api => api ??= new(this);

    /// <summary>How functions are loaded.</summary>
    public FunctionLoader? Loader { get; set; }

    /// <summary>Runs functions in processes of their own; null: all run in this one.</summary>
    public FunctionProcesses? Processes { get; set; }

    /// <summary>All functions, by name.</summary>
    public ImmutableArray<FunctionSettings> All => [.. functions.Values.OrderBy(function => function.FunctionName, StringComparer.Ordinal)];

    /// <summary>Deploys a function; one of the same name is replaced, and its environments with it.</summary>
    public void Add(FunctionSettings function)
    {
        functions[function.FunctionName] = function;
        deployed[function.FunctionName] = cloud.Time.GetUtcNow();
        if (function.Policy is { } policy)
            cloud.Access.Attach(function.Arn, policy);
        if (idle.Remove(function.FunctionName, out var old))
        {
            foreach (var environment in old)
                environment.Discard();
        }
    }

    /// <summary>Deletes a function; what runs of it goes on.</summary>
    internal void Remove(FunctionSettings function)
    {
        functions.Remove(function.FunctionName);
        deployed.Remove(function.FunctionName);
        cloud.Access.Detach(function.Arn);
        if (idle.Remove(function.FunctionName, out var environments))
        {
            foreach (var environment in environments)
                environment.Discard();
        }
    }

    /// <summary>Finds a function by its name, its ARN, or the part of it that the API also takes; null: there is none.</summary>
    public FunctionSettings? Find(string nameOrArn)
    {
        var parts = nameOrArn.Split(':');
        var name = parts switch
        {
            ["arn", _, "lambda", var region, var account, "function", var named, ..] when region == cloud.Options.Region && account == cloud.Options.AccountId => named,
            ["arn", ..] => "",
            [_, "function", var named, ..] => named,
            _ => parts[0],
        };
        return functions.GetValueOrDefault(name);
    }

    /// <summary>What a function has logged.</summary>
    public ImmutableArray<FunctionLogLine> Logs(string functionName) => logs.TryGetValue(functionName, out var lines) ? [.. lines] : [];

    /// <summary>Invokes a function and waits for what comes of it.</summary>
    /// <exception cref="AwsErrorException">It was not invoked.</exception>
    public async Task<Invocation> InvokeAsync(FunctionSettings function, ReadOnlyMemory<byte> payload, string requestId)
    {
        payload = Check(payload, ExecutionEnvironment.MostBytes);
        Enter(function);
        var began = cloud.Time.GetUtcNow();
        try
        {
            await cloud.Time.Delay(cloud.Chance.Between(ShortestOverhead, LongestOverhead), CancellationToken.None).ConfigureAwait(false);
            var environment = Take(function);
            var invocation = await environment.InvokeAsync(payload, requestId).ConfigureAwait(false);
            if (environment.IsAlive)
                Idle(function).Push(environment);
            cloud.CloudWatch.Invoked(function.FunctionName, began, invocation);
            return invocation;
        }
        finally
        {
            concurrency.Leave(function);
        }
    }

    /// <summary>Invokes a function without waiting for it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="payload">The event.</param>
    /// <param name="requestId">The id of the invocation; null: a new one.</param>
    /// <exception cref="AwsErrorException">The event was not accepted.</exception>
    public void Queue(FunctionSettings function, ReadOnlyMemory<byte> payload, string? requestId = null)
    {
        payload = Check(payload, MostQueuedBytes);
        queued ??= new(cloud, this);
        _ = queued.RunAsync(new(function, payload, requestId ?? cloud.Chance.Uuid(), cloud.Time.GetUtcNow()));
    }

    /// <summary>When a function was deployed.</summary>
    internal DateTimeOffset DeployedAt(FunctionSettings function) => deployed[function.FunctionName];

    /// <summary>A role invokes a function without waiting for it, as the Lambda service does in another function's name.</summary>
    /// <exception cref="AccessDeniedException">The role may not.</exception>
    /// <exception cref="AwsErrorException">There is no such function.</exception>
    internal void QueueAs(Caller role, string functionArn, ReadOnlyMemory<byte> payload)
    {
        cloud.Access.Demand(role, new("lambda:InvokeFunction", functionArn, role.Facts));
        Queue(Find(functionArn) ?? throw NotFound(functionArn), payload);
    }

    /// <summary>An AWS service invokes a function without waiting for it: the function's policy decides alone.</summary>
    /// <exception cref="AccessDeniedException">It does not let the service.</exception>
    /// <exception cref="AwsErrorException">There is no such function.</exception>
    internal void QueueAs(string service, string sourceArn, string functionArn, ReadOnlyMemory<byte> payload)
    {
        var function = Find(functionArn) ?? throw NotFound(functionArn);
        cloud.Access.DemandOfService(service, new("lambda:InvokeFunction", function.Arn, ConditionKeys.None.With("aws:SourceArn", sourceArn).With("aws:SourceAccount", cloud.Options.AccountId)));
        Queue(function, payload);
    }

    internal static AwsErrorException NotFound(string arn) => new("ResourceNotFoundException", $"Function not found: {arn}", HttpStatusCode.NotFound);

    private static ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> payload, int most)
    {
        if (payload.Length > most)
        {
            throw new AwsErrorException(
                "RequestTooLargeException",
                $"Request must be smaller than {most} bytes for the InvokeFunction operation",
                HttpStatusCode.RequestEntityTooLarge);
        }

        if (payload.IsEmpty)
            return "{}"u8.ToArray();
        try
        {
            Json.Read(payload);
            return payload;
        }
        catch (JsonException e)
        {
            throw new AwsErrorException("InvalidRequestContentException", $"Could not parse request body into json: {e.Message}");
        }
    }

    private void Enter(FunctionSettings function)
    {
        try
        {
            concurrency.Enter(function, functions.Values.Sum(other => other.ReservedConcurrency ?? 0));
        }
        catch (AwsErrorException)
        {
            cloud.CloudWatch.Throttled(function.FunctionName);
            throw;
        }
    }

    private ExecutionEnvironment Take(FunctionSettings function)
    {
        var waiting = Idle(function);
        while (waiting.TryPop(out var environment))
        {
            if (environment.IsAlive && cloud.Time.GetUtcNow() - environment.LastUsed <= KeptIdle)
                return environment;
            environment.Discard();
        }

        return new(cloud, function, line => Log(function.FunctionName, line));
    }

    private Stack<ExecutionEnvironment> Idle(FunctionSettings function)
    {
        if (!idle.TryGetValue(function.FunctionName, out var waiting))
            idle[function.FunctionName] = waiting = new();
        return waiting;
    }

    private void Log(string functionName, FunctionLogLine line)
    {
        if (!logs.TryGetValue(functionName, out var lines))
            logs[functionName] = lines = [];
        lines.Add(line);
        cloud.CloudWatch.Read(line);
    }
}
