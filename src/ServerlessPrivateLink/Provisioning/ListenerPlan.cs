using System.Collections.Immutable;

namespace ServerlessPrivateLink.Provisioning;

public sealed record FoundListener(string Arn, int Port, string TargetGroupArn, ImmutableDictionary<string, string> Tags);

/// <param name="ListenerArn">The listener.</param>
/// <param name="From">The target group that it leads to.</param>
/// <param name="To">The one that it shall lead to.</param>
/// <param name="IsNoted">Whether it says already where it led before.</param>
public sealed record TurnedListener(string ListenerArn, string From, ExposedTargetGroup To, bool IsNoted);

/// <summary>What to do about the listeners of a link's load balancer.</summary>
/// <param name="Create">Exposures whose port nobody listens on.</param>
/// <param name="Turn">Listeners that lead to another target group than the document says.</param>
/// <param name="Leftovers">Those of the link on ports that the document no longer asks for.</param>
/// <param name="Foreign">Ports that somebody else listens on; what others made is never removed.</param>
public sealed record ListenerPlan(
    ImmutableArray<ExposedTargetGroup> Create,
    ImmutableArray<TurnedListener> Turn,
    ImmutableArray<LeftoverListener> Leftovers,
    ImmutableArray<int> Foreign)
{
    public static ListenerPlan Between(Owner owner, ImmutableArray<ExposedTargetGroup> wanted, ImmutableArray<FoundListener> found)
    {
        var unwanted = found.Where(listener => !wanted.Any(group => group.ListenerPort == listener.Port)).OrderBy(static listener => listener.Port).ToImmutableArray();
        return new(
            [.. wanted.Where(group => !found.Any(listener => listener.Port == group.ListenerPort))],
            [.. from @group in wanted
                from listener in found
                where listener.Port == @group.ListenerPort && listener.TargetGroupArn != @group.Arn
                select new TurnedListener(listener.Arn, listener.TargetGroupArn, @group, listener.Tags.ContainsKey(ResourceTags.Before))],
            [.. unwanted.Where(listener => owner.Owns(listener.Tags)).Select(static listener => new LeftoverListener(listener.Arn, listener.Port))],
            [.. unwanted.Where(listener => !owner.Owns(listener.Tags)).Select(static listener => listener.Port)]);
    }
}
