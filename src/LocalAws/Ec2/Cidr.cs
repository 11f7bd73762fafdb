using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LocalAws.Ec2;

/// <summary>A block of addresses, always written with its first address as AWS stores it.</summary>
internal static class Cidr
{
    /// <summary>The block that a text means, host bits cleared; null when it is no block.</summary>
    public static IPNetwork? Parse(string? text)
    {
        var parts = text?.Split('/') ?? [];
        if (parts.Length != 2 || !IPAddress.TryParse(parts[0], out var address) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
            return null;
        if (address.AddressFamily == AddressFamily.InterNetwork && parts[0].Split('.').Length != 4)
            return null;
        var bytes = address.GetAddressBytes();
        if (bits > bytes.Length * 8)
            return null;
        for (var bit = bits; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new(new IPAddress(bytes), bits);
    }

    /// <summary>The canonical text of a block; null when it is no block of that family.</summary>
    public static string? Canonical(string? text, AddressFamily family) =>
        Parse(text) is { } block && block.BaseAddress.AddressFamily == family ? block.ToString() : null;

    /// <summary>Whether an address lies in a block.</summary>
    public static bool Contains(string block, IPAddress address) => Parse(block)?.Contains(address) ?? false;

    /// <summary>How many addresses an IPv4 block has.</summary>
    public static long Size(IPNetwork block) => 1L << (32 - block.PrefixLength);

    /// <summary>The address at a place in an IPv4 block.</summary>
    public static IPAddress At(IPNetwork block, long place)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(BinaryPrimitives.ReadUInt32BigEndian(block.BaseAddress.GetAddressBytes()) + place));
        return new(bytes);
    }
}
