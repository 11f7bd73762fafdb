using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class SyncPlanTests
{
    private const string Old = "10.20.1.10";
    private const string New = "10.20.2.20";

    private static readonly TimeSpan JustNow = TimeSpan.Zero;
    private static readonly TimeSpan LongAgo = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_group_that_holds_what_is_wanted_is_left_alone()
    {
        var plan = Plan(DatabaseKind.Instance, At(Old), LongAgo, Target(Old, "healthy"));

        Assert.True(plan.ChangesNothing);
        Assert.Empty(plan.Leave);
    }

    [Fact]
    public void A_moved_instance_is_registered_at_once_and_its_old_address_leaves_when_nothing_answers_there()
    {
        var plan = Plan(DatabaseKind.Instance, At(New), JustNow, Target(Old, "unhealthy"));

        Assert.Equal(New, Assert.Single(plan.Register).Address);
        Assert.Equal(Old, Assert.Single(plan.Deregister).Address);
    }

    [Fact]
    public void While_a_name_may_still_flap_the_old_address_stays_if_it_answers()
    {
        var plan = Plan(DatabaseKind.Instance, At(New), JustNow, Target(Old, "healthy"));

        Assert.Equal(New, Assert.Single(plan.Register).Address);
        Assert.Empty(plan.Deregister);
        Assert.Equal("the database has moved only just now", Assert.Single(plan.Leave).Reason);
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public void An_answer_that_has_held_takes_the_old_address_away(int seconds, bool goes)
    {
        var plan = Plan(DatabaseKind.Instance, At(New), TimeSpan.FromSeconds(seconds), Target(Old, "healthy"), Target(New, "initial"));

        Assert.Equal(goes, plan.Deregister.Any(static target => target.Address == Old));
        Assert.Empty(plan.Register);
    }

    [Fact]
    public void A_new_target_in_its_first_checks_is_not_taken_away_when_a_name_flaps_back()
    {
        var plan = Plan(DatabaseKind.Instance, At(Old), JustNow, Target(Old, "unhealthy"), Target(New, "initial"));

        Assert.True(plan.ChangesNothing);
    }

    [Fact]
    public void A_demoted_writer_is_removed_at_once_though_it_answers()
    {
        var plan = Plan(DatabaseKind.ClusterWriter, At(New), JustNow, Target(Old, "healthy"));

        Assert.Equal(New, Assert.Single(plan.Register).Address);
        Assert.Equal(Old, Assert.Single(plan.Deregister).Address);
    }

    [Fact]
    public void Readers_are_a_set_that_follows_the_cluster()
    {
        var plan = Plan(DatabaseKind.ClusterReader, At("10.20.0.1", "10.20.0.2"), LongAgo, Target("10.20.0.2", "healthy"), Target("10.20.0.3", "healthy"));

        Assert.Equal("10.20.0.1", Assert.Single(plan.Register).Address);
        Assert.Equal("10.20.0.3", Assert.Single(plan.Deregister).Address);
    }

    [Theory]
    [InlineData("initial", false)]
    [InlineData("unhealthy", false)]
    [InlineData("healthy", true)]
    public void A_host_of_ones_own_is_left_only_for_one_that_is_healthy(string state, bool goes)
    {
        var plan = Plan(DatabaseKind.Host, At(New), LongAgo, Target(Old, "healthy"), Target(New, state));

        Assert.Equal(goes, plan.Deregister.Any(static target => target.Address == Old));
    }

    [Fact]
    public void The_last_target_that_could_serve_stays_when_the_new_one_does_not_answer()
    {
        var plan = Plan(DatabaseKind.Instance, At(New), LongAgo, Target(Old, "healthy"), Target(New, "unhealthy"));

        Assert.Equal("it is the last target that could serve", Assert.Single(plan.Leave).Reason);
        Assert.Empty(plan.Deregister);
    }

    [Fact]
    public void A_draining_target_is_no_registered_target()
    {
        var plan = Plan(DatabaseKind.Instance, At(Old), LongAgo, Target(Old, "draining"));

        Assert.Equal(Old, Assert.Single(plan.Register).Address);
        Assert.Empty(plan.Deregister);
        Assert.Empty(plan.Leave);
    }

    [Fact]
    public void The_same_address_on_another_port_is_another_target()
    {
        var plan = Plan(DatabaseKind.Instance, At(Old), LongAgo, Target(Old, "healthy", port: 5433));

        Assert.Equal((Old, 5432), Pair(Assert.Single(plan.Register)));
        Assert.Equal((Old, 5433), Pair(Assert.Single(plan.Deregister)));
    }

    [Fact]
    public void What_is_not_known_changes_nothing()
    {
        var plan = Plan(DatabaseKind.Instance, Whereabouts.Of([], new Doubt(SyncRule.NameWithoutAddress, "no such name")), LongAgo, Target(Old, "unhealthy"));

        Assert.True(plan.ChangesNothing);
        Assert.Equal(SyncRule.NameWithoutAddress, Assert.Single(plan.Refusals).Rule);
    }

    [Fact]
    public void With_one_reader_unknown_the_others_are_registered_and_none_removed()
    {
        var where = Whereabouts.Of([New], new Doubt(SyncRule.ResolverSilent, "ledger-2 did not answer"));

        var plan = Plan(DatabaseKind.ClusterReader, where, LongAgo, Target(Old, "healthy"));

        Assert.Equal(New, Assert.Single(plan.Register).Address);
        Assert.Empty(plan.Deregister);
    }

    [Fact]
    public void More_than_a_run_may_remove_is_refused_as_a_whole()
    {
        var four = Enumerable.Range(1, 4).Select(static i => Target($"10.20.0.{i}", "healthy")).Append(Target("10.20.0.9", "unhealthy"));

        var plan = Plan(DatabaseKind.ClusterReader, At(New), LongAgo, [.. four, Target(New, "healthy")]);

        Assert.Equal("10.20.0.9", Assert.Single(plan.Deregister).Address);
        Assert.Equal(4, plan.Leave.Length);
        Assert.Equal(SyncRule.TooManyRemovals, Assert.Single(plan.Refusals).Rule);
    }

    [Fact]
    public void What_serves_nobody_does_not_count_against_the_limit()
    {
        var serving = Enumerable.Range(1, 3).Select(static i => Target($"10.20.0.{i}", "healthy"));
        var sick = Enumerable.Range(4, 3).Select(static i => Target($"10.20.0.{i}", "unhealthy"));

        var plan = Plan(DatabaseKind.ClusterReader, At(New), LongAgo, [.. serving, .. sick, Target(New, "healthy")]);

        Assert.Equal(6, plan.Deregister.Length);
        Assert.Empty(plan.Refusals);
    }

    [Fact]
    public void A_standbys_address_stays_apart_from_what_is_left_for_now()
    {
        var plan = WithStandby(DatabaseKind.Instance, Target(Old, "unhealthy"), Target(New, "healthy"));

        Assert.True(plan.ChangesNothing);
        Assert.Empty(plan.Leave);
        Assert.Equal((Old, 5432), Pair(Assert.Single(plan.Keep)));
    }

    [Fact]
    public void A_standby_that_answers_while_the_primary_does_too_is_none()
    {
        var plan = WithStandby(DatabaseKind.Instance, Target(Old, "healthy"), Target(New, "healthy"));

        Assert.Equal(Old, Assert.Single(plan.Deregister).Address);
        Assert.Empty(plan.Keep);
    }

    [Theory]
    [InlineData("initial", "none of the new targets is healthy yet")]
    [InlineData("unhealthy", "it is the last target that could serve")]
    public void A_standby_that_has_taken_over_before_its_name_has_moved_stays(string primary, string reason)
    {
        var plan = WithStandby(DatabaseKind.Instance, Target(Old, "healthy"), Target(New, primary));

        Assert.True(plan.ChangesNothing);
        Assert.Equal(reason, Assert.Single(plan.Leave).Reason);
    }

    [Fact]
    public void At_another_port_or_of_a_cluster_there_is_no_standby()
    {
        Assert.Equal((Old, 5433), Pair(Assert.Single(WithStandby(DatabaseKind.Instance, Target(Old, "unhealthy", port: 5433), Target(New, "healthy")).Deregister)));
        Assert.Single(WithStandby(DatabaseKind.ClusterReader, Target(Old, "unhealthy"), Target(New, "healthy")).Deregister);
        Assert.Single(WithStandby(DatabaseKind.ClusterWriter, Target(Old, "unhealthy"), Target(New, "healthy")).Deregister);
    }

    private static SyncPlan WithStandby(DatabaseKind kind, params ImmutableArray<TargetState> registered) =>
        SyncPlan.For(new(kind, 5432, At(New), LongAgo, registered, Standby: Old), SyncLimits.Default);

    private static SyncPlan Plan(DatabaseKind kind, Whereabouts where, TimeSpan heldFor, params ImmutableArray<TargetState> registered) =>
        SyncPlan.For(new(kind, 5432, where, heldFor, registered), SyncLimits.Default);

    private static Whereabouts At(params string[] addresses) => Whereabouts.Of(addresses);

    private static TargetState Target(string address, string state, int port = 5432) => new(address, port, state, "", "");

    private static (string Address, int Port) Pair(TargetDecision target) => (target.Address, target.Port);
}
