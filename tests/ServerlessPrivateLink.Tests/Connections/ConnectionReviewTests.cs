using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;
using static ServerlessPrivateLink.Tests.Connections.Requests;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class ConnectionReviewTests
{
    [Fact]
    public void A_request_within_its_rule_is_accepted() => Decides(Verdict.Accept, ReviewRule.WithinRule, Decide(Auto, Pending()));

    [Theory]
    [InlineData(Acceptance.Ask, Verdict.Flag, ReviewRule.AskFirst)]
    [InlineData(Acceptance.Never, Verdict.Reject, ReviewRule.Never)]
    public void A_request_is_answered_by_the_accounts_word(Acceptance accept, Verdict verdict, ReviewRule rule) =>
        Decides(verdict, rule, Decide(Auto with { Accept = accept }, Pending()));

    [Theory]
    [InlineData(-1, Verdict.Reject, ReviewRule.Expired)]
    [InlineData(0, Verdict.Accept, ReviewRule.WithinRule)]
    public void The_last_day_still_counts(int days, Verdict verdict, ReviewRule rule) =>
        Decides(verdict, rule, Decide(Auto with { Until = Today.AddDays(days) }, Pending()));

    [Fact]
    public void An_expired_rule_rejects_even_where_a_person_would_be_asked() =>
        Decides(Verdict.Reject, ReviewRule.Expired, Decide(Auto with { Accept = Acceptance.Ask, Until = Today.AddDays(-1) }, Pending()));

    [Theory]
    [InlineData("eu-central-1", Verdict.Accept, ReviewRule.WithinRule)]
    [InlineData("us-east-1", Verdict.Accept, ReviewRule.WithinRule)]
    [InlineData("eu-west-1", Verdict.Flag, ReviewRule.OtherRegion)]
    public void The_services_own_region_and_those_of_the_rule_are_allowed(string region, Verdict verdict, ReviewRule rule) =>
        Decides(verdict, rule, Decide(Auto with { Regions = ["us-east-1"] }, Pending() with { Region = region }));

    [Fact]
    public void Where_a_rule_lists_endpoints_only_these_are_accepted()
    {
        var rule = Auto with { EndpointIds = [Pending(1).EndpointId] };

        Decides(Verdict.Accept, ReviewRule.WithinRule, Decide(rule, Pending(1), Pending(2)));
        Decides(Verdict.Flag, ReviewRule.OtherEndpoint, Decide(rule, Pending(2), Pending(1)));
    }

    [Fact]
    public void Of_two_requests_for_one_place_the_earlier_gets_it()
    {
        var rule = Auto with { MaxConnections = 1 };

        Decides(Verdict.Accept, ReviewRule.WithinRule, Decide(rule, Pending(1), Pending(2)));
        Decides(Verdict.Flag, ReviewRule.OverLimit, Decide(rule, Pending(2), Pending(1)));
    }

    [Fact]
    public void Of_two_requests_of_one_instant_the_lower_id_gets_the_place()
    {
        var (rule, twin) = (Auto with { MaxConnections = 1 }, Pending(2) with { CreatedAt = Pending(1).CreatedAt });

        Decides(Verdict.Accept, ReviewRule.WithinRule, Decide(rule, Pending(1), twin));
        Decides(Verdict.Flag, ReviewRule.OverLimit, Decide(rule, twin, Pending(1)));
    }

    [Fact]
    public void What_is_connected_takes_a_place_whenever_it_was_asked_for() =>
        Decides(Verdict.Flag, ReviewRule.OverLimit, Decide(Auto with { MaxConnections = 1 }, Pending(1), Established(2)));

    [Fact]
    public void A_request_that_is_not_accepted_itself_takes_no_place() =>
        Decides(Verdict.Accept, ReviewRule.WithinRule, Decide(Auto with { MaxConnections = 1 }, Pending(2), Pending(1) with { Region = "eu-west-1" }));

    [Theory]
    [InlineData(ConnectionPhase.Over)]
    [InlineData(ConnectionPhase.Rejected)]
    public void What_has_ended_takes_no_place(ConnectionPhase phase) =>
        Decides(Verdict.Accept, ReviewRule.WithinRule, Decide(Auto with { MaxConnections = 1 }, Pending(2), Pending(1) with { Phase = phase }));

    [Fact]
    public void Another_accounts_connections_take_no_place() =>
        Decides(Verdict.Accept, ReviewRule.WithinRule, Decide(Auto with { MaxConnections = 1 }, Pending(2), Established(1, Stranger)));

    [Fact]
    public void A_lower_limit_and_a_never_cut_nothing_that_stands()
    {
        Decides(Verdict.Nothing, ReviewRule.WithinRule, Decide(Auto with { MaxConnections = 1 }, Established(1), Established(2)));
        Decides(Verdict.Nothing, ReviewRule.WithinRule, Decide(Auto with { Accept = Acceptance.Never }, Established()));
    }

    [Fact]
    public void A_connection_whose_time_is_over_is_cut() =>
        Decides(Verdict.Reject, ReviewRule.Expired, Decide(Auto with { Until = Today.AddDays(-1) }, Established()));

    [Fact]
    public void An_account_that_the_link_does_not_name_is_flagged_and_never_cut()
    {
        Decides(Verdict.Flag, ReviewRule.OwnerNotNamed, Decide(Auto, Pending(owner: Stranger)));
        Decides(Verdict.Flag, ReviewRule.OwnerNotNamed, Decide(Auto, Established(owner: Stranger)));
    }

    [Fact]
    public void What_a_person_let_in_against_the_rules_stays()
    {
        var overridden = Established(owner: Stranger) with { Notes = ConnectionNotes.None with { Override = "arn:aws:iam::111122223333:user/ada" } };

        Decides(Verdict.Nothing, ReviewRule.Overridden, Decide(Auto, overridden));
        Decides(Verdict.Nothing, ReviewRule.Overridden, Decide(Auto with { Until = Today.AddDays(-1) }, overridden with { Owner = Named }));
    }

    [Fact]
    public void An_override_does_not_let_in_what_waits() =>
        Decides(Verdict.Flag, ReviewRule.OwnerNotNamed, Decide(Auto, Pending(owner: Stranger) with { Notes = ConnectionNotes.None with { Override = "x" } }));

    [Fact]
    public void A_permission_without_the_links_tags_names_nobody()
    {
        var foreign = Permission(Auto) with { Tags = Permission(Auto).Tags.SetItem(ResourceTags.Link, "other") };

        Decides(Verdict.Flag, ReviewRule.OwnerNotNamed, Review(ConsumerRules.Of(Samples.Us, [foreign])).Decide(Pending()));
    }

    [Theory]
    [InlineData(ResourceTags.Accept, "yes")]
    [InlineData(ResourceTags.Accept, "")]
    [InlineData(ResourceTags.MaxConnections, "many")]
    [InlineData(ResourceTags.MaxConnections, "0")]
    [InlineData(ResourceTags.Until, "tomorrow")]
    [InlineData(ResourceTags.Until, null)]
    [InlineData(ResourceTags.Regions, null)]
    [InlineData(ResourceTags.Endpoints, null)]
    public void Half_a_rule_lets_nobody_in_and_cuts_nobody(string tag, string? value)
    {
        var permission = Permission(Auto with { Until = Today.AddDays(-1) });
        var rules = ConsumerRules.Of(Samples.Us, [permission with { Tags = value is null ? permission.Tags.Remove(tag) : permission.Tags.SetItem(tag, value) }]);

        Decides(Verdict.Flag, ReviewRule.RuleUnclear, Review(rules).Decide(Pending()));
        Assert.Equal(Verdict.Nothing, Review(rules).Decide(Established()).Verdict);
    }

    [Fact]
    public void Permissions_of_an_account_that_disagree_are_no_rule()
    {
        var rules = ConsumerRules.Of(Samples.Us, [Permission(Auto), Permission(Auto with { MaxConnections = 1 }, name: "role/reader")]);

        Decides(Verdict.Flag, ReviewRule.RuleUnclear, Review(rules).Decide(Pending()));
    }

    private static void Decides(Verdict verdict, ReviewRule rule, Decision decision)
    {
        Assert.Equal((verdict, rule), (decision.Verdict, decision.Rule));
        Assert.EndsWith(".", decision.Reason, StringComparison.Ordinal);
    }
}
