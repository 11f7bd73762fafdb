using System.Collections.Immutable;
using System.Net;
using LocalAws.LoadBalancing;

namespace ServerlessPrivateLink.Cli.Drills;

/// <summary>When a target group came to where the database is, read from what it could do at each moment.</summary>
/// <param name="Registered">When the new address was registered first.</param>
/// <param name="Healthy">When it was healthy first.</param>
/// <param name="OldRemoved">When the old address was no registered target any more.</param>
/// <param name="Followed">Whether all is right at the end.</param>
public sealed record FailoverMarks(DateTimeOffset? Registered, DateTimeOffset? Healthy, DateTimeOffset? OldRemoved, bool Followed)
{
    /// <param name="moments">From before the failover until all is over.</param>
    /// <param name="began">When it began.</param>
    public static FailoverMarks Of(IReadOnlyList<ServingMoment> moments, DateTimeOffset began)
    {
        ArgumentNullException.ThrowIfNull(moments);
        var (before, after) = (Right(moments[0]), Right(moments[^1]));
        var (old, next) = (before.Except(after), after.Except(before));
        var end = moments[^1];
        return new(
            next.IsEmpty ? null : First(moment => next.IsSubsetOf(Addresses(moment, static _ => true))),
            next.IsEmpty ? null : First(moment => next.IsSubsetOf(Addresses(moment, static target => target is { IsAble: true, State: "healthy" }))),
            old.IsEmpty ? null : First(moment => !old.Overlaps(Addresses(moment, static _ => true))),
            !next.IsEmpty && end.Able > 0 && end.Healthy == end.Able && !end.Targets.Any(static target => target.IsMisleading));

        DateTimeOffset? First(Func<ServingMoment, bool> isSo) =>
            moments.FirstOrDefault(isSo) is { } found ? found.At > began ? found.At : began : null;
    }

    private static ImmutableHashSet<IPAddress> Right(ServingMoment moment) => Addresses(moment, static target => target.IsRight);

    private static ImmutableHashSet<IPAddress> Addresses(ServingMoment moment, Func<ServingTarget, bool> isSo) =>
        [.. moment.Targets.Where(target => target.IsRegistered && isSo(target)).Select(static target => target.Address)];
}
