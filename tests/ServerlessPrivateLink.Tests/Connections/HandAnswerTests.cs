using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;
using static ServerlessPrivateLink.Tests.Connections.Requests;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class HandAnswerTests
{
    private const string Anna = "arn:aws:sts::111122223333:assumed-role/operators/anna";

    private static readonly HandAnswer Accept = new(Answer.Accept, Override: false, Withdraw: false, "they called", Anna);
    private static readonly HandAnswer Reject = Accept with { Verdict = Answer.Reject };

    public static TheoryData<AcceptanceRule, ReviewRule> AgainstRule => new()
    {
        { Auto with { Accept = Acceptance.Never }, ReviewRule.Never },
        { Auto with { Until = Today.AddDays(-1) }, ReviewRule.Expired },
        { Auto with { EndpointIds = ["vpce-0fffffffffffffff0"] }, ReviewRule.OtherEndpoint },
        { Auto with { Accept = Acceptance.Ask, EndpointIds = ["vpce-0fffffffffffffff0"] }, ReviewRule.OtherEndpoint },
        { Auto with { MaxConnections = 1 }, ReviewRule.OverLimit },
        { Auto with { Accept = Acceptance.Ask, MaxConnections = 1 }, ReviewRule.OverLimit },
    };

    [Theory]
    [InlineData(Acceptance.Auto)]
    [InlineData(Acceptance.Ask)]
    public void Within_the_rules_a_person_accepts_without_more_words(Acceptance accept) => Assert.Equal(Deed.Accept, Of(Accept, Auto with { Accept = accept }, Pending()));

    [Theory]
    [MemberData(nameof(AgainstRule))]
    public void Against_a_rule_it_takes_the_word_override_and_the_refusal_names_the_rule(AcceptanceRule rule, ReviewRule name)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var refused = Assert.Throws<AgainstRuleException>(() => Of(Accept, rule, Pending(), Established(2)));

        Assert.Contains($"The rule {name} ", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("--override", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(Deed.Override, Of(Accept with { Override = true }, rule, Pending(), Established(2)));
    }

    [Fact]
    public void An_account_that_the_link_does_not_name_or_has_no_clear_rule_for_needs_an_override()
    {
        var unclear = Permission(Auto) with { Tags = Permission(Auto).Tags.Remove(ResourceTags.Until) };

        Assert.Contains("OwnerNotNamed", Assert.Throws<AgainstRuleException>(() => Of(Accept, Auto, Pending(owner: Stranger))).Reason, StringComparison.Ordinal);
        Assert.Contains("RuleUnclear", Assert.Throws<AgainstRuleException>(() => Accept.Decide(Review(ConsumerRules.Of(Samples.Us, [unclear]), Pending()), Pending())).Reason, StringComparison.Ordinal);
        Assert.Contains("OtherRegion", Assert.Throws<AgainstRuleException>(() => Of(Accept, Auto, Pending() with { Region = "us-east-1" })).Reason, StringComparison.Ordinal);
        Assert.Equal(Deed.Override, Of(Accept with { Override = true }, Auto, Pending(owner: Stranger)));
    }

    [Fact]
    public void Who_is_asked_may_choose_the_later_of_two_that_wait() =>
        Assert.Equal(Deed.Accept, Of(Accept, Auto with { Accept = Acceptance.Ask, MaxConnections = 1 }, Pending(2), Pending(1)));

    [Fact]
    public void An_override_that_no_rule_needs_is_none() => Assert.Equal(Deed.Accept, Of(Accept with { Override = true }, Auto, Pending()));

    [Fact]
    public void What_is_connected_stays_or_is_kept_against_the_rules()
    {
        Assert.Equal(Deed.Nothing, Of(Accept, Auto, Established()));
        Assert.Equal(Deed.Nothing, Of(Accept, Auto, Overridden(Established(owner: Stranger))));
        Assert.Throws<AgainstRuleException>(() => Of(Accept, Auto, Established(owner: Stranger)));
        Assert.Equal(Deed.Override, Of(Accept with { Override = true }, Auto, Established(owner: Stranger)));
    }

    [Fact]
    public void What_waits_and_what_is_connected_can_be_rejected()
    {
        Assert.Equal(Deed.Reject, Of(Reject, Auto, Pending()));
        Assert.Equal(Deed.Reject, Of(Reject, Auto, Overridden(Established(owner: Stranger))));
    }

    [Fact]
    public void Only_what_was_overridden_can_be_withdrawn()
    {
        Assert.Equal(Deed.Withdraw, Of(Accept with { Withdraw = true }, Auto, Overridden(Established(owner: Stranger))));
        Assert.Throws<NothingToWithdrawException>(() => Of(Accept with { Withdraw = true }, Auto, Established()));
    }

    [Theory]
    [InlineData(ConnectionPhase.Rejected)]
    [InlineData(ConnectionPhase.Over)]
    public void What_has_ended_is_answered_no_more(ConnectionPhase phase)
    {
        Assert.Throws<ConnectionEndedException>(() => Of(Accept, Auto, Pending() with { Phase = phase }));
        Assert.Throws<ConnectionEndedException>(() => Of(Reject, Auto, Pending() with { Phase = phase }));
    }

    [Fact]
    public void An_answer_that_contradicts_itself_names_the_field()
    {
        Assert.StartsWith("Override: ", Refusal(Reject with { Override = true }), StringComparison.Ordinal);
        Assert.StartsWith("Withdraw: ", Refusal(Reject with { Withdraw = true }), StringComparison.Ordinal);
        Assert.StartsWith("Withdraw: ", Refusal(Accept with { Override = true, Withdraw = true }), StringComparison.Ordinal);
        Assert.StartsWith("Who: ", Refusal(Accept with { Who = " \n" }), StringComparison.Ordinal);
        Assert.StartsWith("Reason: found 1001 ", Refusal(Accept with { Reason = new('x', 1001) }), StringComparison.Ordinal);
        Assert.Same(Accept, Accept.Checked());
    }

    [Theory]
    [InlineData(300, 256)]
    [InlineData(20, 96)]
    public void The_note_of_an_override_says_when_who_and_why_and_fits_a_tag(int letters, int length)
    {
        var note = (Accept with { Reason = new('x', letters) }).OverrideNote(Now);

        Assert.StartsWith($"2026-11-21T12:00:00Z {Anna}: xxx", note, StringComparison.Ordinal);
        Assert.Equal(length, note.Length);
    }

    [Fact]
    public void The_note_of_an_override_is_one_line_and_is_cut_between_letters()
    {
        var letters = (Accept with { Reason = "\n" + string.Concat(Enumerable.Repeat("\U0001F512", 200)) }).OverrideNote(Now);
        var shifted = (Accept with { Reason = "x" + string.Concat(Enumerable.Repeat("\U0001F512", 200)) }).OverrideNote(Now);

        Assert.All(new[] { letters, shifted }, static note =>
        {
            Assert.DoesNotContain(note, char.IsControl);
            Assert.False(char.IsHighSurrogate(note[^2]));
            Assert.InRange(note.Length, 255, 256);
        });
    }

    private static Deed Of(HandAnswer answer, AcceptanceRule rule, Connection connection, params Connection[] others) =>
        answer.Decide(Review(ConsumerRules.Of(Samples.Us, [Permission(rule)]), [connection, .. others]), connection).Deed;

    private static Connection Overridden(Connection connection) => connection with { Notes = connection.Notes with { Override = "Anna let it in" } };

    private static string Refusal(HandAnswer answer) => Assert.Throws<AnswerInvalidException>(answer.Checked).Reason;
}
