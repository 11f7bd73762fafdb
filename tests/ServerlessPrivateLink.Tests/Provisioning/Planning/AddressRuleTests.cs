using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

public class AddressRuleTests
{
    [Theory]
    [InlineData("10.0.255.1", null)]
    [InlineData("100.64.9.9", null)]
    [InlineData("192.168.7.7", null)]
    [InlineData("10.1.0.1", "10.1.0.1 lies outside 10.0.0.0/16, 100.64.0.0/16, 192.168.7.0/24")]
    [InlineData("52.1.2.3", "52.1.2.3 is a public address, outside 10.0.0.0/16, 100.64.0.0/16, 192.168.7.0/24")]
    [InlineData("127.0.0.1", "127.0.0.1 is a loopback address")]
    [InlineData("169.254.169.254", "169.254.169.254 is a link-local address")]
    [InlineData("0.0.0.0", "0.0.0.0 is no address of a host")]
    [InlineData("224.0.0.1", "224.0.0.1 is no address of a host")]
    [InlineData("255.255.255.255", "255.255.255.255 is no address of a host")]
    [InlineData("fd00::1", "fd00::1 is no IPv4 address, and links are IPv4")]
    public void Only_the_vpc_and_what_is_allowed_gives_targets(string address, string? reason) =>
        Assert.Equal(reason, AddressRule.Reason(address, ["10.0.0.0/16", "100.64.0.0/16"], ["192.168.7.0/24"]));

    [Fact]
    public void A_vpc_of_public_addresses_is_its_own_affair() => Assert.Null(AddressRule.Reason("52.1.2.3", ["52.1.0.0/16"], []));
}
