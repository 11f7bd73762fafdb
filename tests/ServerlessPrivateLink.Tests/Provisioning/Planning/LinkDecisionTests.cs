using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

public class LinkDecisionTests
{
    [Fact]
    public void A_link_that_nothing_speaks_against_is_planned()
    {
        var plan = Account.Decide(Account.Facts).Plan!;

        Assert.Equal(("orders", Account.VpcId, "10.0.0.0/16"), (plan.Link, plan.VpcId, Assert.Single(plan.VpcCidrs)));
        Assert.Equal(["eu-central-1a", "eu-central-1b", "eu-central-1c"], plan.Subnets.Select(subnet => subnet.Zone));
        var exposure = Assert.Single(plan.Exposures);
        Assert.Equal(("orders-prod", 5432, 5432, "sg-orders"), (exposure.Database, exposure.Port, exposure.ListenerPort, Assert.Single(exposure.SecurityGroupIds)));
        Assert.Equal("orders-prod.abc.eu-central-1.rds.amazonaws.com", Assert.Single(exposure.Hosts));
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void The_same_account_gives_the_same_plan_in_whatever_order_it_is_read()
    {
        var facts = Two() with { SecurityGroups = [new("sg-b", Account.Id, []), new("sg-a", Account.Id, []), new("sg-orders", Account.Id, [])] };
        facts = facts with { Databases = [Account.Postgres with { SecurityGroupIds = ["sg-b", "sg-a"] }, facts.Databases[1]] };
        var turned = facts with
        {
            Subnets = [.. facts.Subnets.Reverse()],
            SecurityGroups = [.. facts.SecurityGroups.Reverse()],
            Databases =
            [
                Account.Postgres with { SecurityGroupIds = ["sg-a", "sg-b"], Places = [.. Account.Postgres.Places.Reverse()] },
                Account.Aurora with { Port = 5433, Instances = [.. Account.Aurora.Instances.Reverse()] },
            ],
        };

        Assert.Equal(Text(Account.Decide(facts, TwoLinks()).Plan!), Text(Account.Decide(turned, TwoLinks()).Plan!));
    }

    [Fact]
    public void Ports_that_clash_by_what_rds_says_are_refused_with_a_free_one()
    {
        var facts = Two() with { Databases = [Account.Postgres, Account.Aurora] };

        var refusal = Assert.Single(Account.Decide(facts, TwoLinks()).Refusals);

        Assert.Equal((RefusalCode.ListenerPortTaken, "$.databases[1].listenerPort"), (refusal.Code, refusal.Path));
        Assert.Contains("\"listenerPort\": 5433", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_speaks_against_a_link_is_told_at_once()
    {
        var facts = Two() with { Databases = [new FoundDatabase.Missing(["orders-prod"], null), Account.Aurora with { Status = "stopped" }], Standing = StandingLink.None with { Balancer = Account.Balancer("pl-x", isOurs: false) } };

        var decision = Account.Decide(facts, TwoLinks());

        Assert.Null(decision.Plan);
        Assert.Equal([RefusalCode.DatabaseNotFound, RefusalCode.DatabaseNotAvailable, RefusalCode.NameTaken], decision.Refusals.Select(refusal => refusal.Code));
        var message = new LinkRefusedException(decision.Refusals).Message;
        Assert.All(decision.Refusals, refusal => Assert.Contains(refusal.Reason, message, StringComparison.Ordinal));
        Assert.All(decision.Refusals, refusal => Assert.Contains(refusal.Remedy, message[message.IndexOf(RefusedException.RemedyMark, StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    [Fact]
    public void A_database_that_cannot_be_linked_is_one_reason_and_its_subnets_are_none()
    {
        Assert.Equal(RefusalCode.DatabaseNotFound, Assert.Single(Account.Decide(Account.Facts with { Databases = [new FoundDatabase.Missing([], null)] }).Refusals).Code);
        Assert.Equal(RefusalCode.DatabaseInOtherVpc, Assert.Single(Account.Decide(Account.Facts with { Databases = [Account.Postgres with { VpcId = "vpc-0b2" }] }).Refusals).Code);
        Assert.Equal(RefusalCode.DatabaseWithoutWriter, Assert.Single(Account.Decide(
            Account.Facts with { Databases = [Account.Aurora with { VpcId = "", Places = [], Instances = [] }] },
            Account.Link with { Databases = [Account.Cluster("ledger", DatabaseKind.ClusterWriter)] }).Refusals).Code);
    }

    [Fact]
    public void A_vpc_that_is_gone_is_the_one_reason() =>
        Assert.Equal(RefusalCode.VpcNotFound, Assert.Single(Account.Decide(Account.Facts with { Vpc = null }).Refusals).Code);

    [Fact]
    public void Foreign_regions_of_all_consumers_are_supported_and_the_stacks_own_needs_no_word()
    {
        var rule = new AcceptanceRule(Acceptance.Auto, null, ["eu-central-1", "us-east-1"], null, []);
        var link = Account.Link with { Consumers = [new("arn:aws:iam::000000000001:root", "000000000001", rule), new("arn:aws:iam::000000000002:root", "000000000002", rule with { Regions = ["eu-west-1", "us-east-1"] })] };

        Assert.Equal(["eu-west-1", "us-east-1"], Account.Decide(Account.Facts, link).Plan!.SupportedRegions.ToArray());
    }

    [Fact]
    public void Slips_about_consumers_are_warnings()
    {
        var rule = new AcceptanceRule(Acceptance.Auto, null, ["eu-centrl-1"], null, []);
        var link = Account.Link with { Consumers = [new("arn:aws:iam::000000000001:root", "000000000001", rule), new("arn:aws:iam::000000000001:role/x", "000000000001", rule)] };

        Assert.Collection(Account.Decide(Account.Facts, link).Plan!.Warnings,
            whole => Assert.Contains("narrows nothing", whole, StringComparison.Ordinal),
            region => Assert.Contains("did you mean \"eu-central-1\"?", region, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("network-load-balancers", 50, 0, "$.name")]
    [InlineData("target-groups", 0, 3000, "$.name")]
    public void A_quota_that_would_be_passed_is_refused(string quota, int balancers, int groups, string path)
    {
        var refusal = Assert.Single(Account.Decide(Account.Facts with { Quotas = Account.Facts.Quotas with { LoadBalancers = balancers, TargetGroups = groups } }).Refusals);

        Assert.Equal((RefusalCode.QuotaPassed, path), (refusal.Code, refusal.Path));
        Assert.Contains(quota, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_stands_takes_nothing_more_of_a_full_quota()
    {
        var standing = new StandingLink(Account.Balancer("pl-orders"), [new("pl-orders-tg", IsOurs: true)], new("pl-orders", IsOurs: true));

        Assert.NotNull(Account.Decide(Account.Facts with { Standing = standing, Quotas = Account.Facts.Quotas with { LoadBalancers = 50, TargetGroups = 3000 } }).Plan);
    }

    [Fact]
    public void A_target_of_every_reader_counts()
    {
        var facts = Account.Facts with { Databases = [Account.Aurora], Quotas = Account.Facts.Quotas with { Limits = ImmutableDictionary<string, int>.Empty.Add("targets-per-availability-zone-per-network-load-balancer", 1) } };

        Assert.Equal("$.databases", Assert.Single(Account.Decide(facts, Account.Link with { Databases = [Account.Cluster("ledger", DatabaseKind.ClusterReader)] }).Refusals).Path);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void What_others_made_under_the_links_names_is_refused(bool balancer, bool targetGroup, bool securityGroup)
    {
        var standing = new StandingLink(
            balancer ? Account.Balancer("pl-1", isOurs: false) : null,
            targetGroup ? [new("pl-2", IsOurs: false)] : [],
            securityGroup ? new("pl-3", IsOurs: false) : null);

        Assert.Equal(RefusalCode.NameTaken, Assert.Single(Account.Decide(Account.Facts with { Standing = standing }).Refusals).Code);
    }

    private static Link TwoLinks() => Account.Link with { Databases = [Account.Instance("orders-prod"), Account.Cluster("ledger", DatabaseKind.ClusterReader)] };

    private static AccountFacts Two() => Account.Facts with { Databases = [Account.Postgres, Account.Aurora with { Port = 5433 }] };

    private static string Text(LinkPlan plan) => System.Text.Json.JsonSerializer.Serialize(plan);
}
