using ServerlessPrivateLink.Probing;
using Xunit;

namespace ServerlessPrivateLink.Tests.Probing;

public sealed class PostgreSqlTests
{
    [SkippableTheory]
    [InlineData(true, TlsOffer.Offered)]
    [InlineData(false, TlsOffer.NotOffered)]
    public async Task A_real_PostgreSQL_answers_and_says_whether_it_has_tls(bool tls, TlsOffer offer)
    {
        using var server = PostgreSqlServer.StartOrSkip(tls);

#pragma warning disable RS0030 // The server lives in real time.
        var probe = await Prober.ProbeAsync(DatabaseProtocol.PostgreSql, server.Port, TimeProvider.System);
        var asMySql = await Prober.ProbeAsync(DatabaseProtocol.SqlServer, server.Port, TimeProvider.System);
#pragma warning restore RS0030

        Assert.Equal((ProbeResult.Answered, "PostgreSQL", offer), (probe.Result, probe.Said, probe.Tls));
        Assert.NotNull(probe.Times.Answer);
        Assert.NotEqual(ProbeResult.Answered, asMySql.Result);
    }
}
