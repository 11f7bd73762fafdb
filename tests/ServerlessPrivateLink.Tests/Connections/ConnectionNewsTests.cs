using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;
using static ServerlessPrivateLink.Tests.Connections.Requests;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class ConnectionNewsTests
{
    private static readonly AcceptanceRule Ask = Auto with { Accept = Acceptance.Ask };

    [Fact]
    public void What_was_accepted_is_told_and_once_only()
    {
        var news = News(Decide(Auto, Pending()))!;

        Assert.Equal(("connection.accepted", Severity.Info, "orders"), (news.Alert.Event, news.Alert.Severity, news.Alert.Link));
        Assert.Contains(Pending().EndpointId, news.Alert.Sentence, StringComparison.Ordinal);
        Assert.Null(News(Decide(Auto, Pending() with { Notes = Noted(told: news.Note) })));
    }

    [Fact]
    public void What_is_flagged_is_told_once_and_reminded_of_daily()
    {
        var first = News(Decide(Ask, Pending()))!;
        var flagged = Decide(Ask, Pending() with { Notes = Noted(told: first.Note) });

        Assert.Equal("connection.flagged", first.Alert.Event);
        Assert.Null(News(flagged, Now.AddHours(23.9)));
        var second = News(flagged, Now.AddHours(24))!;
        Assert.Equal("yes", second.Alert.Facts["reminder"]);
        Assert.NotEqual(first.Alert.Id, second.Alert.Id);
        Assert.Equal(Now.AddHours(24), second.Note.At);
    }

    [Fact]
    public void A_flag_for_another_reason_is_told()
    {
        var first = News(Decide(Ask, Pending()))!;

        Assert.Equal("OverLimit", News(Decide(Auto with { MaxConnections = 1 }, Pending() with { Notes = Noted(told: first.Note) }, Established(2)))!.Alert.Facts["rule"]);
    }

    [Fact]
    public void A_decision_that_a_dead_review_carried_out_is_told_by_the_next()
    {
        var decided = new ConnectionNote(Verdict.Accept, ReviewRule.WithinRule, Now.AddMinutes(-5));

        var news = News(Decide(Auto, Established() with { Notes = Noted(decided) }))!;

        Assert.Equal("connection.accepted", news.Alert.Event);
        Assert.Equal(decided, news.Note);
        Assert.Equal(News(Decide(Auto, Pending()))!.Alert.Id, news.Alert.Id);
        Assert.Null(News(Decide(Auto, Established() with { Notes = Noted(decided, decided) })));
    }

    [Fact]
    public void A_decision_that_was_never_carried_out_is_not_told()
    {
        var decided = new ConnectionNote(Verdict.Reject, ReviewRule.Never, Now.AddMinutes(-5));

        Assert.Null(News(Decide(Auto, Established() with { Notes = Noted(decided) })));
        Assert.NotNull(News(Decide(Auto, Pending() with { Phase = ConnectionPhase.Rejected, Notes = Noted(decided) })));
    }

    [Fact]
    public void What_nobody_decided_is_not_told()
    {
        Assert.Null(News(Decide(Auto, Established())));
        Assert.Null(News(Decide(Auto, Pending() with { Phase = ConnectionPhase.Rejected })));
    }

    [Theory]
    [InlineData("Accept:WithinRule=2026-11-21T12:00:00.000Z", true)]
    [InlineData("Accept:WithinRule=", false)]
    [InlineData("Accept=2026-11-21T12:00:00.000Z", false)]
    [InlineData("17:WithinRule=2026-11-21T12:00:00.000Z", false)]
    [InlineData("Accept:99=2026-11-21T12:00:00.000Z", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_note_is_read_as_it_was_written_and_anything_else_is_none(string? text, bool isNote)
    {
        var note = ConnectionNote.Read(text);

        Assert.Equal(isNote, note is not null);
        if (note is not null) Assert.Equal(text, note.Text);
    }

    private static ConnectionNews? News(Decision decision, DateTimeOffset? at = null) => ConnectionNews.Of(new("vpce-svc-1", Samples.Us), decision, at ?? Now);

    private static ConnectionNotes Noted(ConnectionNote? decided = null, ConnectionNote? told = null) => new(Owner: true, decided, told, null);
}
