using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ServerlessPrivateLink.Links;

/// <summary>A block of IPv4 addresses such as <c>10.9.0.0/16</c>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Ipv4Block(uint Address, int PrefixLength)
{
    /// <summary>The blocks from which an NLB takes targets outside its VPC ("Target groups for your Network Load Balancers", IP addresses).</summary>
    public static ImmutableArray<Ipv4Block> Private { get; } =
    [
        new(0x0A00_0000, 8), new(0xAC10_0000, 12), new(0xC0A8_0000, 16), new(0x6440_0000, 10),
    ];

    private uint Mask => PrefixLength == 0 ? 0 : uint.MaxValue << (32 - PrefixLength);

    /// <summary>The same block with all bits behind the prefix cleared.</summary>
    public Ipv4Block Canonical => this with { Address = Address & Mask };

    /// <summary>Strictly four decimal numbers and a prefix length: no octal, no short forms.</summary>
    public static bool TryParse(string text, out Ipv4Block block)
    {
        block = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !TryParseAddress(text[..slash], out var address) || !TryParseNumber(text[(slash + 1)..], 32, out var prefix)) return false;

        block = new Ipv4Block(address, prefix);
        return true;
    }

    public static bool TryParseAddress(string text, out uint address)
    {
        address = 0;
        var parts = text.Split('.');
        if (parts.Length != 4) return false;

        foreach (var part in parts)
        {
            if (!TryParseNumber(part, 255, out var number)) return false;
            address = (address << 8) | (uint)number;
        }

        return true;
    }

    public static bool TryFrom(IPAddress address, out uint number)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        number = 0;
        if (plain.AddressFamily is not AddressFamily.InterNetwork) return false;

        foreach (var part in plain.GetAddressBytes()) number = (number << 8) | part;
        return true;
    }

    public bool Contains(uint address) => ((address ^ Address) & Mask) == 0;

    public bool Contains(Ipv4Block other) => other.PrefixLength >= PrefixLength && Contains(other.Address);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Address >> 24}.{(Address >> 16) & 0xFF}.{(Address >> 8) & 0xFF}.{Address & 0xFF}/{PrefixLength}");

    private static bool TryParseNumber(string text, int most, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 3 || (text.Length > 1 && text[0] == '0') || !text.All(char.IsAsciiDigit)) return false;

        number = int.Parse(text, CultureInfo.InvariantCulture);
        return number <= most;
    }
}
