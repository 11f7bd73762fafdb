using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalAws.Lambda.Processes;

/// <summary>
/// What one runtime may ask of the Runtime API, and when. It belongs to the pumping thread; a runtime that asks for the next event while
/// there is none is kept waiting.
/// </summary>
/// <param name="changed">Called when the runtime has something to do, or nothing more.</param>
internal sealed class RuntimeSession(Action changed)
{
    /// <summary>The largest response (Lambda Developer Guide, "Lambda quotas": 6 MB; the runtime interface emulator allows 100 bytes more).</summary>
    public const int MostBytes = (6 * 1024 * 1024) + 100;

    private readonly TaskCompletionSource<FunctionOutcome?> started = new();
    private TaskCompletionSource<FunctionOutcome>? invoked;
    private FunctionOutcome? outcome;
    private RuntimeEvent? current;
    private Action<RuntimeAnswer>? next;
    private Phase phase = Phase.Init;

    private enum Phase
    {
        Init,
        Ready,
        Invoke,
        Responded,
        Ended,
    }

    /// <summary>Null once the runtime has asked for its first event; what went wrong when it never did.</summary>
    public Task<FunctionOutcome?> Started => started.Task;

    /// <summary>Whether the runtime is expected to do something.</summary>
    public bool IsBusy => phase is Phase.Init or Phase.Invoke or Phase.Responded;

    public bool HasEnded => phase is Phase.Ended;

    /// <summary>Hands an event to the runtime. It has been served when the runtime asks for another (Lambda Developer Guide, "Lambda execution environment lifecycle").</summary>
    public Task<FunctionOutcome> InvokeAsync(RuntimeEvent work)
    {
        if (phase is not Phase.Ready)
            throw new InvalidOperationException($"The runtime is in phase {phase}.");
        (current, invoked) = (work, new());
        var waiting = next!;
        next = null;
        Go(Phase.Invoke);
        waiting(work.ToAnswer());
        return invoked.Task;
    }

    public void Handle(RuntimeRequest request, Action<RuntimeAnswer> reply)
    {
        switch (request.Method, request.Path.Split('/'))
        {
            case ("GET", ["runtime", "invocation", "next"]):
                Next(reply);
                break;
            case ("POST", ["runtime", "invocation", var id, "response"]):
                reply(Finish(id, request.Body.Length <= MostBytes ? new(request.Body, Failed: false) : null));
                break;
            case ("POST", ["runtime", "invocation", var id, "error"]):
                reply(Finish(id, ErrorOf(request)));
                break;
            case ("POST", ["runtime", "init", "error"]):
                reply(FailInit(ErrorOf(request)));
                break;
            default:
                reply(RuntimeAnswer.Unknown);
                break;
        }
    }

    /// <summary>The runtime is gone: what waits for it ends so, unless it has responded.</summary>
    public void End(Func<FunctionOutcome> reason)
    {
        if (phase is Phase.Ended)
            return;
        var result = phase is Phase.Responded ? outcome! : reason();
        Go(Phase.Ended);
        started.TrySetResult(result);
        invoked?.TrySetResult(result);
    }

    private void Next(Action<RuntimeAnswer> reply)
    {
        if (phase is not (Phase.Init or Phase.Responded))
        {
            reply(RuntimeAnswer.NotNow(phase.ToString(), "Ready"));
            return;
        }

        var served = phase is Phase.Responded;
        next = reply;
        Go(Phase.Ready);
        if (served)
            invoked!.TrySetResult(outcome!);
        else
            started.TrySetResult(null);
    }

    private RuntimeAnswer Finish(string requestId, FunctionOutcome? result)
    {
        if (current?.RequestId != requestId)
            return RuntimeAnswer.WrongRequestId;
        if (phase is not Phase.Invoke)
            return RuntimeAnswer.NotNow(phase.ToString(), "Responded");
        // Null is a response that is too large: the runtime is told, and so is the caller.
        outcome = result ?? FunctionOutcome.Error(FunctionErrors.ResponseTooLarge(MostBytes));
        Go(Phase.Responded);
        return result is null ? RuntimeAnswer.TooLarge : RuntimeAnswer.Accepted;
    }

    private RuntimeAnswer FailInit(FunctionOutcome error)
    {
        if (phase is not Phase.Init)
            return RuntimeAnswer.NotNow(phase.ToString(), "InitError");
        Go(Phase.Ended);
        started.TrySetResult(error);
        return RuntimeAnswer.Accepted;
    }

    private void Go(Phase to)
    {
        phase = to;
        changed();
    }

    private static FunctionOutcome ErrorOf(RuntimeRequest request) => request.Body.IsEmpty
        ? FunctionOutcome.Error(new() { ["errorType"] = request.ErrorType ?? "Runtime.Unknown" })
        : new(request.Body, Failed: true);
}

/// <summary>An event on its way to a runtime.</summary>
internal sealed record RuntimeEvent(string RequestId, ReadOnlyMemory<byte> Payload, DateTimeOffset Deadline, string FunctionArn, string TraceId)
{
    public RuntimeAnswer ToAnswer() => new(
        200,
        ImmutableDictionary<string, string>.Empty
            .Add("Lambda-Runtime-Aws-Request-Id", RequestId)
            .Add("Lambda-Runtime-Deadline-Ms", Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
            .Add("Lambda-Runtime-Invoked-Function-Arn", FunctionArn)
            .Add("Lambda-Runtime-Trace-Id", TraceId),
        Payload);
}

/// <summary>What came of an invocation.</summary>
/// <param name="Payload">What the function returned, or the description of its error.</param>
/// <param name="Failed">Whether it is an error.</param>
internal sealed record FunctionOutcome(ReadOnlyMemory<byte> Payload, bool Failed)
{
    public static FunctionOutcome Error(JsonObject error) => new(Encoding.UTF8.GetBytes(error.ToJsonString()), Failed: true);
}
