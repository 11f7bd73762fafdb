using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class TargetTests
{
    private static readonly ImmutableArray<DatabaseAddresses> Addresses = [new("orders-prod", ["10.0.0.7", "10.0.0.8"]), new("other", ["10.0.0.9"])];

    [Fact]
    public void Missing_addresses_of_the_group_s_own_database_are_registered() =>
        Assert.Equal([new("10.0.0.8", 5432, OutsideVpc: false)], Missing(State("10.0.0.7")).AsEnumerable());

    [Fact]
    public void A_draining_target_is_no_registered_target() =>
        Assert.Equal(["10.0.0.7"], Missing(State("10.0.0.7", "draining"), State("10.0.0.8")).Select(static target => target.Address));

    [Fact]
    public void The_same_address_at_another_port_is_another_target() =>
        Assert.Equal(2, Missing(State("10.0.0.7", port: 5433), State("10.0.0.8", port: 5433)).Length);

    [Fact]
    public void An_address_outside_the_vpc_is_marked_so() =>
        Assert.Equal(
            [new("172.16.0.5", 5432, OutsideVpc: true)],
            TargetRegistration.Missing(Samples.Group(), [new("orders-prod", ["172.16.0.5"])], ["10.0.0.0/16"], []).AsEnumerable());

    [Fact]
    public void Every_database_needs_a_healthy_target()
    {
        Assert.True(Ready(1, State("10.0.0.7", "healthy"), State("10.0.0.8", "healthy")));
        Assert.False(Ready(1, State("10.0.0.7", "initial"), State("10.0.0.8", "initial")));
        Assert.False(Ready(1, State("10.0.0.7", "unhealthy")));
        Assert.False(Ready(1));
    }

    [Fact]
    public void A_reader_that_is_down_does_not_hold_up_the_others_but_one_that_begins_does()
    {
        Assert.True(Ready(1, State("10.0.0.7", "healthy"), State("10.0.0.8", "unhealthy")));
        Assert.False(Ready(1, State("10.0.0.7", "healthy"), State("10.0.0.8", "initial")));
        Assert.True(Ready(120, State("10.0.0.7", "healthy"), State("10.0.0.8", "initial")));
    }

    [Fact]
    public void A_target_that_nobody_asked_for_proves_nothing() => Assert.False(Ready(1, State("10.0.0.99", "healthy")));

    [Fact]
    public void Waiting_ends_with_the_reason()
    {
        var given = Assert.Throws<TargetsNotHealthyException>(() => Ready(120, State("10.0.0.7", "unhealthy"), State("10.0.0.8", "unused")));

        Assert.Contains("orders-prod: 10.0.0.7 port 5432 is unhealthy (Target.FailedHealthChecks)", given.Reason, StringComparison.Ordinal);
        Assert.Contains("10.0.0.8 port 5432 is unused", given.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("active", true)]
    [InlineData("active_impaired", true)]
    [InlineData("provisioning", false)]
    public void A_load_balancer_carries_a_service_once_it_is_active(string state, bool active) =>
        Assert.Equal(active, LoadBalancerActivity.IsActive("arn", state, "", 1, 180));

    [Theory]
    [InlineData("failed", 1)]
    [InlineData("provisioning", 180)]
    public void A_load_balancer_that_fails_or_never_comes_up_is_given_up(string state, int checks)
    {
        var given = Assert.Throws<LoadBalancerNotActiveException>(() => LoadBalancerActivity.IsActive("arn", state, "no capacity", checks, 180));

        Assert.Contains($"{state} no capacity", given.Reason, StringComparison.Ordinal);
    }

    private static TargetState State(string address, string state = "healthy", int port = 5432) =>
        new(address, port, state, state == "unhealthy" ? "Target.FailedHealthChecks" : "", "");

    private static ImmutableArray<NewTarget> Missing(params TargetState[] present) =>
        TargetRegistration.Missing(Samples.Group(), Addresses, ["10.0.0.0/16"], [.. present]);

    private static bool Ready(int checks, params TargetState[] found) =>
        TargetReadiness.IsReady([GroupHealth.Of(Samples.Group(), TargetRegistration.Wanted(Samples.Group(), Addresses), [.. found])], checks, 120);
}
