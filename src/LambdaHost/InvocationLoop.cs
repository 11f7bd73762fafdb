using System.Collections.Immutable;

namespace LambdaHost;

/// <summary>Takes one event after the other to the function.</summary>
internal sealed class InvocationLoop(RuntimeApi runtime, Function function, FunctionLog log, ImmutableDictionary<string, string> environment, TimeProvider clock)
{
    public async Task ServeOneAsync()
    {
        var invocation = await runtime.NextAsync();
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
        log.Begin(invocation);
        try
        {
            using var payload = new MemoryStream(invocation.Payload, writable: false);
            using var answer = await function.InvokeAsync(payload, property => ContextValues.Of(property, invocation, environment, clock));
            await runtime.RespondAsync(invocation.RequestId, answer);
        }
        catch (Exception failure)
        {
            log.Write("Error", failure, "The function failed", null);
            await runtime.FailAsync(invocation.RequestId, ErrorReport.Of(failure));
        }
    }
}
