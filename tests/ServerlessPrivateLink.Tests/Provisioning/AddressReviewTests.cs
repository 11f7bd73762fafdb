using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class AddressReviewTests
{
    [Fact]
    public void Good_answers_become_sorted_addresses_without_doubles() =>
        Assert.Equal(
            ["10.0.0.7", "10.0.0.8"],
            Assert.Single(Judge([Samples.Host("db.example")], new HostAnswer("db.example", ["10.0.0.8", "10.0.0.7", "10.0.0.8"], ""))).Addresses.AsEnumerable());

    [Fact]
    public void Every_bad_name_is_told_at_once()
    {
        var refused = Assert.Throws<AddressesRefusedException>(() => Judge(
            [Samples.Host("gone.example"), Samples.Host("public.example"), Samples.Host("six.example"), Samples.Host("good.example")],
            new HostAnswer("gone.example", [], "the name has no address in this VPC's DNS"),
            new HostAnswer("public.example", ["52.1.2.3"], ""),
            new HostAnswer("six.example", ["fd00::1"], ""),
            new HostAnswer("good.example", ["10.0.0.7"], "")));

        Assert.Contains("gone.example: the name has no address", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("public.example: 52.1.2.3", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("six.example: it has IPv6 addresses alone", refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("good.example", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.0.1")]
    [InlineData("192.168.0.1")]
    public void An_address_that_is_not_the_vpc_s_is_refused(string address) =>
        Assert.Throws<AddressesRefusedException>(() => Judge([Samples.Host("db.example")], new HostAnswer("db.example", [address], "")));

    [Fact]
    public void One_stray_address_among_good_ones_is_refused_too() =>
        Assert.Throws<AddressesRefusedException>(() => Judge([Samples.Host("db.example")], new HostAnswer("db.example", ["10.0.0.7", "10.9.0.1"], "")));

    [Fact]
    public void What_the_document_allows_is_allowed() =>
        Assert.Equal(
            ["10.9.0.1"],
            Assert.Single(Judge([Samples.Host("db.example", "10.9.0.0/16")], new HostAnswer("db.example", ["10.9.0.1"], ""))).Addresses.AsEnumerable());

    [Fact]
    public void A_name_with_both_families_is_reached_over_ipv4() =>
        Assert.Equal(
            ["10.0.0.7"],
            Assert.Single(Judge([Samples.Host("db.example")], new HostAnswer("db.example", ["fd00::1", "10.0.0.7"], ""))).Addresses.AsEnumerable());

    [Fact]
    public void Silence_alone_is_worth_another_try_and_a_refusal_is_not()
    {
        var silent = new HostAnswer("slow.example", [], "DNS did not answer in time", Silent: true);

        Assert.Throws<ResolverSilentException>(() => Judge([Samples.Host("slow.example")], silent));
        Assert.Throws<AddressesRefusedException>(() => Judge([Samples.Host("slow.example"), Samples.Host("empty.example")], silent, new HostAnswer("empty.example", [], "")));
    }

    private static ImmutableArray<DatabaseAddresses> Judge(ImmutableArray<Exposure> exposures, params HostAnswer[] answers) =>
        AddressReview.Judge(exposures, ["10.0.0.0/16"], [.. answers]);
}
