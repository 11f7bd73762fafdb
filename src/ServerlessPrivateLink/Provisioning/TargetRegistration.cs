using System.Collections.Immutable;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning;

/// <summary>A registered target as Elastic Load Balancing sees it.</summary>
public sealed record TargetState(string Address, int Port, string State, string Reason, string Description)
{
    /// <summary>A deregistered target is still listed until its delay has passed; it serves nobody new.</summary>
    public bool IsDraining => State.Equals("draining", StringComparison.OrdinalIgnoreCase);

    /// <summary>Checks have found that it does not answer, or no node of the load balancer can reach it.</summary>
    public bool IsSick => State.StartsWith("unhealthy", StringComparison.OrdinalIgnoreCase) || State.Equals("unused", StringComparison.OrdinalIgnoreCase);
}

/// <param name="Address">The database's address.</param>
/// <param name="Port">The database's port.</param>
/// <param name="OutsideVpc">Outside its VPC Elastic Load Balancing cannot tell the zone.</param>
public sealed record NewTarget(string Address, int Port, bool OutsideVpc);

/// <summary>Which targets to register. Nothing is removed here: what is registered beside them may be a reader that answers again soon.</summary>
public static class TargetRegistration
{
    public static ImmutableArray<NewTarget> Missing(
        ExposedTargetGroup group,
        ImmutableArray<DatabaseAddresses> addresses,
        ImmutableArray<string> vpcCidrs,
        ImmutableArray<TargetState> present)
    {
        var blocks = vpcCidrs.Select(static cidr => Ipv4Block.TryParse(cidr, out var block) ? block : default).ToImmutableArray();
        return [.. Wanted(group, addresses)
            .Where(address => !present.Any(target => target.Address == address && target.Port == group.Port && !target.IsDraining))
            .Select(address => new NewTarget(address, group.Port, OutsideVpc: !blocks.Any(block => Ipv4Block.TryParseAddress(address, out var number) && block.Contains(number))))];
    }

    public static ImmutableArray<string> Wanted(ExposedTargetGroup group, ImmutableArray<DatabaseAddresses> addresses) =>
        [.. addresses.Where(one => one.Database == group.Database).SelectMany(static one => one.Addresses).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
