using System.Text;
using ServerlessPrivateLink.Probing;
using Xunit;

namespace ServerlessPrivateLink.Tests.Probing;

public sealed class TongueTests
{
    private static readonly byte[] MySqlGreeting =
    [
        0x4A, 0, 0, 0, 0x0A, .. "8.0.36"u8, 0, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0xFF, 0xFF, 0xFF, 2, 0, 0xFF, 0xDF, 21,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, .. "caching_sha2_password"u8, 0,
    ];

    [Fact]
    public void PostgreSql_offers_tls_or_not_in_one_letter()
    {
        Assert.Equal(new Heard.Greeting("PostgreSQL", TlsOffer.Offered), PostgreSqlTongue.Read("S"u8));
        Assert.Equal(new Heard.Greeting("PostgreSQL", TlsOffer.NotOffered), PostgreSqlTongue.Read("N"u8));
        Assert.IsType<Heard.Beginning>(PostgreSqlTongue.Read([]));
    }

    [Fact]
    public void A_PostgreSql_that_turns_a_client_away_says_why()
    {
        byte[] fields = [.. "SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0"u8];
        byte[] error = [(byte)'E', 0, 0, 0, (byte)(fields.Length + 4), .. fields];

        Assert.Equal(new Heard.Rejection("sorry, too many clients already (53300)"), PostgreSqlTongue.Read(error));
        Assert.Equal(new Heard.Rejection("could not fork new process for connection"), PostgreSqlTongue.Read("Ecould not fork new process for connection\0"u8));
        Assert.All(Enumerable.Range(1, error.Length - 1), length => Assert.IsType<Heard.Beginning>(PostgreSqlTongue.Read(error.AsSpan(0, length))));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2")]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("N ")]
    public void What_is_no_PostgreSql_is_shown_as_it_is(string said) =>
        Assert.Equal(new Heard.OtherTongue(said), PostgreSqlTongue.Read(Encoding.ASCII.GetBytes(said)));

    [Fact]
    public void MySql_tells_its_version_and_whether_it_has_tls()
    {
        byte[] without = [.. MySqlGreeting];
        var capabilities = 4 + 1 + "8.0.36".Length + 1 + 4 + 8 + 1;
        without[capabilities + 1] = (byte)(without[capabilities + 1] & ~0x08);

        Assert.Equal(new Heard.Greeting("MySQL 8.0.36", TlsOffer.Offered), MySqlTongue.Read(MySqlGreeting));
        Assert.Equal(new Heard.Greeting("MySQL 8.0.36", TlsOffer.NotOffered), MySqlTongue.Read(without));
        Assert.All(Enumerable.Range(0, MySqlGreeting.Length - 1), length => Assert.IsType<Heard.Beginning>(MySqlTongue.Read(MySqlGreeting.AsSpan(0, length))));
    }

    [Fact]
    public void MariaDb_is_known_by_its_own_version()
    {
        byte[] payload = [0x0A, .. "5.5.5-10.11.6-MariaDB-log"u8, 0, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0xFE, 0xF7];

        Assert.Equal(new Heard.Greeting("MariaDB 10.11.6-MariaDB-log", TlsOffer.NotOffered), MySqlTongue.Read([(byte)payload.Length, 0, 0, 0, .. payload]));
    }

    [Fact]
    public void A_MySql_that_has_blocked_the_client_says_so_with_its_number()
    {
        byte[] payload = [0xFF, 0x69, 0x04, .. "Host '10.20.64.7' is blocked because of many connection errors"u8];
        byte[] withState = [0xFF, 0x10, 0x04, .. "#08004Too many connections"u8];

        Assert.Equal(new Heard.Rejection("Host '10.20.64.7' is blocked because of many connection errors (error 1129)"), MySqlTongue.Read([(byte)payload.Length, 0, 0, 0, .. payload]));
        Assert.Equal(new Heard.Rejection("Too many connections (error 1040)"), MySqlTongue.Read([(byte)withState.Length, 0, 0, 1, .. withState]));
    }

    [Theory]
    [InlineData(0, TlsOffer.Offered)]
    [InlineData(1, TlsOffer.Required)]
    [InlineData(2, TlsOffer.NotOffered)]
    [InlineData(3, TlsOffer.Required)]
    [InlineData(9, TlsOffer.Unknown)]
    public void SqlServer_tells_its_version_and_what_it_wants_of_encryption(byte encryption, TlsOffer tls)
    {
        byte[] answer =
        [
            0x04, 0x01, 0x00, 0x1A, 0, 0, 1, 0,
            0x00, 0x00, 0x0B, 0x00, 0x06, 0x01, 0x00, 0x11, 0x00, 0x01, 0xFF,
            0x10, 0x00, 0x03, 0xE8, 0x00, 0x00, encryption,
        ];

        Assert.Equal(new Heard.Greeting("SQL Server 16.0.1000", tls), SqlServerTongue.Read(answer));
        Assert.All(Enumerable.Range(0, answer.Length - 1), length => Assert.IsType<Heard.Beginning>(SqlServerTongue.Read(answer.AsSpan(0, length))));
    }

    [Fact]
    public void What_is_sent_to_SqlServer_is_what_a_server_would_answer_in_form()
    {
        var sent = SqlServerTongue.Prelogin.ToArray();

        Assert.Equal((0x12, sent.Length), (sent[0], (sent[2] << 8) | sent[3]));
        Assert.IsType<Heard.Greeting>(SqlServerTongue.Read([0x04, .. sent[1..]]));
        Assert.IsType<Heard.OtherTongue>(SqlServerTongue.Read(sent));
    }

    [Theory]
    [InlineData("postgres", DatabaseProtocol.PostgreSql)]
    [InlineData("aurora-postgresql", DatabaseProtocol.PostgreSql)]
    [InlineData("mariadb", DatabaseProtocol.MySql)]
    [InlineData("aurora-mysql", DatabaseProtocol.MySql)]
    [InlineData("custom-sqlserver-ee", DatabaseProtocol.SqlServer)]
    [InlineData("oracle-ee", DatabaseProtocol.Unknown)]
    [InlineData("db2-se", DatabaseProtocol.Unknown)]
    public void An_engine_of_rds_has_its_protocol(string engine, DatabaseProtocol protocol) => Assert.Equal(protocol, DatabaseProtocols.OfEngine(engine));

    [Theory]
    [InlineData(5432, DatabaseProtocol.PostgreSql)]
    [InlineData(3306, DatabaseProtocol.MySql)]
    [InlineData(1433, DatabaseProtocol.SqlServer)]
    [InlineData(1521, DatabaseProtocol.Unknown)]
    public void A_host_is_taken_for_what_its_port_is_known_for(int port, DatabaseProtocol protocol) => Assert.Equal(protocol, DatabaseProtocols.OfPort(port));
}
