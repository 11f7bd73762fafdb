using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class SyncRoundTests
{
    [Fact]
    public void Up_to_two_hundred_groups_every_run_looks_at_all()
    {
        var groups = Settled(200);

        Assert.Equal(groups.Select(static group => group.Arn), Order(groups, Groups.Noon).Select(static group => group.Arn));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1500)]
    public void Above_that_they_take_turns_and_each_is_seen_within_five_minutes(int count)
    {
        var groups = Settled(count);

        var runs = Enumerable.Range(0, 5).Select(minute => Order(groups, Groups.Noon.AddMinutes(minute))).ToArray();

        Assert.Equal(count, runs.SelectMany(static run => run).Select(static group => group.Arn).Distinct().Count());
        Assert.All(runs, run => Assert.InRange(run.Length, 1, Math.Max(200, count / 5)));
    }

    [Fact]
    public void A_doubt_and_a_move_of_minutes_ago_are_not_settled()
    {
        var groups = Settled(1000);
        groups[701] = groups[701].SeenAt("10.20.0.1", Groups.Noon.AddMinutes(-2)).ToldThat(SyncMood.Following);
        var where = Where(groups).SetItem(groups[900].Arn, Whereabouts.Of(["10.20.0.1"], new Doubt(SyncRule.ResolverSilent, "")));

        var round = SyncRound.Order([.. groups], where, Groups.Noon);

        Assert.Equal([groups[701].Arn, groups[900].Arn], round.Take(2).Select(static group => group.Arn));
    }

    [Fact]
    public void What_moved_comes_first_whoevers_turn_it_is_and_then_what_is_not_settled()
    {
        var groups = Settled(1000);
        var troubled = groups[700] = groups[700].ToldThat(SyncMood.Unhealthy);
        var moved = groups[901];
        var where = Where(groups).SetItem(moved.Arn, Whereabouts.Of(["10.20.9.9"]));

        for (var minute = 0; minute < 5; minute++)
            Assert.Equal([moved.Arn, troubled.Arn], SyncRound.Order([.. groups], where, Groups.Noon.AddMinutes(minute)).Take(2).Select(static group => group.Arn));
    }

    [Fact]
    public void A_standby_whose_interface_may_be_gone_is_looked_at_in_every_run_after_those_whose_turn_it_is()
    {
        var groups = Settled(1000);
        groups[950] = groups[950] with { KeepsStandby = true, Places = new(new("eni-2", "10.20.0.1"), new("eni-1", "10.20.0.9")) };
        groups[951] = groups[951] with { KeepsStandby = true, Places = new(new("eni-3", "10.20.0.1"), null) };
        groups[952] = groups[952] with { Places = groups[950].Places };

        var runs = Enumerable.Range(0, 5).Select(minute => Order(groups, Groups.Noon.AddMinutes(minute))).ToArray();

        Assert.All(runs, run => Assert.Contains(groups[950], run));
        Assert.Equal(4, runs.Count(run => run[^1] == groups[950] && run.Length == 201));
    }

    [Fact]
    public void What_a_run_had_no_time_for_comes_before_the_next_ones_turn()
    {
        var groups = Settled(1000);
        var cut = Order(groups, Groups.Noon);
        var at = Array.FindIndex(groups, group => group.Arn == cut[120].Arn);
        groups[at] = groups[at] with { Next = Groups.Noon };

        var next = Order(groups, Groups.Noon.AddMinutes(1));

        Assert.Equal(cut[120..].Select(static group => group.Arn), next.Take(80).Select(static group => group.Arn));
        Assert.Equal(280, next.Length);
    }

    [Fact]
    public void When_more_are_in_trouble_than_a_run_can_look_at_all_of_them_have_their_turn()
    {
        var groups = Settled(1000).Select(static group => group.ToldThat(SyncMood.Unhealthy)).ToArray();
        var looked = new HashSet<string>(StringComparer.Ordinal);
        for (var minute = 0; minute < 4; minute++)
        {
            var round = Order(groups, Groups.Noon.AddMinutes(minute));
            looked.UnionWith(round.Take(300).Select(static group => group.Arn));
            var next = Array.FindIndex(groups, group => group.Arn == round[300].Arn);
            groups[next] = groups[next] with { Next = Groups.Noon.AddMinutes(minute) };
        }

        Assert.Equal(1000, looked.Count);
    }

    [Fact]
    public void A_note_of_long_ago_moves_nothing()
    {
        var groups = Settled(10);
        groups[5] = groups[5] with { Next = Groups.Noon.AddMinutes(-5) };

        Assert.Equal(groups.Select(static group => group.Arn), Order(groups, Groups.Noon).Select(static group => group.Arn));
    }

    private static ImmutableArray<SyncedGroup> Order(SyncedGroup[] groups, DateTimeOffset now) => SyncRound.Order([.. groups], Where(groups), now);

    private static ImmutableDictionary<string, Whereabouts> Where(SyncedGroup[] groups) =>
        groups.ToImmutableDictionary(static group => group.Arn, static _ => Whereabouts.Of(["10.20.0.1"]));

    private static SyncedGroup[] Settled(int count) =>
    [
        .. Enumerable.Range(0, count).Select(static i => Groups.Of("orders-prod", "orders-prod.example", arn: i.ToString("arn:0000", CultureInfo.InvariantCulture))
            .SeenAt("10.20.0.1", Groups.Noon.AddDays(-1)).ToldThat(SyncMood.Following)),
    ];
}
