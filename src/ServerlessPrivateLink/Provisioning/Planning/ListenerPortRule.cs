using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>No two listeners of a load balancer share a port. An RDS database without a listener port of its own takes the port that RDS says, so that a clash may show only here.</summary>
public static class ListenerPortRule
{
    public static IEnumerable<Finding> Of(ImmutableArray<(string Entry, Exposure Exposure)> exposures)
    {
        var taken = exposures.Select(static one => one.Exposure.ListenerPort).ToHashSet();
        var owners = new Dictionary<int, string>();
        foreach (var (entry, exposure) in exposures)
        {
            if (owners.TryAdd(exposure.ListenerPort, exposure.Database)) continue;

            var free = ListenerPorts.Free(exposure.ListenerPort, taken);
            taken.Add(free);
            yield return new Finding.Refusal(RefusalCode.ListenerPortTaken, $"{entry}.listenerPort",
                string.Create(CultureInfo.InvariantCulture, $"{exposure.Database} would listen on port {exposure.ListenerPort}, where {owners[exposure.ListenerPort]} listens already."),
                string.Create(CultureInfo.InvariantCulture, $"Write \"listenerPort\": {free} into its entry; that one is free."));
        }
    }
}
