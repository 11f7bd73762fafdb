using System.Collections.Immutable;

namespace LocalAws.States.Definitions;

/// <summary>A state machine, read and checked.</summary>
/// <param name="Flow">Its states.</param>
/// <param name="Timeout">How long an execution may take; null: as long as a Standard machine may, a year.</param>
public sealed record StateMachineDefinition(Flow Flow, TimeSpan? Timeout);

/// <summary>States that lead to one another: a machine, a branch of a Parallel, the processor of a Map.</summary>
/// <param name="StartAt">The first.</param>
/// <param name="States">All, by name.</param>
public sealed record Flow(string StartAt, ImmutableSortedDictionary<string, State> States);
