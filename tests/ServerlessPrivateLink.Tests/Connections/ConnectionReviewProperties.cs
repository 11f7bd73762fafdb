using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ServerlessPrivateLink.Connections;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;
using static ServerlessPrivateLink.Tests.Connections.Requests;

namespace ServerlessPrivateLink.Tests.Connections;

public sealed class ConnectionReviewProperties
{
    private static readonly Gen<string> Account = Gen.Elements(Named, "210987654321", Stranger);

    private static readonly Gen<AcceptanceRule> Rule =
        from accept in Gen.Elements(Acceptance.Auto, Acceptance.Auto, Acceptance.Ask, Acceptance.Never)
        from most in Gen.Elements<int?>(null, null, 1, 2, 3)
        from regions in Gen.SubListOf("eu-west-1", "us-east-1")
        from until in Gen.Elements<DateOnly?>(null, null, Today.AddDays(-1), Today)
        from endpoints in Gen.Elements<ImmutableArray<string>>([], [], [Pending(1).EndpointId, Pending(2).EndpointId])
        select new AcceptanceRule(accept, most, [.. regions], until, endpoints);

    private static readonly Gen<FoundPermission> AnyPermission =
        from account in Account
        from rule in Rule
        from owner in Gen.Elements(Samples.Us, Samples.Us, Samples.Us with { Link = "other" }, Samples.Us with { Stack = "test" })
        from broken in Gen.Elements<string?>(null, null, null, ResourceTags.Accept, ResourceTags.Until)
        let tags = ConsumerPlan.AllTags(owner, rule).ToImmutableDictionary(StringComparer.Ordinal)
        select Permission(rule, account) with { Tags = broken is null ? tags : tags.SetItem(broken, "?") };

    private static readonly Gen<Connection> AnyConnection =
        from number in Gen.Choose(1, 12)
        from account in Account
        from phase in Gen.Elements(Enum.GetValues<ConnectionPhase>().Append(ConnectionPhase.Pending))
        from region in Gen.Elements(Region, Region, "eu-west-1")
        from minute in Gen.Choose(0, 3)
        from person in Gen.Elements<string?>(null, null, null, "somebody")
        select Pending(number, account) with { Phase = phase, Region = region, CreatedAt = Now.AddMinutes(minute), Notes = ConnectionNotes.None with { Override = person } };

    private static readonly Gen<(ImmutableArray<FoundPermission> Permissions, ImmutableArray<Connection> Connections)> Worlds =
        from permissions in AnyPermission.ListOf()
        from connections in AnyConnection.ListOf()
        select (permissions.DistinctBy(static one => (one.Principal, one.Tags[ResourceTags.Link])).ToImmutableArray(), connections.DistinctBy(static one => one.EndpointId).ToImmutableArray());

    [Fact]
    public void Nothing_is_accepted_for_an_account_that_the_link_does_not_name() => Holds(static (permissions, decisions) => decisions
        .Where(static decision => decision.Verdict is Verdict.Accept)
        .All(decision => permissions.Any(permission => permission.AccountId == decision.Connection.Owner && Samples.Us.Owns(permission.Tags))));

    [Fact]
    public void Nothing_is_accepted_but_what_waits_and_is_within_every_word_of_its_rule() => Holds(static (permissions, decisions) => decisions
        .Where(static decision => decision.Verdict is Verdict.Accept)
        .All(decision => RuleOf(permissions, decision.Connection.Owner) is { Accept: Acceptance.Auto } rule
            && decision.Connection.Phase is ConnectionPhase.Pending
            && !(rule.Until < Today)
            && (decision.Connection.Region == Region || rule.Regions.Contains(decision.Connection.Region))
            && (rule.EndpointIds.IsEmpty || rule.EndpointIds.Contains(decision.Connection.EndpointId))));

    [Fact]
    public void No_account_gets_more_places_than_its_limit() => Holds(static (permissions, decisions) => decisions
        .GroupBy(static decision => decision.Connection.Owner)
        .All(account => RuleOf(permissions, account.Key)?.MaxConnections is not { } most
            || account.All(static decision => decision.Verdict is not Verdict.Accept)
            || account.Count(static decision => decision.Verdict is Verdict.Accept || decision.Connection.Phase is ConnectionPhase.Established) <= most));

    [Fact]
    public void A_free_place_is_given_to_somebody_who_may_have_it() => Holds(static (permissions, decisions) => decisions
        .Where(static decision => decision.Rule is ReviewRule.OverLimit)
        .All(refused => decisions.Count(decision => decision.Connection.Owner == refused.Connection.Owner
            && (decision.Verdict is Verdict.Accept || decision.Connection.Phase is ConnectionPhase.Established)) >= RuleOf(permissions, refused.Connection.Owner)!.MaxConnections));

    [Fact]
    public void What_stands_is_cut_only_when_its_time_is_over() => Holds(static (permissions, decisions) => decisions
        .Where(static decision => decision.Verdict is Verdict.Reject && decision.Connection.Phase is ConnectionPhase.Established)
        .All(decision => RuleOf(permissions, decision.Connection.Owner)?.Until < Today && decision.Connection.Notes.Override is null));

    [Fact]
    public void The_order_of_the_connections_does_not_matter() => Prop.ForAll(Worlds.ToArbitrary(), static world =>
    {
        var rules = ConsumerRules.Of(Samples.Us, world.Permissions);

        Assert.Equal(
            Review(rules, world.Connections).Decide().OrderBy(static decision => decision.Connection.EndpointId, StringComparer.Ordinal),
            Review(rules, [.. world.Connections.Reverse()]).Decide().OrderBy(static decision => decision.Connection.EndpointId, StringComparer.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_that_is_written_to_tags_is_read_from_them() => Prop.ForAll(Rule.ToArbitrary(), static rule =>
    {
        var read = RuleTags.Read(RuleTags.Of(rule).ToImmutableDictionary(static tag => tag.Key, static tag => tag.Value, StringComparer.Ordinal));

        Assert.Equal(RuleTags.Of(rule).AsEnumerable(), RuleTags.Of(read!).AsEnumerable());
        Assert.Equal((rule.Accept, rule.MaxConnections, rule.Until), (read!.Accept, read.MaxConnections, read.Until));
    }).QuickCheckThrowOnFailure();

    private static AcceptanceRule? RuleOf(ImmutableArray<FoundPermission> permissions, string account) => ConsumerRules.Of(Samples.Us, permissions).For(account);

    private static void Holds(Func<ImmutableArray<FoundPermission>, ImmutableArray<Decision>, bool> property) => Prop.ForAll(
        Worlds.ToArbitrary(),
        world => property(world.Permissions, Review(ConsumerRules.Of(Samples.Us, world.Permissions), world.Connections).Decide())).QuickCheckThrowOnFailure();
}
