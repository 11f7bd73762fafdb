namespace ServerlessPrivateLink.Calls;

/// <summary>AWS could not be asked just now: it throttled, failed by its own fault, or did not answer. The state machine tries the step again.</summary>
public sealed class AwsBusyException(string call, Exception inner)
    : Exception($"{call}: {inner.Message}", inner);
