using System.Collections.Immutable;

namespace LocalAws.States.Reading;

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Code">AWS's word for the kind, such as <c>SCHEMA_VALIDATION_FAILED</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Path">Where, such as <c>/States/Wait/Seconds</c>.</param>
public sealed record DefinitionProblem(string Code, string Message, string Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message} at {(Path.Length == 0 ? "/" : Path)}";
}

/// <summary>A definition that Step Functions would not take, or that uses what is not imitated here.</summary>
public sealed class InvalidDefinitionException(ImmutableArray<DefinitionProblem> problems)
    : FormatException($"Invalid State Machine Definition: '{string.Join(", ", problems)}'")
{
    /// <summary>All that is wrong.</summary>
    public ImmutableArray<DefinitionProblem> Problems { get; } = problems;
}
