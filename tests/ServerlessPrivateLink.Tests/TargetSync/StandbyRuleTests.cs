using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class StandbyRuleTests
{
    private static readonly Place A = new("eni-a", "10.20.1.10");
    private static readonly Place B = new("eni-b", "10.20.2.20");
    private static readonly Place C = new("eni-c", "10.20.3.30");

    [Fact]
    public void At_first_the_primarys_interface_is_noted() =>
        Assert.Equal(new(new(A, null), null), Of(null, At(A), [Target(A, "healthy")], A));

    [Fact]
    public void After_a_failover_the_former_primary_is_the_standby()
    {
        var known = Of(new(A, null), At(B), [Target(A, "unhealthy")], A, B);

        Assert.Equal(new(new(B, A), A.Address), known);
        Assert.Equal(known, Of(known.Places, At(B), [Target(A, "unhealthy"), Target(B, "healthy")], A, B));
    }

    [Fact]
    public void After_the_next_failover_the_two_have_changed_places() =>
        Assert.Equal(new(new(A, B), B.Address), Of(new(B, A), At(A), [Target(A, "healthy"), Target(B, "unhealthy")], A, B));

    [Fact]
    public void An_interface_that_is_gone_is_no_standbys() =>
        Assert.Equal(new(new(B, null), null), Of(new(B, A), At(B), [Target(A, "unhealthy"), Target(B, "healthy")], B));

    [Fact]
    public void An_address_that_another_interface_has_is_no_standbys()
    {
        var stranger = A with { Interface = "eni-of-another" };

        Assert.Equal(new(new(B, null), null), Of(new(B, A), At(B), [Target(A, "unhealthy"), Target(B, "healthy")], stranger, B));
        Assert.Equal(new(new(B, null), null), Of(new(A, null), At(B), [Target(A, "unhealthy"), Target(B, "healthy")], stranger, B));
    }

    [Fact]
    public void An_interface_that_has_another_address_is_no_standbys() =>
        Assert.Null(Of(new(B, A), At(B), [Target(A, "unhealthy"), Target(B, "healthy")], A with { Address = "10.20.1.11" }, B).Address);

    [Fact]
    public void What_is_not_registered_any_more_is_forgotten()
    {
        Assert.Equal(new(new(B, null), null), Of(new(B, A), At(B), [Target(B, "healthy")], A, B));
        Assert.Equal(new(new(B, null), null), Of(new(B, A), At(B), [Target(A, "draining"), Target(B, "healthy")], A, B));
        Assert.Equal(new(new(B, null), null), Of(new(A, null), At(B), [Target(B, "healthy")], A, B));
    }

    [Fact]
    public void A_former_primary_that_answers_is_no_standby_and_not_forgotten()
    {
        var pending = Of(new(A, null), At(B), [Target(A, "healthy"), Target(B, "initial")], A, B);

        Assert.Equal(new(new(A, null), null), pending);
        Assert.Equal(A.Address, Of(pending.Places, At(B), [Target(A, "unhealthy"), Target(B, "initial")], A, B).Address);
    }

    [Fact]
    public void A_standby_that_answers_is_still_its_place_for_it_may_be_taking_over() =>
        Assert.Equal(new(new(B, A), A.Address), Of(new(B, A), At(B), [Target(A, "healthy"), Target(B, "unhealthy")], A, B));

    [Fact]
    public void A_move_to_a_third_place_leaves_one_standby_the_last_primary() =>
        Assert.Equal(new(new(C, B), B.Address), Of(new(B, A), At(C), [Target(A, "unhealthy"), Target(B, "unhealthy"), Target(C, "initial")], A, B, C));

    [Fact]
    public void A_new_primary_whose_interface_is_not_shown_yet_costs_no_standby()
    {
        var known = Of(new(A, null), At(B), [Target(A, "unhealthy")], A);

        Assert.Equal(new(new(A, null), A.Address), known);
    }

    [Fact]
    public void While_it_is_not_known_where_the_instance_is_nothing_is_noted_and_nothing_asked()
    {
        var doubt = new Doubt(SyncRule.ResolverSilent, "silent");
        foreach (var where in new[] { Whereabouts.Of([]), Whereabouts.Of([B.Address], doubt), Whereabouts.Of([A.Address, B.Address]) })
        {
            Assert.Equal(new(new(A, null), null), Of(new(A, null), where, [Target(A, "unhealthy")], A, B));
            Assert.Empty(StandbyRule.Asked(new(A, null), where));
        }
    }

    [Fact]
    public void Asked_is_for_each_place_once()
    {
        Assert.Equal([B.Address], StandbyRule.Asked(null, At(B)).ToArray());
        Assert.Equal([B.Address, A.Address], StandbyRule.Asked(new(B, A), At(B)).ToArray());
        Assert.Equal([C.Address, B.Address, A.Address], StandbyRule.Asked(new(B, A), At(C)).ToArray());
    }

    private static KnownStandby Of(NotedPlaces? before, Whereabouts where, ImmutableArray<TargetState> registered, params ImmutableArray<Place> shown) =>
        StandbyRule.Of(before, where, registered, shown);

    private static Whereabouts At(Place place) => Whereabouts.Of([place.Address]);

    private static TargetState Target(Place place, string state) => new(place.Address, 5432, state, "", "");
}
