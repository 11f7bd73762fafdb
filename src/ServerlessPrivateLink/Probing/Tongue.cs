namespace ServerlessPrivateLink.Probing;

/// <summary>How a conversation begins: what we send first, if anything, and what the answer means.</summary>
/// <param name="Opening">Sent as soon as the connection stands.</param>
/// <param name="Read">Judges all bytes so far; never throws, whatever they are.</param>
public sealed record Tongue(ReadOnlyMemory<byte> Opening, Func<ReadOnlyMemory<byte>, Heard> Read)
{
    /// <summary>No greeting is longer; what is sent beyond it is not read.</summary>
    public const int MostBytes = 4096;

    /// <summary>Null: none is known, so the TCP handshake has to do.</summary>
    public static Tongue? Of(DatabaseProtocol protocol) => protocol switch
    {
        DatabaseProtocol.PostgreSql => new(PostgreSqlTongue.SslRequest, static bytes => PostgreSqlTongue.Read(bytes.Span)),
        DatabaseProtocol.MySql => new(ReadOnlyMemory<byte>.Empty, static bytes => MySqlTongue.Read(bytes.Span)),
        DatabaseProtocol.SqlServer => new(SqlServerTongue.Prelogin, static bytes => SqlServerTongue.Read(bytes.Span)),
        _ => null,
    };
}
