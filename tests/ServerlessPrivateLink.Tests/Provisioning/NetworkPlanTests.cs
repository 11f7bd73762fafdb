using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class NetworkPlanTests
{
    private static readonly FoundLoadBalancer Right = new(
        [new("eu-central-1b", "subnet-b"), new("eu-central-1a", "subnet-a")],
        ["sg-us"],
        "off",
        "true");

    [Fact]
    public void A_load_balancer_that_is_right_is_left_alone() => AssertNothing(Plan(Right));

    [Fact]
    public void A_new_zone_joins_the_subnets_that_are_there() =>
        Assert.Equal(["subnet-a", "subnet-b"], Plan(Right with { Zones = [new("eu-central-1b", "subnet-b")] }).Subnets.AsEnumerable());

    [Fact]
    public void Which_subnet_a_zone_has_is_the_plan_s_word() =>
        Assert.Equal(
            ["subnet-a", "subnet-b"],
            Plan(Right with { Zones = [new("eu-central-1a", "subnet-old"), new("eu-central-1b", "subnet-b")] }).Subnets.AsEnumerable());

    [Fact]
    public void Enforcement_that_is_on_is_turned_off_and_no_group_is_lost() =>
        Assert.Equal(["sg-other", "sg-us"], Plan(Right with { SecurityGroupIds = ["sg-other", "sg-us"], PrivateLinkEnforcement = "on" }).SecurityGroups.AsEnumerable());

    [Fact]
    public void Cross_zone_is_turned_on() => Assert.True(Plan(Right with { CrossZone = "false" }).TurnCrossZoneOn);

    [Fact]
    public void A_database_s_groups_admit_the_load_balancer_s_group()
    {
        var rule = Assert.Single(IngressPlan.Wanted(Ingress.SecurityGroup, [Samples.Instance(groups: "sg-db")], "sg-us", Samples.Subnets));

        Assert.Equal(new("sg-db", 5432, "sg-us", SourceIsGroup: true, "orders-prod"), rule);
    }

    [Fact]
    public void By_the_vendor_guides_they_admit_each_subnet_s_block() =>
        Assert.Equal(
            ["10.0.0.0/24", "10.0.1.0/24"],
            IngressPlan.Wanted(Ingress.SubnetCidrs, [Samples.Instance(groups: "sg-db")], "sg-us", Samples.Subnets).Select(static rule => rule.Source));

    [Fact]
    public void A_rule_that_stands_is_not_added_whoever_made_it() =>
        Assert.Empty(Between(Found("sgr-1", "sg-us", Samples.Foreign)).Add);

    [Fact]
    public void A_rule_for_another_port_source_or_protocol_is_another_rule()
    {
        Assert.Single(Between(Found("sgr-1", "sg-us", Samples.Ours) with { ToPort = 5433 }).Add);
        Assert.Single(Between(Found("sgr-1", "sg-them", Samples.Ours)).Add);
        Assert.Single(Between(Found("sgr-1", "sg-us", Samples.Ours) with { Protocol = "udp" }).Add);
    }

    [Fact]
    public void Two_databases_with_one_group_and_port_need_one_rule()
    {
        var wanted = IngressPlan.Wanted(Ingress.SecurityGroup, [Samples.Instance("a", 5432, "sg-db"), Samples.Instance("b", 5432, "sg-db")], "sg-us", Samples.Subnets);

        Assert.Single(IngressPlan.Between(Samples.Us, wanted, []).Add);
    }

    [Fact]
    public void Rules_of_the_link_that_nobody_asks_for_are_named_and_others_are_not()
    {
        var plan = Between(Found("sgr-old", "10.0.0.0/24", Samples.Ours), Found("sgr-them", "10.9.0.0/24", Samples.Foreign));

        Assert.Equal("ingress rule sgr-old of sg-db (10.0.0.0/24, port 5432)", $"{Assert.Single(plan.Leftovers)}");
    }

    [Fact]
    public void A_port_without_a_listener_gets_one_and_one_that_leads_elsewhere_is_turned()
    {
        ImmutableArray<ExposedTargetGroup> wanted = [Samples.Group(arn: "arn:a"), Samples.Group("other", 3306, 3307, "arn:b")];

        var plan = ListenerPlan.Between(Samples.Us, wanted, [new("arn:listener", 5432, "arn:old", Samples.Ours), new("arn:left", 9999, "arn:x", Samples.Ours)]);

        Assert.Equal([wanted[1]], plan.Create.AsEnumerable());
        Assert.Equal([new("arn:listener", "arn:old", wanted[0], IsNoted: false)], plan.Turn.AsEnumerable());
        Assert.Equal([new("arn:left", 9999)], plan.Leftovers.AsEnumerable());
        Assert.True(ListenerPlan.Between(Samples.Us, wanted, [new("l1", 5432, "arn:a", Samples.Ours), new("l2", 3307, "arn:b", Samples.Ours)]) is { Create: [], Turn: [], Leftovers: [], Foreign: [] });
    }

    [Fact]
    public void A_listener_that_is_not_the_link_s_is_never_left_over()
    {
        var plan = ListenerPlan.Between(Samples.Us, [Samples.Group()], [new("l1", 5432, "arn:tg", Samples.Ours), new("l2", 9999, "arn:x", Samples.Foreign), new("l3", 9998, "arn:x", ImmutableDictionary<string, string>.Empty)]);

        Assert.Empty(plan.Leftovers);
        Assert.Equal([9998, 9999], plan.Foreign.AsEnumerable());
    }

    private static LoadBalancerPlan Plan(FoundLoadBalancer found) => LoadBalancerPlan.Between(Samples.Subnets, ["sg-us"], found);

    private static void AssertNothing(LoadBalancerPlan plan)
    {
        Assert.Empty(plan.Subnets);
        Assert.Empty(plan.SecurityGroups);
        Assert.False(plan.TurnCrossZoneOn);
    }

    private static FoundRule Found(string id, string source, ImmutableDictionary<string, string> tags) => new(id, "sg-db", "tcp", 5432, 5432, source, tags);

    private static IngressPlan Between(params FoundRule[] found) =>
        IngressPlan.Between(Samples.Us, IngressPlan.Wanted(Ingress.SecurityGroup, [Samples.Instance(groups: "sg-db")], "sg-us", Samples.Subnets), [.. found]);
}
