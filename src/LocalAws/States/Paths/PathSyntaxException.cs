namespace LocalAws.States.Paths;

/// <summary>A path or an intrinsic function is not written as the language asks, or uses what is not supported.</summary>
public sealed class PathSyntaxException(string text, int at, string problem)
    : FormatException($"'{text}' is not valid at position {at}: {problem}");
