using System.Collections.Immutable;
using System.Text.Json;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class FollowProgressTests
{
    private static readonly SyncedGroup Group = Groups.Of("orders-prod", "orders-prod.example").SeenAt("10.20.0.1", Groups.Noon.AddDays(-1));

    [Fact]
    public void The_first_run_looks_at_once() => Assert.True(At(null, "10.20.0.1", 0).IsLookDue(Groups.Noon));

    [Fact]
    public void While_nothing_moves_nothing_is_looked_at_until_ten_minutes_have_passed()
    {
        var progress = Looked(At(null, "10.20.0.1", 0), 0);

        var later = At(progress, "10.20.0.1", 599);

        Assert.False(later.IsLookDue(After(599)));
        Assert.False(later.IsDone(Groups.Noon, After(599)));
        Assert.True(later.IsDone(Groups.Noon, After(600)));
    }

    [Fact]
    public void A_move_is_looked_at_and_over_once_it_has_held_a_minute()
    {
        var progress = At(Looked(At(null, "10.20.0.1", 0), 0), "10.20.0.2", 90);

        Assert.True(progress.IsLookDue(After(90)));
        progress = Looked(progress, 90);
        Assert.False(progress.IsDone(Groups.Noon, After(149)));
        Assert.True(progress.IsDone(Groups.Noon, After(150)));
    }

    [Fact]
    public void A_database_that_had_moved_before_the_first_run_has_moved()
    {
        var progress = Looked(At(null, "10.20.0.2", 0), 0);

        Assert.True(progress.IsDone(Groups.Noon, After(60)));
    }

    [Fact]
    public void A_name_that_flaps_back_starts_the_minute_again()
    {
        var progress = Looked(At(Looked(At(null, "10.20.0.1", 0), 0), "10.20.0.2", 60), 60);
        progress = Looked(At(progress, "10.20.0.1", 70), 70);
        progress = Looked(At(progress, "10.20.0.2", 80), 80);

        Assert.False(progress.IsDone(Groups.Noon, After(139)));
        Assert.True(progress.IsDone(Groups.Noon, After(140)));
    }

    [Fact]
    public void As_long_as_an_old_target_has_to_go_the_following_goes_on()
    {
        var progress = At(Looked(At(null, "10.20.0.1", 0), 0), "10.20.0.2", 10);
        var leaves = new SyncPlan([], [], [new("10.20.0.1", 5432, "the database has moved only just now")], [], []);

        progress = Looked(progress, 10, leaves);

        Assert.False(progress.IsDone(Groups.Noon, After(100)));
        Assert.False(progress.IsLookDue(After(11)));
        Assert.True(progress.IsLookDue(After(18)));
    }

    [Fact]
    public void What_a_rule_refuses_to_remove_holds_nothing_up()
    {
        var refused = new SyncPlan([], [], [new("10.20.0.1", 5432, "more than one run may remove")], [], [new(SyncRule.TooManyRemovals, "")]);

        var progress = Looked(At(Looked(At(null, "10.20.0.1", 0), 0), "10.20.0.2", 10), 10, refused);

        Assert.True(progress.IsDone(Groups.Noon, After(70)));
    }

    [Fact]
    public void A_standby_that_is_kept_holds_nothing_up()
    {
        var kept = new SyncPlan([], [], [], [new("10.20.0.1", 5432, "it is the standby's address")], []);

        var progress = Looked(At(Looked(At(null, "10.20.0.1", 0), 0), "10.20.0.2", 10), 10, kept);

        Assert.True(progress.IsDone(Groups.Noon, After(70)));
    }

    [Fact]
    public void What_is_carried_along_knows_the_places_of_its_standby()
    {
        var places = new NotedPlaces(new("eni-2", "10.20.0.2"), new("eni-1", "10.20.0.1"));

        var progress = At(null, "10.20.0.2", 10).Looked([new(Group, Group.Seen, SyncMood.Following, [], "", Plan: null, After(10), Places: places)], Registrations.None, After(10));

        Assert.Equal(places, progress.Groups!.Value.Single().Places);
    }

    [Fact]
    public void What_is_carried_along_knows_since_since_when_the_database_has_been_where_it_is()
    {
        var moved = new Sighting("10.20.0.2", After(10));

        var progress = At(null, "10.20.0.2", 10).Looked([new(Group, moved, SyncMood.Following, [], "", Plan: null, After(10))], Registrations.None, After(10));

        Assert.Equal(moved, progress.Groups!.Value.Single().Seen);
    }

    [Fact]
    public void What_could_not_be_registered_yet_is_tried_at_the_next_beat()
    {
        var progress = At(null, "10.20.0.2", 10).Looked([Busy(Group)], Registrations.None, After(10));

        Assert.True(progress.IsLookDue(After(10) + FollowProgress.Beat));
        Assert.False(progress.IsDone(Groups.Noon, After(200)));
    }

    [Fact]
    public void What_could_not_be_registered_three_times_makes_way_and_a_move_makes_it_urgent_again()
    {
        var progress = At(null, "10.20.0.2", 10);
        var due = new List<bool>();
        for (var refused = 0; refused < 5; refused++) due.Add((progress = progress.Looked([Busy(Group)], Registrations.None, After(10))).IsLookDue(After(13)));

        Assert.Equal([true, true, true, false, false], due);
        Assert.True(At(progress, "10.20.0.3", 11).Looked([Busy(Group)], Registrations.None, After(11)).IsLookDue(After(13)));
        Assert.False(progress.Looked([Busy(Groups.Of("ledger/writer"))], Registrations.None, After(10)).IsLookDue(After(13)));
    }

    [Fact]
    public void What_was_registered_is_known_until_all_the_rest_is_seen_to()
    {
        var registered = Registrations.None.With(new(Group.Arn, Groups.Noon, "where", After(10), [new("10.20.0.2", 5432, "the database is there")]));
        var waits = Busy(Group) with { Plan = SyncPlan.Registered(registered.All[0].Targets) };

        var progress = At(null, "10.20.0.2", 10).Looked([waits], registered, After(10));

        Assert.Equal(registered.All.Single(), progress.Registered!.All.Single());
        Assert.Empty(progress.Looked([new(Group, Group.Seen, SyncMood.Following, [], "", Plan: null, After(12))], registered, After(12)).Registered!.All);
    }

    [Fact]
    public void An_event_that_could_not_be_noted_is_noted_later()
    {
        var looks = ImmutableArray.Create(new GroupLook(Group, Group.Seen, SyncMood.Following, [], "", new([], [], [], [], []), After(0)));
        var progress = At(null, "10.20.0.1", 0).Looked(looks, Registrations.None, After(0));

        var (noted, not) = (progress.Noted(isDone: true, looks, After(0)), progress.Noted(isDone: false, looks, After(0)));

        Assert.Equal((true, false), (noted.IsEventNoted, noted.IsLookDue(After(30))));
        Assert.Equal((false, false, true), (not.IsEventNoted, not.IsLookDue(After(3)), not.IsLookDue(After(30))));
    }

    [Fact]
    public void A_following_that_an_older_version_began_goes_on()
    {
        var old = JsonSerializer.Deserialize<FollowProgress>($$"""{ "Groups": null, "Baseline": "a", "Present": "a", "Since": "{{Groups.Noon:O}}", "LookAt": null }""", Strict)!;

        Assert.Equal((null, 0, false), (old.Registered, old.Refused, old.IsEventNoted));
    }

    [Fact]
    public void What_is_left_to_do_for_a_writer_is_tried_at_the_next_beat() =>
        Assert.True(At(null, "10.20.0.2", 10).Looked([Busy(Groups.Of("ledger/writer")) with { Plan = SyncPlan.Registered([]) }], Registrations.None, After(10)).IsLookDue(After(10) + FollowProgress.Beat));

    [Fact]
    public void What_is_registered_makes_way_for_other_databases_and_each_comes_back_at_its_own_time()
    {
        ImmutableArray<FollowProgress> all = [.. Enumerable.Range(0, 100).Select(one => At(null, "10.20.0.2", 10).Looked([Busy(Group with { Arn = $"{Groups.Arn}{one}" }) with { Plan = SyncPlan.Registered([]) }], Registrations.None, After(10)))];

        Assert.DoesNotContain(all, static progress => progress.IsLookDue(After(13)));
        Assert.All(all, static progress => Assert.True(progress.IsLookDue(After(30))));
        Assert.InRange(all.Count(static progress => progress.IsLookDue(After(22))), 25, 75);
    }

    [Fact]
    public void A_handful_of_groups_is_carried_along_and_a_crowd_is_not()
    {
        Assert.Single(At(null, "10.20.0.1", 0).Groups!.Value);
        Assert.Null(FollowProgress.After(null, [.. Enumerable.Repeat(Group, 21)], Where("10.20.0.1"), Groups.Noon).Groups);
    }

    // As it is read: what is required of a record must be there.
    private static readonly JsonSerializerOptions Strict = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private static GroupLook Busy(SyncedGroup group) => GroupLook.Busy(group, new AwsBusyException("RegisterTargets", "Throttling"), After(10));

    private static FollowProgress At(FollowProgress? before, string address, int seconds) => FollowProgress.After(before, [Group], Where(address), After(seconds));

    private static FollowProgress Looked(FollowProgress progress, int seconds, SyncPlan? plan = null) =>
        progress.Looked([new(Group, Group.Seen, SyncMood.Following, [], "", plan ?? new([], [], [], [], []), After(seconds))], Registrations.None, After(seconds));

    private static ImmutableDictionary<string, Whereabouts> Where(string address) =>
        ImmutableDictionary<string, Whereabouts>.Empty.Add(Group.Arn, Whereabouts.Of([address]));

    private static DateTimeOffset After(int seconds) => Groups.Noon.AddSeconds(seconds);
}
