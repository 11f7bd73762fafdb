using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class TargetGroupPlanTests
{
    private static readonly string Name = ResourceName.TargetGroup("prod", "orders", "orders-prod", 5432);

    [Fact]
    public void A_missing_group_is_created_with_tags_that_say_what_it_is_for()
    {
        var group = Assert.Single(Between([Samples.Instance()]).Create);

        Assert.Equal(Name, group.Name);
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [ResourceTags.Stack] = "prod",
                [ResourceTags.Link] = "orders",
                [ResourceTags.Database] = "orders-prod",
                [ResourceTags.Port] = "5432",
                [ResourceTags.Host] = "orders-prod.example",
                [ResourceTags.Standby] = "",
            },
            group.Tags);
    }

    [Fact]
    public void A_clusters_group_names_no_host_because_the_writer_moves()
    {
        var writer = new Exposure("ledger/writer", DatabaseKind.ClusterWriter, ["ledger-1.example"], 3306, 3306, [], [], KeepsStandby: false);

        Assert.DoesNotContain(ResourceTags.Host, Assert.Single(Between([writer]).Create).Tags.Keys);
    }

    [Fact]
    public void Whether_a_standby_is_kept_is_told_to_the_sync_and_taken_back_again()
    {
        var kept = Samples.Instance() with { KeepsStandby = true };
        var tags = Assert.Single(Between([kept]).Create).Tags;

        Assert.Equal("keep", tags[ResourceTags.Standby]);
        Assert.Equal(
            [KeyValuePair.Create(ResourceTags.Standby, "")],
            Between([Samples.Instance()], new FoundTargetGroup(Name, "arn:tg", TargetGroupPlan.Check, tags.ToImmutableDictionary())).Retag["arn:tg"]);
    }

    [Fact]
    public void A_group_of_the_link_stays()
    {
        var plan = Between([Samples.Instance()], new FoundTargetGroup(Name, "arn:tg", TargetGroupPlan.Check, Samples.Ours));

        Assert.Empty(plan.Create);
        Assert.Empty(plan.Leftovers);
        Assert.Equal("arn:tg", plan.Existing[Name]);
    }

    [Fact]
    public void A_health_check_that_somebody_changed_is_put_back()
    {
        var changed = TargetGroupPlan.Check with { IntervalSeconds = 30 };

        Assert.Equal(["arn:tg"], Between([Samples.Instance()], new FoundTargetGroup(Name, "arn:tg", changed, Samples.Ours)).PutBack.AsEnumerable());
        Assert.Empty(Between([Samples.Instance()], new FoundTargetGroup(Name, "arn:tg", TargetGroupPlan.Check, Samples.Ours)).PutBack);
        Assert.Empty(Between([Samples.Instance()], new FoundTargetGroup("another", "arn:tg", changed, Samples.Ours)).PutBack);
    }

    [Fact]
    public void Tags_that_the_sync_goes_by_are_put_right_and_no_others()
    {
        var wanted = Assert.Single(TargetGroupPlan.Wanted(Samples.Us, [Samples.Instance()])).Tags.ToImmutableDictionary();

        Assert.Empty(Found(wanted.Add("owner", "finance")).Retag);
        Assert.Equal("5432", Assert.Single(Found(wanted.SetItem(ResourceTags.Port, "1")).Retag["arn:tg"]).Value);
        Assert.Equal(ResourceTags.Host, Assert.Single(Found(wanted.Remove(ResourceTags.Host)).Retag["arn:tg"]).Key);

        static TargetGroupPlan Found(ImmutableDictionary<string, string> tags) => Between([Samples.Instance()], new FoundTargetGroup(Name, "arn:tg", TargetGroupPlan.Check, tags));
    }

    [Fact]
    public void A_hosts_blocks_are_kept_for_the_sync()
    {
        var host = new Exposure("pg.corp.example", DatabaseKind.Host, ["pg.corp.example"], 5432, 5432, [], ["10.9.0.0/16", "10.8.0.0/16"], KeepsStandby: false);

        Assert.Equal("10.9.0.0/16 10.8.0.0/16", Assert.Single(Between([host]).Create).Tags[ResourceTags.AllowedCidrs]);
    }

    [Fact]
    public void One_database_behind_two_listeners_is_one_group() =>
        Assert.Single(Between([Samples.Instance(), Samples.Instance() with { ListenerPort = 6432 }]).Create);

    [Fact]
    public void A_group_of_that_name_without_our_tags_is_refused()
    {
        var taken = Assert.Throws<NameTakenException>(() => Between([Samples.Instance()], new FoundTargetGroup(Name, "arn:tg", TargetGroupPlan.Check, Samples.Foreign)));

        Assert.Contains(Name, taken.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_document_no_longer_asks_for_is_left_over()
    {
        var plan = Between(
            [Samples.Instance()],
            new FoundTargetGroup(Name, "arn:tg", TargetGroupPlan.Check, Samples.Ours),
            new FoundTargetGroup("pl-old", "arn:old", TargetGroupPlan.Check, Samples.Ours),
            new FoundTargetGroup("pl-others", "arn:others", TargetGroupPlan.Check, Samples.Foreign));

        Assert.Equal([new("arn:old", "pl-old")], plan.Leftovers.AsEnumerable());
    }

    [Fact]
    public void Only_attributes_that_differ_are_set()
    {
        var right = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["deregistration_delay.timeout_seconds"] = "0",
            ["deregistration_delay.connection_termination.enabled"] = "true",
            ["preserve_client_ip.enabled"] = "false",
            ["stickiness.enabled"] = "false",
        };

        Assert.Empty(TargetGroupPlan.DifferingAttributes(right));
        right["deregistration_delay.timeout_seconds"] = "300";
        Assert.Equal(["deregistration_delay.timeout_seconds"], TargetGroupPlan.DifferingAttributes(right).Keys);
    }

    [Fact]
    public void Health_is_checked_as_fast_as_the_api_allows_and_times_out_within_the_interval()
    {
        Assert.Equal((5, 2, 2), (TargetGroupPlan.Check.IntervalSeconds, TargetGroupPlan.Check.HealthyThreshold, TargetGroupPlan.Check.UnhealthyThreshold));
        Assert.InRange(TargetGroupPlan.Check.TimeoutSeconds, 2, TargetGroupPlan.Check.IntervalSeconds - 1);
    }

    private static TargetGroupPlan Between(ImmutableArray<Exposure> exposures, params FoundTargetGroup[] found) =>
        TargetGroupPlan.Between(Samples.Us, TargetGroupPlan.Wanted(Samples.Us, exposures), [.. found]);
}
