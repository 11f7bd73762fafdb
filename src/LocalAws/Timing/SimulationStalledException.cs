namespace LocalAws.Timing;

/// <summary>Work waits for something that no timer will ever bring: a deadlock, or work that left the simulation's thread.</summary>
public sealed class SimulationStalledException(DateTimeOffset at)
    : InvalidOperationException($"At {at:O} nothing is due, but the work that was started has not ended.");
