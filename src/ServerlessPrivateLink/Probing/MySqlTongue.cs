using System.Buffers.Binary;
using System.Globalization;

namespace ServerlessPrivateLink.Probing;

/// <summary>
/// The packet with which a MySQL or MariaDB server begins (MySQL Source Code Documentation, "Protocol::HandshakeV10" and "ERR_Packet";
/// MariaDB Server Documentation, "Connection").
/// </summary>
public static class MySqlTongue
{
    private const int HeaderLength = 4;
    private const int ProtocolVersion = 10;
    private const int ErrorMark = 0xFF;
    private const int SslCapability = 0x0800;

    // From the end of the version's text to the lower capabilities: connection id, eight bytes of salt, a filler.
    private const int BeforeCapabilities = 4 + 8 + 1;

    // MariaDB says this first, because replicas of MySQL took a two-digit version for an older one.
    private const string MariaDbPrefix = "5.5.5-";

    public static Heard Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= HeaderLength) return new Heard.Beginning();

        var length = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
        var payload = bytes[HeaderLength..];
        if (length is 0 or > Tongue.MostBytes - HeaderLength || bytes[3] > 1 || payload[0] is not (ProtocolVersion or ErrorMark))
            return new Heard.OtherTongue(SpokenText.Of(bytes));
        if (payload.Length < length) return new Heard.Beginning();

        payload = payload[..length];
        return payload[0] is ErrorMark ? ReadError(payload[1..]) : ReadGreeting(payload[1..], bytes);
    }

    private static Heard ReadError(ReadOnlySpan<byte> error)
    {
        if (error.Length < 2) return new Heard.OtherTongue(SpokenText.Of(error));

        var code = BinaryPrimitives.ReadUInt16LittleEndian(error);
        var text = error[2..];
        if (text is [(byte)'#', _, _, _, _, _, ..]) text = text[6..];
        return new Heard.Rejection(string.Create(CultureInfo.InvariantCulture, $"{SpokenText.Of(text)} (error {code})"));
    }

    private static Heard ReadGreeting(ReadOnlySpan<byte> greeting, ReadOnlySpan<byte> all)
    {
        if (SpokenText.ToZero(greeting) is not { Length: > 0 } version) return new Heard.OtherTongue(SpokenText.Of(all));

        var rest = greeting[(greeting.IndexOf((byte)0) + 1)..];
        var tls = rest.Length < BeforeCapabilities + 2
            ? TlsOffer.Unknown
            : (BinaryPrimitives.ReadUInt16LittleEndian(rest[BeforeCapabilities..]) & SslCapability) != 0 ? TlsOffer.Offered : TlsOffer.NotOffered;
        return new Heard.Greeting(Named(version), tls);
    }

    private static string Named(string version)
    {
        var plain = version.StartsWith(MariaDbPrefix, StringComparison.Ordinal) ? version[MariaDbPrefix.Length..] : version;
        return plain.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? $"MariaDB {plain}" : $"MySQL {plain}";
    }
}
