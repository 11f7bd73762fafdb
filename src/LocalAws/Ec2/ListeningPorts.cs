using System.Collections.Immutable;
using System.Net;

namespace LocalAws.Ec2;

/// <summary>What listens at which address and port, and since when: what a health check finds.</summary>
public sealed class ListeningPorts
{
    private readonly Dictionary<(IPAddress Address, int? Port), ListeningPort> known = [];

    /// <summary>Something begins to listen.</summary>
    /// <param name="address">Where.</param>
    /// <param name="port">At which port; null: at every port.</param>
    /// <param name="groupIds">The security groups that guard it; none: nothing guards it.</param>
    /// <param name="at">When.</param>
    public void Open(IPAddress address, int? port, ImmutableArray<string> groupIds, DateTimeOffset at) =>
        known[(address, port)] = new(true, at, groupIds);

    /// <summary>What listened there stops.</summary>
    public void Close(IPAddress address, int? port, DateTimeOffset at)
    {
        if (known.TryGetValue((address, port), out var there))
            known[(address, port)] = there with { IsOpen = false, Since = at };
    }

    /// <summary>What is known of a port; null: nothing ever listened there.</summary>
    public ListeningPort? Find(IPAddress address, int port) =>
        known.GetValueOrDefault((address, port)) ?? known.GetValueOrDefault((address, null));
}

/// <summary>A port at which something listens, or did.</summary>
/// <param name="IsOpen">Whether it does now.</param>
/// <param name="Since">When that began.</param>
/// <param name="GroupIds">The security groups that guard it; none: nothing guards it.</param>
public sealed record ListeningPort(bool IsOpen, DateTimeOffset Since, ImmutableArray<string> GroupIds);
