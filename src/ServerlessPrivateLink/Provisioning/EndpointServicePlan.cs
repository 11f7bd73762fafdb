using System.Collections.Immutable;

namespace ServerlessPrivateLink.Provisioning;

public sealed record FoundService(
    string ServiceId,
    string ServiceName,
    string State,
    ImmutableArray<string> LoadBalancerArns,
    bool AcceptanceRequired,
    ImmutableArray<string> SupportedRegions,
    ImmutableArray<string> Zones,
    ImmutableDictionary<string, string> Tags)
{
    /// <summary>Deleted services stay in the list for a while.</summary>
    public bool IsGone => IsGoneIn(State);

    /// <summary>Deleted services are still listed for a while.</summary>
    public static bool IsGoneIn(string? state) =>
        "Deleting".Equals(state, StringComparison.OrdinalIgnoreCase) || "Deleted".Equals(state, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What to change about an endpoint service that stands.</summary>
/// <param name="RequireAcceptance">Somebody turned acceptance off.</param>
/// <param name="AddRegions">Regions to open to consumers.</param>
/// <param name="RemoveRegions">Regions to close to consumers.</param>
/// <param name="MissingZones">Zones of the load balancer that the service does not have.</param>
public sealed record EndpointServicePlan(bool RequireAcceptance, ImmutableArray<string> AddRegions, ImmutableArray<string> RemoveRegions, ImmutableArray<string> MissingZones)
{
    public bool ChangesSettings => RequireAcceptance || !AddRegions.IsEmpty || !RemoveRegions.IsEmpty;

    /// <exception cref="EndpointServiceRefusedException">The load balancer carries a service that is not the link's.</exception>
    public static FoundService? Find(Owner owner, string loadBalancerArn, ImmutableArray<FoundService> services)
    {
        var service = services.FirstOrDefault(service => !service.IsGone && service.LoadBalancerArns.Contains(loadBalancerArn, StringComparer.Ordinal));
        return service is null || owner.Owns(service.Tags)
            ? service
            : throw new EndpointServiceRefusedException($"The load balancer {loadBalancerArn} carries the endpoint service {service.ServiceId}, which is not tagged as the link {owner.Link}'s.");
    }

    public static EndpointServicePlan Between(
        ImmutableArray<string> foreignRegions,
        ImmutableArray<string> zones,
        string ownRegion,
        FoundService found)
    {
        // The service's own Region may or may not be listed, and cannot be closed.
        var open = found.SupportedRegions.Remove(ownRegion, StringComparer.Ordinal);
        return new(
            !found.AcceptanceRequired,
            [.. foreignRegions.Except(open, StringComparer.Ordinal)],
            [.. open.Except(foreignRegions, StringComparer.Ordinal)],
            [.. zones.Except(found.Zones, StringComparer.Ordinal)]);
    }
}

public sealed class EndpointServiceRefusedException(string reason)
    : RefusedException(reason, "Delete that endpoint service, or remove the load balancer from it, then start the execution again with the same document.");
