using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Access;
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
    private readonly Action<FunctionLogLine> log;
    private readonly IssuedKey key;
    private readonly string logStream;
    private TaskCompletionSource<JsonObject>? killed;
    private LambdaEntry? entry;

    public ExecutionEnvironment(Cloud cloud, FunctionSettings function, Action<FunctionLogLine> log)
    {
        (this.cloud, this.function, this.log) = (cloud, function, log);
        logStream = $"{cloud.Time.GetUtcNow().UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)}/[$LATEST]{cloud.Chance.Hex(32)}";
        var caller = function.Role.Caller;
        key = cloud.Access.Issue(
            caller with { Name = function.LogicalId, Facts = caller.Facts.With("lambda:SourceFunctionArn", function.Arn), Die = () => Kill(FunctionErrors.Exited) },
            temporary: true);
    }

    /// <summary>Whether it can serve again.</summary>
    public bool IsAlive { get; private set; } = true;

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
        IsAlive = false;
        cloud.Access.Revoke(key);
    }

    private async Task<Invocation> InvokeAsync(ReadOnlyMemory<byte> payload)
    {
        try
        {
            entry ??= await LoadAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Discard();
            return Failed(FunctionErrors.Of(exception));
        }

        var timer = cloud.Time.CreateTimer(_ => Kill(id => FunctionErrors.TimedOut(id, function.Timeout)), null, function.Timeout, Timeout.InfiniteTimeSpan);
        await using var _ = timer.ConfigureAwait(false);
        var running = RunAsync(entry, payload);
        await Task.WhenAny(killed!.Task, running).ConfigureAwait(false);
        return killed.Task.IsCompleted ? Failed(await killed.Task.ConfigureAwait(false)) : await running.ConfigureAwait(false);
    }

    private async Task<LambdaEntry> LoadAsync()
    {
        var loader = cloud.Lambda.Loader ?? throw new InvalidOperationException("Nobody said how functions are loaded: set Cloud.Lambda.Loader.");
        await cloud.Time.Delay(cloud.Chance.Between(ShortestInit, LongestInit), CancellationToken.None).ConfigureAwait(false);
        return loader(function, new(Variables(), key, cloud.Time, cloud.Dns.ResolveAsync, cloud.Door));
    }

    private async Task<Invocation> RunAsync(LambdaEntry run, ReadOnlyMemory<byte> payload)
    {
        try
        {
            var context = new InvocationContext(function, RequestId, logStream, TraceId(), cloud.Time, new FunctionLog(cloud.Time, RequestId, log));
            using var input = new MemoryStream(payload.ToArray(), writable: false);
            using var output = await run(input, context).ConfigureAwait(false);
            using var copy = new MemoryStream();
            await output.CopyToAsync(copy).ConfigureAwait(false);
            return copy.Length <= MostBytes ? new(RequestId, copy.ToArray(), null) : Failed(FunctionErrors.ResponseTooLarge(MostBytes));
        }
        catch (Exception exception)
        {
            return Failed(FunctionErrors.Of(exception));
        }
    }

    private Invocation Failed(JsonObject error) => new(RequestId, Encoding.UTF8.GetBytes(error.ToJsonString()), "Unhandled");

    private void Kill(Func<string, JsonObject> error)
    {
        if (killed is not { Task.IsCompleted: false } running)
            return;
        Discard();
        running.SetResult(error(RequestId));
    }

    private string TraceId() => $"Root=1-{cloud.Time.GetUtcNow().ToUnixTimeSeconds():x8}-{cloud.Chance.Hex(24)};Parent={cloud.Chance.Hex(16)};Sampled=0";

    /// <summary>docs.aws.amazon.com: "Working with Lambda environment variables", defined runtime environment variables.</summary>
    private ImmutableDictionary<string, string> Variables() => function.Environment.SetItems(new Dictionary<string, string>(StringComparer.Ordinal)
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
}
