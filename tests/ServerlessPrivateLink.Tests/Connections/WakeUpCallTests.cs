using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class WakeUpCallTests
{
    private static readonly ImmutableArray<LinkService> Services =
    [
        new("vpce-svc-00000000000000001", new Owner("prod", "orders")),
        new("vpce-svc-00000000000000002", new Owner("prod", "ledger")),
    ];

    [Theory]
    [InlineData("""{ "detail": { "notification": { "Message": "{\"vpcEndpointServiceId\":\"vpce-svc-00000000000000002\"}" } } }""", "ledger")]
    [InlineData("""{ "detail": { "serviceId": "vpce-svc-00000000000000001 vpce-svc-00000000000000002" } }""", "orders ledger")]
    [InlineData("""{ "Link": "orders" }""", "orders")]
    [InlineData("""{ "Link": "unknown" }""", "")]
    [InlineData("""{ "detail": "vpce-svc-0000000000000000f" }""", "orders ledger")]
    [InlineData("{}", "orders ledger")]
    [InlineData("[]", "orders ledger")]
    [InlineData("null", "orders ledger")]
    [InlineData("\"\"", "orders ledger")]
    public void It_names_the_links_to_look_at_and_else_all_of_them(string happened, string links) =>
        Assert.Equal(links, string.Join(' ', Chosen(happened)));

    [Fact]
    public void A_service_of_somebody_else_hides_none_of_ours() =>
        Assert.Equal(["ledger"], Chosen("""{ "detail": ["vpce-svc-0fffffffffffffffff", "vpce-svc-00000000000000002"] }"""));

    [Fact]
    public void What_is_longer_than_any_message_is_not_searched() =>
        Assert.Equal(2, Chosen(JsonSerializer.Serialize(new string('x', 400_000) + Services[0].Id)).Length);

    [Fact]
    public void Whatever_comes_it_chooses_among_the_stacks_own_links() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>(),
        text => Chosen(JsonSerializer.Serialize(text ?? "")).All(static link => link is "orders" or "ledger")).QuickCheckThrowOnFailure();

    private static string[] Chosen(string happened) =>
        [.. WakeUpCall.Read(JsonDocument.Parse(happened).RootElement).Choose(Services).Select(static service => service.Link.Link)];
}
