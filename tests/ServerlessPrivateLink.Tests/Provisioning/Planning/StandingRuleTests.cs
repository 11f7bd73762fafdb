using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

/// <summary>What stands and cannot be changed in place is refused before anything is changed.</summary>
public sealed class StandingRuleTests
{
    [Fact]
    public void A_load_balancer_without_a_security_group_can_never_get_one()
    {
        var refusal = Assert.Single(Decide(Account.Balancer("pl-orders") with { HasSecurityGroup = false }));

        Assert.Equal(RefusalCode.LoadBalancerWithoutSecurityGroup, refusal.Code);
        Assert.Contains("privatelink down orders", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_balancer_never_moves_to_another_VPC()
    {
        var refusal = Assert.Single(Decide(Account.Balancer("pl-orders") with { VpcId = "vpc-old" }));

        Assert.Equal(RefusalCode.LoadBalancerInOtherVpc, refusal.Code);
        Assert.Contains("VpcId set to vpc-old", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_others_made_only_the_name_is_told() =>
        Assert.Equal(RefusalCode.NameTaken, Assert.Single(Decide(Account.Balancer("pl-orders", isOurs: false) with { HasSecurityGroup = false, VpcId = "vpc-old" })).Code);

    [Theory]
    [InlineData(49, 0)]
    [InlineData(50, 1)]
    public void Listeners_that_are_new_must_fit_beside_those_that_go_later(int standing, int refusals)
    {
        var found = Decide(Account.Balancer("pl-orders") with { Ports = [.. Enumerable.Range(10_000, standing)] });

        Assert.Equal(refusals, found.Length);
        Assert.All(found, static one => Assert.Contains("in one run", one.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void A_listener_that_stays_takes_no_room_twice() =>
        Assert.Empty(Decide(Account.Balancer("pl-orders") with { Ports = [5432, .. Enumerable.Range(10_000, 49)] }));

    private static ImmutableArray<Finding.Refusal> Decide(StandingBalancer balancer) =>
        Account.Decide(Account.Facts with { Standing = StandingLink.None with { Balancer = balancer } }).Refusals;
}
