using System.Text;

namespace LocalAws.Traffic;

/// <summary>What a server says before any login.</summary>
/// <param name="Greeting">As soon as it is connected to.</param>
/// <param name="Answer">To what a client says.</param>
public sealed record Speech(ReadOnlyMemory<byte> Greeting, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Answer)
{
    /// <summary>Nothing, ever.</summary>
    public static readonly Speech Silence = new(ReadOnlyMemory<byte>.Empty, static _ => ReadOnlyMemory<byte>.Empty);

    /// <summary>A PostgreSQL server that offers TLS (PostgreSQL documentation, "Message Flow": SSL session encryption).</summary>
    public static readonly Speech PostgreSql = new(ReadOnlyMemory<byte>.Empty, static heard => heard.Length == 8 ? "S"u8.ToArray() : ReadOnlyMemory<byte>.Empty);

    /// <summary>A MySQL server that offers TLS (MySQL Source Code Documentation, Protocol::HandshakeV10).</summary>
    public static readonly Speech MySql = new(Handshake("8.0.39"), static _ => ReadOnlyMemory<byte>.Empty);

    /// <summary>A SQL Server that offers TLS (Microsoft Open Specifications, [MS-TDS] 2.2.6.5).</summary>
    public static readonly Speech SqlServer = new(ReadOnlyMemory<byte>.Empty, static _ => Prelogin);

    private static readonly byte[] Prelogin =
    [
        0x04, 0x01, 0x00, 0x1A, 0x00, 0x00, 0x01, 0x00,
        0x00, 0x00, 0x0B, 0x00, 0x06, 0x01, 0x00, 0x11, 0x00, 0x01, 0xFF,
        0x10, 0x00, 0x10, 0x4E, 0x00, 0x00, 0x00,
    ];

    /// <summary>What a database of RDS says; what else listens speaks what its port is known for.</summary>
    public static Speech OfEngine(string engine, int port)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return engine switch
        {
            _ when engine.Contains("postgres", StringComparison.Ordinal) => PostgreSql,
            _ when engine.Contains("mysql", StringComparison.Ordinal) || engine == "mariadb" => MySql,
            _ when engine.Contains("sqlserver", StringComparison.Ordinal) => SqlServer,
            "" => port switch { 5432 => PostgreSql, 3306 => MySql, 1433 => SqlServer, _ => Silence },
            _ => Silence,
        };
    }

    private static byte[] Handshake(string version)
    {
        byte[] payload =
        [
            0x0A, .. Encoding.ASCII.GetBytes(version), 0x00,
            1, 0, 0, 0,
            1, 2, 3, 4, 5, 6, 7, 8, 0,
            0xFF, 0xFF, 0xFF, 0x02, 0x00, 0xFF, 0xDF, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0,
            .. "caching_sha2_password"u8, 0x00,
        ];
        return [(byte)payload.Length, 0, 0, 0, .. payload];
    }
}
