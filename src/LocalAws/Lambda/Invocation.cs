namespace LocalAws.Lambda;

/// <summary>What came of an invocation that reached the function.</summary>
/// <param name="RequestId">Its id.</param>
/// <param name="Payload">What the function returned, or the description of its error.</param>
/// <param name="FunctionError"><c>Unhandled</c> when the function failed; null when it did not.</param>
public sealed record Invocation(string RequestId, ReadOnlyMemory<byte> Payload, string? FunctionError);

/// <summary>A line in a function's log.</summary>
/// <param name="At">When it was written.</param>
/// <param name="RequestId">During which invocation.</param>
/// <param name="Level">Its level.</param>
/// <param name="Message">Its text.</param>
public sealed record FunctionLogLine(DateTimeOffset At, string RequestId, string Level, string Message);
