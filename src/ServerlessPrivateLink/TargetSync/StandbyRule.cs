using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>What is known of a standby.</summary>
/// <param name="Places">What to note.</param>
/// <param name="Address">The address to keep; null: none.</param>
public sealed record KnownStandby(NotedPlaces? Places, string? Address);

/// <summary>
/// Which address is that of an instance's standby: the one that the primary has left, if nothing answers there
/// and EC2 still shows the same network interface with it. Whatever else was there is no standby, and neither is what was not seen as the primary.
/// </summary>
public static class StandbyRule
{
    /// <param name="before">What was noted.</param>
    /// <param name="where">Where the instance's name leads.</param>
    /// <param name="registered">The targets of its group.</param>
    /// <param name="shown">The network interfaces of RDS that EC2 shows at the instance's address and at those that were noted.</param>
    public static KnownStandby Of(NotedPlaces? before, Whereabouts where, ImmutableArray<TargetState> registered, ImmutableArray<Place> shown)
    {
        if (where is not { Addresses: [var here], Doubts.IsEmpty: true }) return new(before, null);

        var present = shown.FirstOrDefault(place => place.Address == here);
        if (before is null) return new(present is null ? null : new(present, null), null);

        // An instance has two places: what was the standby's before a move to a third is not the instance's any more.
        var hasMoved = before.Primary.Address != here;
        var former = hasMoved ? before.Primary : before.Standby;
        var target = registered.FirstOrDefault(target => target.Address == former?.Address && !target.IsDraining);
        if (former is null || former.Address == here || target is null || !shown.Contains(former)) return new(present is null ? before : new(present, null), null);

        // A former primary that answers may be the blue one of a deployment; the ordinary rules see to it, and it is not forgotten meanwhile.
        if (hasMoved && GroupHealth.IsHealthy(target)) return new(before, null);
        return new(present is null ? before : new(present, former), former.Address);
    }

    /// <summary>The addresses of which EC2 is to be asked; none when nothing could follow from the answer.</summary>
    public static ImmutableArray<string> Asked(NotedPlaces? before, Whereabouts where) => where is { Addresses: [var here], Doubts.IsEmpty: true }
        ? [.. new[] { here, before?.Primary.Address, before?.Standby?.Address }.OfType<string>().Distinct(StringComparer.Ordinal)]
        : [];
}
