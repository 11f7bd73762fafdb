using System.Buffers.Binary;
using System.Globalization;

namespace ServerlessPrivateLink.Probing;

/// <summary>PRELOGIN and its answer (Microsoft Open Specifications, [MS-TDS] 2.2.6.5 and 2.2.3.1).</summary>
public static class SqlServerTongue
{
    private const int HeaderLength = 8;
    private const int OptionLength = 5;
    private const int Answer = 0x04;
    private const int Version = 0x00;
    private const int Encryption = 0x01;
    private const int Terminator = 0xFF;

    /// <summary>A version of ours that means nothing, and encryption that is possible and not wanted.</summary>
    public static ReadOnlyMemory<byte> Prelogin { get; } = new byte[]
    {
        0x12, 0x01, 0x00, 0x1A, 0x00, 0x00, 0x00, 0x00,
        Version, 0x00, 0x0B, 0x00, 0x06,
        Encryption, 0x00, 0x11, 0x00, 0x01,
        Terminator,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00,
    };

    public static Heard Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [not Answer, ..]) return new Heard.OtherTongue(SpokenText.Of(bytes));
        if (bytes.Length < HeaderLength) return new Heard.Beginning();

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (length is <= HeaderLength or > Tongue.MostBytes) return new Heard.OtherTongue(SpokenText.Of(bytes));
        if (bytes.Length < length) return new Heard.Beginning();

        var payload = bytes[HeaderLength..length];
        return Option(payload, Version) is [var major, var minor, var high, var low, ..]
            ? new Heard.Greeting(string.Create(CultureInfo.InvariantCulture, $"SQL Server {major}.{minor}.{(high << 8) | low}"), Tls(Option(payload, Encryption)))
            : new Heard.OtherTongue(SpokenText.Of(bytes));
    }

    private static ReadOnlySpan<byte> Option(ReadOnlySpan<byte> payload, int token)
    {
        for (var at = 0; at + OptionLength <= payload.Length && payload[at] != Terminator; at += OptionLength)
        {
            var (from, length) = (BinaryPrimitives.ReadUInt16BigEndian(payload[(at + 1)..]), BinaryPrimitives.ReadUInt16BigEndian(payload[(at + 3)..]));
            if (payload[at] == token && from + length <= payload.Length) return payload.Slice(from, length);
        }

        return [];
    }

    private static TlsOffer Tls(ReadOnlySpan<byte> encryption) => encryption switch
    {
        [0x00] => TlsOffer.Offered,
        [0x01] or [0x03] => TlsOffer.Required,
        [0x02] => TlsOffer.NotOffered,
        _ => TlsOffer.Unknown,
    };
}
