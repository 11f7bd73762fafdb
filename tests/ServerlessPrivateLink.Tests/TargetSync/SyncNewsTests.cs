using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class SyncNewsTests
{
    private static readonly SyncedGroup Settled = Groups.Of("orders-prod", "orders-prod.example").SeenAt("10.20.0.1", Groups.Noon).ToldThat(SyncMood.Following);

    [Fact]
    public void While_nothing_changes_nothing_is_told()
    {
        Assert.Null(SyncNews.Of(Look(Settled, SyncMood.Following)));
        Assert.Null(SyncNews.Of(Look(Settled.ToldThat(SyncMood.Refused, SyncRule.ResolverSilent), SyncMood.Refused, SyncRule.ResolverSilent)));
        Assert.Null(SyncNews.Of(Look(Settled.ToldThat(SyncMood.Unhealthy), SyncMood.Unhealthy)));
        Assert.Null(SyncNews.Of(Look(Settled.ToldThat(SyncMood.Failed), SyncMood.Failed)));
    }

    [Fact]
    public void A_link_that_is_followed_for_the_first_time_is_noted_and_not_told()
    {
        var look = Look(Settled with { Told = null }, SyncMood.Following);

        Assert.Null(SyncNews.Of(look));
        Assert.True(SyncNews.IsDue(look));
    }

    [Theory]
    [InlineData(SyncMood.Refused, "sync.refused", Severity.Warning)]
    [InlineData(SyncMood.Unhealthy, "targets.unhealthy", Severity.Critical)]
    [InlineData(SyncMood.Failed, "sync.failed", Severity.Critical)]
    public void Each_trouble_is_told_when_it_begins_and_when_it_ends(SyncMood mood, string name, Severity severity)
    {
        var begins = SyncNews.Of(Look(Settled, mood, SyncRule.NameWithoutAddress))!;
        var ends = SyncNews.Of(Look(Settled.ToldThat(mood, mood is SyncMood.Refused ? SyncRule.NameWithoutAddress : null), SyncMood.Following))!;

        Assert.Equal((name, severity, "orders"), (begins.Event, begins.Severity, begins.Link));
        Assert.Equal(("sync.recovered", Severity.Info), (ends.Event, ends.Severity));
        Assert.NotEmpty(begins.Remedy);
    }

    [Fact]
    public void Another_rule_is_another_trouble() =>
        Assert.Equal("sync.refused", SyncNews.Of(Look(Settled.ToldThat(SyncMood.Refused, SyncRule.ResolverSilent), SyncMood.Refused, SyncRule.AddressNotAllowed))!.Event);

    [Fact]
    public void What_an_earlier_run_registered_is_told_with_the_seconds_until_then()
    {
        var look = Look(Settled, SyncMood.Following) with
        {
            Seen = new("10.20.0.2", Groups.Noon),
            At = Groups.Noon.AddMinutes(1),
            Event = Groups.Noon.AddSeconds(-5),
            RegisteredAt = Groups.Noon,
        };

        Assert.Equal("5.0", SyncNews.Of(look)!.Facts["secondsSinceEvent"]);
    }

    [Fact]
    public void A_move_is_told_with_where_from_where_to_and_how_long_after_the_event()
    {
        var look = Look(Settled, SyncMood.Following) with
        {
            Seen = new("10.20.0.2", Groups.Noon.AddMinutes(1)),
            Plan = new([new("10.20.0.2", 5432, "")], [], [], [new("10.20.0.1", 5432, "")], []),
            At = Groups.Noon.AddMinutes(1),
            Event = Groups.Noon.AddSeconds(55),
        };

        var alert = SyncNews.Of(look)!;

        Assert.Equal("targets.changed", alert.Event);
        Assert.Equal(
            ("10.20.0.1", "10.20.0.2", "10.20.0.2:5432", "none", "10.20.0.1:5432", "5.0"),
            (alert.Facts["wasAt"], alert.Facts["isAt"], alert.Facts["registered"], alert.Facts["removed"], alert.Facts["keptStandby"], alert.Facts["secondsSinceEvent"]));
    }

    [Fact]
    public void A_double_has_the_same_id_and_a_second_change_another()
    {
        var first = Look(Settled, SyncMood.Unhealthy);
        var back = Look(Settled with { Told = first.Note }, SyncMood.Following) with { At = Groups.Noon.AddMinutes(2) };
        var again = Look(Settled with { Told = back.Note }, SyncMood.Unhealthy) with { At = Groups.Noon.AddMinutes(3) };

        Assert.Equal(SyncNews.Of(first)!.Id, SyncNews.Of(first with { At = Groups.Noon.AddMinutes(9) })!.Id);
        Assert.NotEqual(SyncNews.Of(first)!.Id, SyncNews.Of(again)!.Id);
    }

    private static GroupLook Look(SyncedGroup group, SyncMood mood, SyncRule? rule = null) => new(
        group,
        group.Seen,
        mood,
        mood is SyncMood.Refused ? [new Doubt(rule ?? SyncRule.ResolverSilent, "why")] : [],
        mood is SyncMood.Failed ? "AwsBusyException" : "",
        Plan: null,
        Groups.Noon);
}
