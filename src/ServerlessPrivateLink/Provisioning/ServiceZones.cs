using System.Collections.Immutable;
using System.Globalization;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>Whether consumers can use an endpoint service in every zone of its load balancer.</summary>
public static class ServiceZones
{
    /// <exception cref="ServiceZonesNotEnabledException">Some are missing, and were looked for as often as the limit allows.</exception>
    public static bool AreEnabled(string serviceId, ImmutableArray<string> missing, int checks, int limit) =>
        missing.IsEmpty || (checks < limit ? false : throw new ServiceZonesNotEnabledException(serviceId, missing, checks));
}

public sealed class ServiceZonesNotEnabledException(string serviceId, ImmutableArray<string> zones, int checks)
    : RefusedException(
        string.Create(CultureInfo.InvariantCulture, $"After {checks} checks the endpoint service {serviceId} has not taken up {string.Join(", ", zones)}, where its load balancer stands."),
        "Start the execution again with the same document in some minutes. In the other zones the link serves as before.");
