using System.Collections.Immutable;
using LocalAws.Wire;

namespace LocalAws.Faults;

/// <summary>Draws faults for calls, all from one seed: with the same one the same calls meet the same faults.</summary>
/// <param name="seed">The seed.</param>
/// <param name="share">Which share of the calls meets one.</param>
/// <param name="kinds">What may befall them.</param>
public sealed class DrawnFaults(int seed, double share, params ImmutableArray<FaultKind> kinds)
{
    /// <summary>All that passes by itself; a denial does not.</summary>
    public static readonly ImmutableArray<FaultKind> Passing = [.. Enum.GetValues<FaultKind>().Where(static kind => kind is not FaultKind.Denied)];

    private readonly Chance chance = new(seed);

    /// <summary>How many were drawn.</summary>
    public int Count { get; private set; }

    /// <summary>What befalls a call; null: nothing. Invocations are left alone: what they are for meets faults of its own.</summary>
    public FaultKind? Draw(ApiCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Operation.Name == "Invoke" || chance.NextDouble() >= share)
            return null;
        Count++;
        return kinds[chance.Next(0, kinds.Length - 1)];
    }
}
