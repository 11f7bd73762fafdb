using LocalAws.Lambda.Processes;

namespace LocalAws.Lambda;

/// <summary>The code of one execution environment, wherever it runs.</summary>
internal abstract class FunctionCode
{
    /// <summary>Whether it can still be invoked.</summary>
    public virtual bool IsAlive => true;

    /// <summary>Makes it ready.</summary>
    /// <param name="requestId">The invocation that it is made ready for.</param>
    /// <returns>Null, or why it cannot be invoked.</returns>
    public abstract Task<FunctionOutcome?> LoadAsync(string requestId);

    public abstract Task<FunctionOutcome> InvokeAsync(string requestId, ReadOnlyMemory<byte> payload, string traceId);

    /// <summary>A call of it has come through the door; until the result is disposed it waits for the answer.</summary>
    public abstract IDisposable? Wait();

    /// <summary>Ends it for good.</summary>
    public abstract void End();
}
