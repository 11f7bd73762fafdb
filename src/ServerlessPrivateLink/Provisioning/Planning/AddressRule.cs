using System.Collections.Immutable;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>
/// Which addresses may become targets. A name that suddenly answers with a stranger's address must not send consumers there,
/// so only the VPC itself and what the document allows is taken.
/// </summary>
public static class AddressRule
{
    private static readonly Ipv4Block Loopback = new(0x7F00_0000, 8);
    private static readonly Ipv4Block LinkLocal = new(0xA9FE_0000, 16);
    private static readonly Ipv4Block ThisNetwork = new(0, 8);
    private static readonly Ipv4Block MulticastAndReserved = new(0xE000_0000, 3);

    /// <summary>Why the address may be no target; null: it may.</summary>
    public static string? Reason(string address, ImmutableArray<string> vpcCidrs, ImmutableArray<string> allowedCidrs)
    {
        if (!Ipv4Block.TryParseAddress(address, out var number)) return $"{address} is no IPv4 address, and links are IPv4";
        if (Loopback.Contains(number)) return $"{address} is a loopback address";
        if (LinkLocal.Contains(number)) return $"{address} is a link-local address";
        if (ThisNetwork.Contains(number) || MulticastAndReserved.Contains(number)) return $"{address} is no address of a host";
        if (IsWithin(number, vpcCidrs) || IsWithin(number, allowedCidrs)) return null;

        return Ipv4Block.Private.Any(block => block.Contains(number))
            ? $"{address} lies outside {string.Join(", ", vpcCidrs.Concat(allowedCidrs))}"
            : $"{address} is a public address, outside {string.Join(", ", vpcCidrs.Concat(allowedCidrs))}";
    }

    private static bool IsWithin(uint address, ImmutableArray<string> cidrs) =>
        cidrs.Any(cidr => Ipv4Block.TryParse(cidr, out var block) ? block.Contains(address) : throw new FormatException($"'{cidr}' is no IPv4 block."));
}
