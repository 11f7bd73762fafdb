using System.Buffers.Binary;

namespace ServerlessPrivateLink.Probing;

/// <summary>
/// A client's SSLRequest and the one byte that answers it (PostgreSQL documentation, "Message Flow", SSL Session Encryption, and
/// "Message Formats"). A server sends no more than that before the client speaks again.
/// </summary>
public static class PostgreSqlTongue
{
    private const int HeaderLength = 5;

    public static ReadOnlyMemory<byte> SslRequest { get; } = new byte[] { 0, 0, 0, 8, 4, 0xD2, 0x16, 0x2F };

    public static Heard Read(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [] => new Heard.Beginning(),
        [(byte)'S'] => new Heard.Greeting("PostgreSQL", TlsOffer.Offered),
        [(byte)'N'] => new Heard.Greeting("PostgreSQL", TlsOffer.NotOffered),
        [(byte)'E', ..] => ReadError(bytes),
        _ => new Heard.OtherTongue(SpokenText.Of(bytes)),
    };

    private static Heard ReadError(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength) return new Heard.Beginning();

        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        // A server that cannot start a process answers in the form of protocol 2: text, ended by a zero.
        if (length >> 24 is not 0)
            return SpokenText.ToZero(bytes[1..]) is { } text ? new Heard.Rejection(text) : new Heard.Beginning();
        if (length is < 4 or > Tongue.MostBytes - 1) return new Heard.OtherTongue(SpokenText.Of(bytes));

        return bytes.Length <= length ? new Heard.Beginning() : new Heard.Rejection(Fields(bytes[HeaderLength..(int)(length + 1)]));
    }

    // Each field is a letter and a text, ended by a zero; C is the code, M the message.
    private static string Fields(ReadOnlySpan<byte> fields)
    {
        var (code, message) = ("", "");
        while (fields is [not 0, ..] && SpokenText.ToZero(fields[1..]) is { } text)
        {
            if (fields[0] is (byte)'C') code = text;
            if (fields[0] is (byte)'M') message = text;
            fields = fields[(fields.IndexOf((byte)0) + 1)..];
        }

        return $"{message} ({code})";
    }
}
