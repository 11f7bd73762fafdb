using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class StandbyRuleProperties
{
    private static readonly Gen<Place> AnyPlace =
        from face in Gen.Choose(1, 4)
        from address in Gen.Choose(1, 4)
        select new Place($"eni-{face}", $"10.20.0.{address}");

    private static readonly Gen<NotedPlaces> Note =
        from primary in AnyPlace
        from standby in AnyPlace.OrNull()
        select new NotedPlaces(primary, standby);

    private static readonly Gen<Whereabouts> Where =
        from addresses in AnyPlace.Select(static place => place.Address).ListOf()
        from doubt in Gen.Elements(false, false, false, true)
        select Whereabouts.Of(addresses.Take(2), doubt ? [new Doubt(SyncRule.ResolverSilent, "silent")] : []);

    private static readonly Gen<ImmutableArray<TargetState>> Registered =
        from targets in (from place in AnyPlace from state in Gen.Elements("initial", "healthy", "unhealthy", "draining") select new TargetState(place.Address, 5432, state, "", "")).ListOf()
        select targets.DistinctBy(static target => target.Address).ToImmutableArray();

    private static readonly Gen<(NotedPlaces? Before, Whereabouts Where, ImmutableArray<TargetState> Registered, ImmutableArray<Place> Shown)> Looks =
        from before in Note.OrNull()
        from @where in Where
        from registered in Registered
        from shown in AnyPlace.ListOf()
        select (before, @where, registered, shown.DistinctBy(static place => place.Address).DistinctBy(static place => place.Interface).ToImmutableArray());

    [Fact]
    public void A_standby_is_a_place_noted_before_that_is_shown_unchanged_and_registered_and_not_the_instances_own() => Holds(static (before, where, registered, shown, known) =>
        known.Address is not { } address
        || (shown.Any(place => place.Address == address && (place == before!.Primary || place == before.Standby))
            && registered.Any(target => target.Address == address && !target.IsDraining)
            && !where.Addresses.Contains(address)));

    [Fact]
    public void Without_a_note_there_is_no_standby() => Holds(static (before, _, _, _, known) => before is not null || known.Address is null);

    [Fact]
    public void A_note_is_made_only_of_what_was_noted_or_is_shown() => Holds(static (before, _, _, shown, known) =>
        known.Places is null || known.Places == before
        || (shown.Contains(known.Places.Primary) && (known.Places.Standby is not { } standby || (shown.Contains(standby) && standby != known.Places.Primary))));

    [Fact]
    public void The_answer_is_asked_for() => Holds(static (before, where, _, shown, known) =>
        known.Address is null || StandbyRule.Asked(before, where).Contains(known.Address));

    [Fact]
    public void Another_look_at_the_same_finds_the_same() => Holds(static (_, where, registered, shown, known) =>
        StandbyRule.Of(known.Places, where, registered, shown) is var again && (known.Address is null || again.Address == known.Address));

    [Fact]
    public void Once_its_interface_is_gone_a_former_address_that_does_not_answer_is_removed() => Holds(static (_, where, registered, shown, known) =>
    {
        if (known.Address is not { } address) return true;
        var gone = StandbyRule.Of(known.Places, where, registered, shown.RemoveAll(place => place.Address == address));
        var plan = SyncPlan.For(new(DatabaseKind.Instance, 5432, where, TimeSpan.FromHours(1), registered, gone.Address), SyncLimits.Default);
        return gone.Address is null && (registered.Single(target => target.Address == address).State is not "unhealthy" || plan.Deregister.Any(target => target.Address == address));
    });

    private static void Holds(Func<NotedPlaces?, Whereabouts, ImmutableArray<TargetState>, ImmutableArray<Place>, KnownStandby, bool> property) =>
        Prop.ForAll(Looks.ToArbitrary(), look => property(look.Before, look.Where, look.Registered, look.Shown, StandbyRule.Of(look.Before, look.Where, look.Registered, look.Shown)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
