using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Provisioning;

public sealed record FoundListener(string Arn, int Port, string TargetGroupArn);

public sealed record TurnedListener(string ListenerArn, ExposedTargetGroup To);

/// <summary>What to do about the listeners of a link's load balancer, all of which are the link's.</summary>
/// <param name="Create">Exposures whose port nobody listens on.</param>
/// <param name="Turn">Listeners that lead to another target group than the document says.</param>
/// <param name="Leftovers">Ports that the document no longer asks for.</param>
public sealed record ListenerPlan(ImmutableArray<ExposedTargetGroup> Create, ImmutableArray<TurnedListener> Turn, ImmutableArray<string> Leftovers)
{
    public static ListenerPlan Between(ImmutableArray<ExposedTargetGroup> wanted, ImmutableArray<FoundListener> found) => new(
        [.. wanted.Where(group => !found.Any(listener => listener.Port == group.ListenerPort))],
        [.. from @group in wanted
            from listener in found
            where listener.Port == @group.ListenerPort && listener.TargetGroupArn != @group.Arn
            select new TurnedListener(listener.Arn, @group)],
        [.. found
            .Where(listener => !wanted.Any(group => group.ListenerPort == listener.Port))
            .OrderBy(static listener => listener.Port)
            .Select(static listener => string.Create(CultureInfo.InvariantCulture, $"port {listener.Port}"))]);
}
