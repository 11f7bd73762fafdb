using System.Text.Json.Serialization;

namespace ServerlessPrivateLink.Probing;

/// <summary>What a database speaks before any login.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatabaseProtocol>))]
public enum DatabaseProtocol
{
    /// <summary>Nothing that is known here: the TCP handshake has to do.</summary>
    Unknown,
    PostgreSql,
    MySql,
    SqlServer,
}

public static class DatabaseProtocols
{
    /// <summary>Of an engine of RDS, such as <c>aurora-mysql</c>, <c>sqlserver-se</c>, <c>custom-sqlserver-ee</c>.</summary>
    public static DatabaseProtocol OfEngine(string engine) => engine switch
    {
        "postgres" or "aurora-postgresql" => DatabaseProtocol.PostgreSql,
        "mysql" or "mariadb" or "aurora-mysql" or "aurora" => DatabaseProtocol.MySql,
        _ when engine.Contains("sqlserver", StringComparison.Ordinal) => DatabaseProtocol.SqlServer,
        _ => DatabaseProtocol.Unknown,
    };

    /// <summary>Of a host, of which nothing is known but its port.</summary>
    public static DatabaseProtocol OfPort(int port) => port switch
    {
        5432 => DatabaseProtocol.PostgreSql,
        3306 => DatabaseProtocol.MySql,
        1433 => DatabaseProtocol.SqlServer,
        _ => DatabaseProtocol.Unknown,
    };
}
