using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Lambda.Core;
using LocalAws.Access;
using LocalAws.Lambda.Processes;
using LocalAws.Templates;

namespace LocalAws.Lambda;

/// <summary>
/// One execution environment of a function: its code is loaded once, it serves one invocation at a time, and it is gone for good
/// after a time-out or a crash. Whatever its code still does then has no credentials any more.
/// </summary>
internal sealed class ExecutionEnvironment
{
    public const int MostBytes = 6 * 1024 * 1024;

    private static readonly TimeSpan ShortestInit = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestInit = TimeSpan.FromMilliseconds(600);

    private readonly Cloud cloud;
    private readonly FunctionSettings function;
    private readonly IssuedKey key;
    private readonly string logStream;
    private readonly FunctionCode code;
    private TaskCompletionSource<JsonObject>? killed;
    private bool isLoaded;
    private bool isDiscarded;

    public ExecutionEnvironment(Cloud cloud, FunctionSettings function, Action<FunctionLogLine> log)
    {
        (this.cloud, this.function) = (cloud, function);
        logStream = $"{cloud.Time.GetUtcNow().UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)}/[$LATEST]{cloud.Chance.Hex(32)}";
        var caller = function.Role.Caller;
        key = cloud.Access.Issue(
            caller with
            {
                Name = function.LogicalId,
                Facts = caller.Facts.With("lambda:SourceFunctionArn", function.Arn),
                Die = () => Kill(id => FunctionErrors.Exited(id, FunctionErrors.Aborted)),
                Wait = () => code!.Wait(),
            },
            temporary: true);
        code = cloud.Lambda.Processes is { } processes && processes.CommandFor(function) is { } command
            ? new ProcessCode(processes, command, function, Variables(), log)
            : new LoadedCode(cloud, function, logStream, Surroundings(log), log);
    }

    /// <summary>Whether it can serve again.</summary>
    public bool IsAlive => !isDiscarded && code.IsAlive;

    public DateTimeOffset LastUsed { get; private set; }

    private string RequestId { get; set; } = "";

    public async Task<Invocation> InvokeAsync(ReadOnlyMemory<byte> payload, string requestId)
    {
        RequestId = requestId;
        killed = new();
        var invocation = await InvokeAsync(payload).ConfigureAwait(false);
        LastUsed = cloud.Time.GetUtcNow();
        killed = null;
        return invocation;
    }

    /// <summary>Throws it away.</summary>
    public void Discard()
    {
        isDiscarded = true;
        cloud.Access.Revoke(key);
        code.End();
    }

    private async Task<Invocation> InvokeAsync(ReadOnlyMemory<byte> payload)
    {
        if (!isLoaded && await LoadAsync().ConfigureAwait(false) is { } failure)
        {
            Discard();
            return Ended(failure);
        }

        var timer = cloud.Time.CreateTimer(_ => Kill(id => FunctionErrors.TimedOut(id, function.Timeout)), null, function.Timeout, Timeout.InfiniteTimeSpan);
        await using var _ = timer.ConfigureAwait(false);
        var running = code.InvokeAsync(RequestId, payload, TraceId());
        await Task.WhenAny(killed!.Task, running).ConfigureAwait(false);
        return Ended(killed.Task.IsCompleted ? FunctionOutcome.Error(await killed.Task.ConfigureAwait(false)) : await running.ConfigureAwait(false));
    }

    private FunctionSurroundings Surroundings(Action<FunctionLogLine> log) => new(Variables(), key, cloud.Time, cloud.Dns.ResolveAsync, cloud.Traffic.From(function.Vpc), cloud.Door)
    {
        StandardOutput = new OutputLines(line => log(new(cloud.Time.GetUtcNow(), RequestId, nameof(LogLevel.Information), line))),
    };

    private async Task<FunctionOutcome?> LoadAsync()
    {
        await cloud.Time.Delay(cloud.Chance.Between(ShortestInit, LongestInit), CancellationToken.None).ConfigureAwait(false);
        var failure = await code.LoadAsync(RequestId).ConfigureAwait(false);
        isLoaded = failure is null;
        return failure;
    }

    private Invocation Ended(FunctionOutcome outcome) => new(RequestId, outcome.Payload, outcome.Failed ? "Unhandled" : null);

    private void Kill(Func<string, JsonObject> error)
    {
        if (killed is not { Task.IsCompleted: false } running)
            return;
        isDiscarded = true;
        running.SetResult(error(RequestId));
        Discard();
    }

    private string TraceId() => $"Root=1-{cloud.Time.GetUtcNow().ToUnixTimeSeconds():x8}-{cloud.Chance.Hex(24)};Parent={cloud.Chance.Hex(16)};Sampled=0";

    /// <summary>docs.aws.amazon.com: "Working with Lambda environment variables", defined runtime environment variables.</summary>
    private ImmutableDictionary<string, string> Variables() => function.Environment.SetItems(LogVariables()).SetItems(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["_HANDLER"] = function.Handler,
        ["AWS_REGION"] = cloud.Options.Region,
        ["AWS_DEFAULT_REGION"] = cloud.Options.Region,
        ["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{function.Runtime}",
        ["AWS_LAMBDA_FUNCTION_NAME"] = function.FunctionName,
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemoryMb.ToString(CultureInfo.InvariantCulture),
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{function.FunctionName}",
        ["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream,
        ["AWS_ACCESS_KEY_ID"] = key.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = key.SecretAccessKey,
        ["AWS_SESSION_TOKEN"] = key.SessionToken ?? "",
        ["LAMBDA_TASK_ROOT"] = "/var/task",
        ["LAMBDA_RUNTIME_DIR"] = "/var/runtime",
        ["TZ"] = ":UTC",
    });

    /// <summary>docs.aws.amazon.com: "Configuring JSON and plain text log formats".</summary>
    private Dictionary<string, string> LogVariables() => function.JsonLogLevel is not { } level ? [] : new(StringComparer.Ordinal)
    {
        ["AWS_LAMBDA_LOG_FORMAT"] = "JSON",
        ["AWS_LAMBDA_LOG_LEVEL"] = level,
    };
}
