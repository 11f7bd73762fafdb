using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class WhereaboutsRuleTests
{
    private static readonly ImmutableArray<string> Vpc = ["10.20.0.0/16", "100.64.0.0/16"];

    [Fact]
    public void A_clusters_writer_is_asked_by_its_own_name()
    {
        var hosts = WhereaboutsRule.HostsOf(Groups.Of("ledger/writer"), Ledger(Member("one", writes: false), Member("two", writes: true), Member("three", writes: false)));

        Assert.Equal(["two.example"], hosts.Hosts.ToArray());
        Assert.Empty(hosts.Doubts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Without_exactly_one_writer_nothing_is_known(int writers)
    {
        var hosts = WhereaboutsRule.HostsOf(Groups.Of("ledger/writer"), Ledger(Member("one", writers > 0), Member("two", writers > 1)));

        Assert.Empty(hosts.Hosts);
        Assert.Equal(SyncRule.DatabaseUnknown, Assert.Single(hosts.Doubts).Rule);
    }

    [Fact]
    public void Readers_are_all_asked_and_one_without_a_name_is_a_doubt()
    {
        var hosts = WhereaboutsRule.HostsOf(Groups.Of("ledger/reader"), Ledger(Member("two", writes: true), Member("three", writes: false), Member("one", writes: false), new("new", null, false)));

        Assert.Equal(["one.example", "three.example"], hosts.Hosts.ToArray());
        Assert.Equal("new has no endpoint yet", Assert.Single(hosts.Doubts).Reason);
    }

    [Fact]
    public void Without_readers_the_writer_answers_for_them() =>
        Assert.Equal(["two.example"], WhereaboutsRule.HostsOf(Groups.Of("ledger/reader"), Ledger(Member("two", writes: true))).Hosts.ToArray());

    [Fact]
    public void A_cluster_without_members_is_a_doubt() =>
        Assert.Equal("the cluster ledger has no member", Assert.Single(WhereaboutsRule.HostsOf(Groups.Of("ledger/reader"), Ledger()).Doubts).Reason);

    [Theory]
    [InlineData(true, "10.20.0.1 10.20.0.2", "10.20.0.2", "10.20.0.1")]
    [InlineData(false, "10.20.0.1", "10.20.0.2")]
    [InlineData(false, "10.20.0.1", "10.20.0.1", "10.20.0.2")]
    [InlineData(false, "10.20.0.1")]
    [InlineData(false, "sha256:0123", "10.20.0.1")]
    public void A_database_is_as_seen_where_every_answer_is_what_was_noted(bool expected, string seen, params string[] addresses)
    {
        var group = Groups.Of("orders-prod", "one.example").SeenAt(seen, Groups.Noon);

        Assert.Equal(expected, WhereaboutsRule.IsAsSeen(group, new(["one.example"], []), new Dictionary<string, HostAnswer> { ["one.example"] = new("one.example", [.. addresses], "") }));
    }

    [Fact]
    public void A_database_of_which_anything_is_open_is_not_as_seen()
    {
        var group = Groups.Of("orders-prod", "one.example").SeenAt("10.20.0.1", Groups.Noon);
        var answers = new Dictionary<string, HostAnswer> { ["one.example"] = new("one.example", ["10.20.0.1"], ""), ["two.example"] = new("two.example", ["10.20.0.1"], "it timed out", Silent: true) };

        Assert.False(WhereaboutsRule.IsAsSeen(group, new(["one.example"], [new(SyncRule.DatabaseUnknown, "")]), answers));
        Assert.False(WhereaboutsRule.IsAsSeen(group, new(["one.example", "two.example"], []), answers));
        Assert.False(WhereaboutsRule.IsAsSeen(group, new(["one.example", "three.example"], []), answers));
        Assert.False(WhereaboutsRule.IsAsSeen(group with { Seen = null }, new(["one.example"], []), answers));
    }

    [Fact]
    public void What_RDS_left_open_is_still_open_when_all_names_have_answered()
    {
        var doubt = new Doubt(SyncRule.DatabaseUnknown, "new has no endpoint yet");

        var where = WhereaboutsRule.Of(Groups.Of("ledger/reader"), new(["one.example"], [doubt]), new Dictionary<string, HostAnswer> { ["one.example"] = new("one.example", ["10.20.0.1"], "") }, Vpc);

        Assert.Equal(["10.20.0.1"], where.Addresses.ToArray());
        Assert.Equal(doubt, Assert.Single(where.Doubts));
    }

    [Fact]
    public void A_cluster_that_RDS_does_not_know_is_a_doubt() =>
        Assert.Equal(SyncRule.DatabaseUnknown, Assert.Single(WhereaboutsRule.HostsOf(Groups.Of("other/writer"), Ledger()).Doubts).Rule);

    [Theory]
    [InlineData("52.1.2.3", SyncRule.AddressNotAllowed)]
    [InlineData("127.0.0.1", SyncRule.AddressNotAllowed)]
    [InlineData("169.254.1.1", SyncRule.AddressNotAllowed)]
    [InlineData("10.21.0.1", SyncRule.AddressNotAllowed)]
    [InlineData("fd00::1", SyncRule.NameWithoutAddress)]
    public void An_address_where_the_database_cannot_be_is_not_taken(string address, SyncRule rule)
    {
        var where = Of(new HostAnswer("pg.corp.example", [address], ""));

        Assert.Empty(where.Addresses);
        Assert.Equal(rule, Assert.Single(where.Doubts).Rule);
    }

    [Fact]
    public void A_stranger_among_the_addresses_spoils_the_answer_and_no_other()
    {
        var answers = new HostAnswer[] { new("one.example", ["10.20.0.1", "8.8.8.8"], ""), new("two.example", ["10.20.0.2"], "") };
        var asked = new HostsToAsk(["one.example", "two.example"], []);

        var where = WhereaboutsRule.Of(Groups.Of("ledger/reader"), asked, answers.ToDictionary(static answer => answer.Host), Vpc);

        Assert.Equal(["10.20.0.2"], where.Addresses.ToArray());
        Assert.Equal(SyncRule.AddressNotAllowed, Assert.Single(where.Doubts).Rule);
    }

    [Fact]
    public void Secondary_blocks_of_the_VPC_and_the_hosts_own_blocks_are_allowed()
    {
        Assert.Equal(["100.64.3.4"], Of(new HostAnswer("pg.corp.example", ["100.64.3.4"], "")).Addresses.ToArray());
        Assert.Equal(["10.9.0.5"], WhereaboutsRule.Of(
            Groups.Of("pg.corp.example", "pg.corp.example") with { AllowedCidrs = ["10.9.0.0/16"] },
            new(["pg.corp.example"], []),
            new Dictionary<string, HostAnswer> { ["pg.corp.example"] = new("pg.corp.example", ["10.9.0.5"], "") },
            Vpc).Addresses.ToArray());
    }

    [Fact]
    public void Silence_no_such_name_and_a_forgotten_name_are_told_apart()
    {
        Assert.Equal(SyncRule.ResolverSilent, Assert.Single(Of(new HostAnswer("pg.corp.example", [], "DNS did not answer in time", Silent: true)).Doubts).Rule);
        Assert.Equal(new(SyncRule.NameWithoutAddress, "pg.corp.example: no such name"), Assert.Single(Of(new HostAnswer("pg.corp.example", [], "no such name")).Doubts));
        Assert.Equal(SyncRule.NameWithoutAddress, Assert.Single(Of(new HostAnswer("pg.corp.example", [], "")).Doubts).Rule);
        Assert.Equal(SyncRule.ResolverSilent, Assert.Single(Of(new HostAnswer("another.example", ["10.20.0.1"], "")).Doubts).Rule);
    }

    private static Whereabouts Of(HostAnswer answer) => WhereaboutsRule.Of(
        Groups.Of("pg.corp.example", "pg.corp.example"),
        new(["pg.corp.example"], []),
        new Dictionary<string, HostAnswer> { [answer.Host] = answer },
        Vpc);

    private static Dictionary<string, FoundCluster> Ledger(params FoundMember[] members) => new() { ["ledger"] = new("ledger", [.. members]) };

    private static FoundMember Member(string name, bool writes) => new(name, $"{name}.example", writes);
}
