using System.Collections.Immutable;
using System.Text.Json;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class RegistrationsTests
{
    private static readonly SyncedGroup Group = Groups.Of("orders-prod", "orders-prod.example").SeenAt("10.20.0.1", Groups.Noon);
    private static readonly Whereabouts There = Whereabouts.Of(["10.20.0.2"]);

    private readonly Registrations registered = Registrations.None.With(Registrations.For(Group, There, Groups.Noon.AddMinutes(1), [new("10.20.0.2", 5432, "the database is there")])!);

    [Fact]
    public void What_was_registered_for_a_move_is_known_of_that_move_alone()
    {
        Assert.NotNull(registered.Of(Group, There));
        Assert.Null(registered.Of(Group, Whereabouts.Of(["10.20.0.3"])));
        Assert.Null(registered.Of(Group.SeenAt("10.20.0.1", Groups.Noon.AddMinutes(2)), There));
        Assert.Null(registered.Of(Group with { Arn = "another" }, There));
        Assert.Null(registered.Of(Group with { Seen = null }, There));
    }

    [Fact]
    public void Of_a_database_that_was_never_seen_nothing_is_kept() => Assert.Null(Registrations.For(Group with { Seen = null }, There, Groups.Noon, []));

    [Fact]
    public void A_later_registration_takes_the_place_of_the_one_before()
    {
        var later = registered.With(registered.All[0] with { IsLookedAt = true });

        Assert.True(Assert.Single(later.All).IsLookedAt);
    }

    [Fact]
    public void What_is_elsewhere_again_is_forgotten_and_what_is_in_doubt_is_not()
    {
        Assert.Single(registered.StillTrue([Group], At(There)).All);
        Assert.Single(registered.StillTrue([Group], At(Whereabouts.Of([], new Doubt(SyncRule.ResolverSilent, "")))).All);
        Assert.Empty(registered.StillTrue([Group], At(Whereabouts.Of(["10.20.0.1"]))).All);
        Assert.Empty(registered.StillTrue([], At(There)).All);

        static ImmutableDictionary<string, Whereabouts> At(Whereabouts where) => ImmutableDictionary<string, Whereabouts>.Empty.Add(Group.Arn, where);
    }

    [Fact]
    public void It_travels_through_the_state_machine_as_it_is()
    {
        var back = registered.ToJson().Deserialize<Registrations>()!;

        Assert.Equal(registered.All[0] with { Targets = [] }, back.All.Single() with { Targets = [] });
        Assert.Equal(registered.All[0].Targets.ToArray(), back.All.Single().Targets.ToArray());
    }

    [Fact]
    public void So_many_are_never_kept_that_a_states_input_could_not_hold_them()
    {
        var many = Enumerable.Range(0, 400).Aggregate(Registrations.None, static (all, at) => all.With(Registrations.For(Group with { Arn = $"{Groups.Arn}{at}" }, There, Groups.Noon, [new("10.20.0.2", 5432, "the database is there")])!));

        Assert.EndsWith("399", many.All[^1].Arn, StringComparison.Ordinal);
        Assert.InRange(many.ToJson().ToJsonString().Length, 50_000, 131_072);
    }
}
