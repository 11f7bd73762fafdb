using LocalAws;
using LocalAws.Faults;
using LocalAws.Wire;

namespace ServerlessPrivateLink.Simulation;

/// <summary>Draws faults of every kind for the calls of functions, all from one seed.</summary>
/// <param name="seed">The seed; with the same one the same calls meet the same faults.</param>
/// <param name="share">Which share of the calls meets one.</param>
internal sealed class Trouble(int seed, double share)
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    private readonly Chance chance = new(seed);

    public FaultKind? Draw(ApiCall call) =>
        call.Operation.Name != "Invoke" && chance.NextDouble() < share ? Kinds[chance.Next(0, Kinds.Length - 1)] : null;
}
