using FsCheck;
using FsCheck.Fluent;
using ServerlessPrivateLink.Probing;
using Xunit;

namespace ServerlessPrivateLink.Tests.Probing;

/// <summary>A stranger may send anything: it is judged, and never believed further than it goes.</summary>
public sealed class TongueProperties
{
    private static readonly DatabaseProtocol[] Spoken = [DatabaseProtocol.PostgreSql, DatabaseProtocol.MySql, DatabaseProtocol.SqlServer];

    // The first bytes that a parser goes on from, and then anything.
    private static readonly byte[][] Beginnings =
    [
        [], "S"u8.ToArray(), "E"u8.ToArray(), "E\0\0\0"u8.ToArray(), [0x4A, 0, 0, 0, 0x0A], [0x20, 0, 0, 0, 0xFF], [0x02, 0, 0, 0, 0xFF],
        [0x04, 0x01, 0x00, 0x1A], [0x04, 0x01, 0x00, 0x20, 0, 0, 0, 0, 0x00], [0xFF, 0xFF, 0x0F, 0, 0x0A], [0x04, 0x01, 0xFF, 0xFF],
    ];

    private static Gen<byte[]> Bytes => from beginning in Gen.Elements(Beginnings)
                                        from rest in ArbMap.Default.GeneratorFor<byte[]>()
                                        select (byte[])[.. beginning, .. rest];

    [Fact]
    public void Whatever_is_heard_is_judged() => Prop.ForAll(Bytes.ToArbitrary(), static bytes =>
        Spoken.All(protocol => Tongue.Of(protocol)!.Read(bytes) is not null)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_told_can_be_logged() => Prop.ForAll(Bytes.ToArbitrary(), static bytes => Spoken
        .Select(protocol => Tongue.Of(protocol)!.Read(bytes) switch
        {
            Heard.Greeting greeting => greeting.Said,
            Heard.Rejection rejection => rejection.Said,
            Heard.OtherTongue other => other.Said,
            _ => "",
        })
        .All(static said => said.Length <= 200 && said.All(static letter => letter is >= ' ' and < (char)0x7F))).QuickCheckThrowOnFailure();

    [Fact]
    public void Nobody_waits_for_more_than_a_greeting_can_be() => Prop.ForAll(Bytes.ToArbitrary(), static bytes =>
    {
        byte[] endless = [.. bytes, .. new byte[Tongue.MostBytes]];
        return Spoken.All(protocol => Tongue.Of(protocol)!.Read(endless) is not Heard.Beginning);
    }).QuickCheckThrowOnFailure();
}
