using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class SyncPlanProperties
{
    private static readonly string[] States = ["initial", "healthy", "unhealthy", "unhealthy.draining", "unused", "unavailable", "draining", "a state of tomorrow"];

    private static readonly Gen<string> Address = Gen.Choose(1, 6).Select(static i => $"10.20.0.{i}");

    private static readonly Gen<int> Port = Gen.Elements(5432, 5432, 5432, 5433);

    private static readonly Gen<TargetState> Target =
        from address in Address
        from port in Port
        from state in Gen.Elements(States)
        select new TargetState(address, port, state, "", "");

    private static readonly Gen<Whereabouts> Where =
        from addresses in Address.ListOf()
        from doubt in Gen.Elements(false, false, false, true)
        select Whereabouts.Of(addresses, doubt ? [new Doubt(SyncRule.ResolverSilent, "silent")] : []);

    private static readonly Gen<(GroupState Group, SyncLimits Limits)> Worlds =
        from kind in Gen.Elements(Enum.GetValues<DatabaseKind>())
        from @where in Where
        from held in Gen.Elements(0, 14, 15, 600)
        from targets in Target.ListOf()
        from standby in Address.OrNull()
        from most in Gen.Choose(0, 4)
        select (new GroupState(kind, 5432, @where, TimeSpan.FromSeconds(held), [.. targets.DistinctBy(static one => (one.Address, one.Port))], standby),
            SyncLimits.Default with { MostRemovals = most });

    [Fact]
    public void A_group_that_could_serve_is_never_emptied() => Holds(static (group, _, plan) =>
        !Present(group).Any(target => SyncPlan.CouldServe(target) && IsOfUse(group, target))
        || !plan.Register.IsEmpty
        || Kept(group, plan).Any(target => SyncPlan.CouldServe(target) && IsOfUse(group, target)));

    [Fact]
    public void Everything_wanted_is_registered_afterwards() => Holds(static (group, _, plan) =>
        group.Where.Addresses.All(address => plan.Register.Concat(Kept(group, plan).Select(static one => new TargetDecision(one.Address, one.Port, ""))).Any(one => one.Address == address && one.Port == group.Port)));

    [Fact]
    public void Nothing_is_removed_in_doubt_or_while_the_whereabouts_are_unknown() => Holds(static (group, _, plan) =>
        (group.Where.Doubts.IsEmpty && !group.Where.Addresses.IsEmpty) || plan.Deregister.IsEmpty);

    [Fact]
    public void Only_what_is_registered_and_not_wanted_is_removed() => Holds(static (group, _, plan) => plan.Deregister.All(one =>
        Present(group).Any(target => target.Address == one.Address && target.Port == one.Port)
        && !(one.Port == group.Port && group.Where.Addresses.Contains(one.Address))));

    [Fact]
    public void A_standby_that_does_not_answer_is_kept_and_nothing_else_is() => Holds(static (group, _, plan) =>
        plan.Keep.Select(static one => (one.Address, one.Port)).SequenceEqual(Present(group)
            .Where(target => group.Kind is DatabaseKind.Instance && group.Where is { Addresses.IsEmpty: false, Doubts.IsEmpty: true }
                && !IsWanted(group, target) && target.Address == group.Standby && target.Port == group.Port && target.State != "healthy")
            .Select(static target => (target.Address, target.Port))));

    [Fact]
    public void No_more_serving_targets_are_removed_than_the_limit_says() => Holds(static (group, limits, plan) =>
        plan.Deregister.Count(one => Present(group).Any(target => target.Address == one.Address && target.Port == one.Port && SyncPlan.CouldServe(target))) <= limits.MostRemovals);

    [Fact]
    public void Every_target_that_is_not_wanted_is_accounted_for_once_with_a_reason() => Holds(static (group, _, plan) =>
        plan.Deregister.Concat(plan.Leave).Concat(plan.Keep).Select(static one => (one.Address, one.Port)).Order()
            .SequenceEqual(Present(group).Where(target => !IsWanted(group, target)).Select(static one => (one.Address, one.Port)).Order())
        && plan.Register.Concat(plan.Deregister).Concat(plan.Leave).Concat(plan.Keep).All(static one => one.Reason.Length > 0));

    [Fact]
    public void Order_and_doubles_do_not_matter() => Holds(static (group, limits, plan) =>
    {
        var other = SyncPlan.For(
            group with { Registered = [.. group.Registered.Reverse(), .. group.Registered], Where = new([.. group.Where.Addresses.Reverse(), .. group.Where.Addresses], group.Where.Doubts) },
            limits);
        return Pairs(plan.Register).SetEquals(Pairs(other.Register)) && Pairs(plan.Deregister).SetEquals(Pairs(other.Deregister))
            && (plan.Register.Length, plan.Deregister.Length) == (other.Register.Length, other.Deregister.Length);
    });

    [Fact]
    public void Once_a_database_stands_still_and_answers_the_group_becomes_what_is_wanted() => Holds(static (group, limits, _) =>
    {
        if (group.Where.Addresses.IsEmpty || !group.Where.Doubts.IsEmpty || limits.MostRemovals < 4) return true;

        for (var run = 0; run < 4; run++) group = Applied(group, SyncPlan.For(group, limits));
        return Present(group).All(target => IsWanted(group, target) || SyncPlan.For(group, limits).Keep.Any(kept => kept.Address == target.Address && kept.Port == target.Port))
            || SyncPlan.For(group, limits).Refusals.Any(static one => one.Rule is SyncRule.TooManyRemovals);
    });

    [Fact]
    public void A_second_run_right_after_the_first_registers_and_removes_nothing_more_of_what_serves() => Holds(static (group, limits, plan) =>
    {
        var again = SyncPlan.For(group with { Registered = Next(group, plan, static target => target) }, limits);
        return again.Register.IsEmpty;
    });

    private static void Holds(Func<GroupState, SyncLimits, SyncPlan, bool> property) =>
        Prop.ForAll(Worlds.ToArbitrary(), world => property(world.Group, world.Limits, SyncPlan.For(world.Group, world.Limits)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>The next run: the plan was carried out, time has passed, and the database's own targets answer.</summary>
    private static GroupState Applied(GroupState group, SyncPlan plan) => group with
    {
        HeldFor = group.HeldFor + TimeSpan.FromMinutes(1),
        Registered = Next(group, plan, target => IsWanted(group, target) ? target with { State = "healthy" } : target),
    };

    private static ImmutableArray<TargetState> Next(GroupState group, SyncPlan plan, Func<TargetState, TargetState> seen) =>
        [.. Kept(group, plan).Concat(plan.Register.Select(static one => new TargetState(one.Address, one.Port, "initial", "", ""))).Select(seen)];

    /// <summary>A cluster's former writer answers, and is of no use to those who need its writer.</summary>
    private static bool IsOfUse(GroupState group, TargetState target) =>
        group.Kind is not DatabaseKind.ClusterWriter || !group.Where.Doubts.IsEmpty || group.Where.Addresses.IsEmpty || IsWanted(group, target);

    private static bool IsWanted(GroupState group, TargetState target) => target.Port == group.Port && group.Where.Addresses.Contains(target.Address);

    private static IEnumerable<TargetState> Present(GroupState group) => group.Registered.Where(static target => !target.IsDraining);

    private static IEnumerable<TargetState> Kept(GroupState group, SyncPlan plan) =>
        Present(group).Where(target => !plan.Deregister.Any(one => one.Address == target.Address && one.Port == target.Port));

    private static HashSet<(string Address, int Port)> Pairs(ImmutableArray<TargetDecision> targets) => [.. targets.Select(static one => (one.Address, one.Port))];
}
