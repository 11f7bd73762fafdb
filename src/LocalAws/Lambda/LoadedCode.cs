using LocalAws.Lambda.Processes;
using LocalAws.Templates;

namespace LocalAws.Lambda;

/// <summary>A function that the loader has put into this process.</summary>
/// <param name="cloud">Where it runs.</param>
/// <param name="function">Which it is.</param>
/// <param name="logStream">Its log stream.</param>
/// <param name="surroundings">What it finds around it.</param>
/// <param name="log">Where its log lines go.</param>
internal sealed class LoadedCode(Cloud cloud, FunctionSettings function, string logStream, FunctionSurroundings surroundings, Action<FunctionLogLine> log) : FunctionCode
{
    private LambdaEntry? entry;

    public override Task<FunctionOutcome?> LoadAsync(string requestId)
    {
        try
        {
            var loader = cloud.Lambda.Loader ?? throw new InvalidOperationException("Nobody said how functions are loaded: set Cloud.Lambda.Loader.");
            entry = loader(function, surroundings);
            return Task.FromResult<FunctionOutcome?>(null);
        }
        catch (Exception exception)
        {
            return Task.FromResult<FunctionOutcome?>(FunctionOutcome.Error(FunctionErrors.Of(exception)));
        }
    }

    public override async Task<FunctionOutcome> InvokeAsync(string requestId, ReadOnlyMemory<byte> payload, string traceId)
    {
        try
        {
            var context = new InvocationContext(function, requestId, logStream, traceId, cloud.Time, new FunctionLog(cloud.Time, requestId, log));
            using var input = new MemoryStream(payload.ToArray(), writable: false);
            using var output = await entry!(input, context).ConfigureAwait(false);
            using var copy = new MemoryStream();
            await output.CopyToAsync(copy).ConfigureAwait(false);
            return copy.Length <= ExecutionEnvironment.MostBytes
                ? new(copy.ToArray(), Failed: false)
                : FunctionOutcome.Error(FunctionErrors.ResponseTooLarge(ExecutionEnvironment.MostBytes));
        }
        catch (Exception exception)
        {
            return FunctionOutcome.Error(FunctionErrors.Of(exception));
        }
    }

    // What it computes takes no simulated time by itself.
    public override IDisposable? Wait() => null;

    // Nothing ends it; its credentials are revoked.
    public override void End()
    {
    }
}
