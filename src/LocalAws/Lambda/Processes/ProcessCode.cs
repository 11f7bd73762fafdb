using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Templates;

namespace LocalAws.Lambda.Processes;

/// <summary>A function in a process of its own.</summary>
/// <param name="host">Starts the process.</param>
/// <param name="command">How.</param>
/// <param name="function">Which it is.</param>
/// <param name="variables">Its environment variables.</param>
/// <param name="log">Where its log lines go.</param>
internal sealed class ProcessCode(FunctionProcesses host, FunctionCommand command, FunctionSettings function, ImmutableDictionary<string, string> variables, Action<FunctionLogLine> log) : FunctionCode
{
    private static readonly TimeSpan LongestInit = TimeSpan.FromSeconds(10);

    private RuntimeProcess? process;
    private string requestId = "";
    private bool isEnded;

    public override bool IsAlive => process is { HasEnded: false };

    /// <summary>
    /// The init phase may take ten seconds; one that fails or takes longer is tried once more within the invocation and the function's own
    /// limit (Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle").
    /// </summary>
    public override async Task<FunctionOutcome?> LoadAsync(string requestId)
    {
        this.requestId = requestId;
        var failure = await StartAsync(LongestInit).ConfigureAwait(false);
        return failure is null || isEnded ? failure : await StartAsync(function.Timeout).ConfigureAwait(false);
    }

    public override Task<FunctionOutcome> InvokeAsync(string requestId, ReadOnlyMemory<byte> payload, string traceId)
    {
        this.requestId = requestId;
        return process!.InvokeAsync(new(requestId, payload, host.Clock.GetUtcNow() + function.Timeout, function.Arn, traceId));
    }

    public override IDisposable? Wait() => process?.Wait();

    public override void End()
    {
        isEnded = true;
        process?.Kill(Killed);
    }

    private async Task<FunctionOutcome?> StartAsync(TimeSpan limit)
    {
        process?.Kill(Killed);
        try
        {
            process = host.Start(command, variables, requestId, Write);
        }
        catch (Win32Exception missing)
        {
            return FunctionOutcome.Error(FunctionErrors.NotStarted(requestId, missing.Message));
        }

        var starting = process;
        var timer = host.Cloud.Time.CreateTimer(_ => starting.Kill(id => FunctionErrors.TimedOut(id, limit)), null, limit, Timeout.InfiniteTimeSpan);
        await using var _ = timer.ConfigureAwait(false);
        return await starting.Started.ConfigureAwait(false);
    }

    private static JsonObject Killed(string id) => FunctionErrors.Exited(id, FunctionErrors.Killed);

    private void Write(string line) => log(new(host.Cloud.Time.GetUtcNow(), requestId, LevelOf(line), line));

    /// <summary>Lines of JSON say their level themselves.</summary>
    private static string LevelOf(string line)
    {
        const string Usual = "Information";
        if (!line.StartsWith('{'))
            return Usual;
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.TryGetProperty("level", out var level) && level.ValueKind is JsonValueKind.String ? level.GetString()! : Usual;
        }
        catch (JsonException)
        {
            return Usual;
        }
    }
}
