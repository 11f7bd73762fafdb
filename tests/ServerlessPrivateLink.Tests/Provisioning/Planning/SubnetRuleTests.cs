using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

public class SubnetRuleTests
{
    [Fact]
    public void Every_zone_of_the_databases_subnet_group_gets_one_of_its_subnets()
    {
        var (subnets, findings) = Choose(Account.Facts);

        Assert.Empty(findings);
        Assert.Equal(["subnet-db-a", "subnet-db-b", "subnet-db-c"], subnets);
    }

    [Fact]
    public void The_subnet_with_most_free_addresses_of_the_own_group_comes_first()
    {
        var places = Account.Postgres.Places.Add(new("subnet-db-a2", "eu-central-1a")).Add(new("subnet-db-a3", "eu-central-1a"));
        var facts = Account.Facts with
        {
            Databases = [Account.Postgres with { Places = places }],
            Subnets = Account.Facts.Subnets.Add(Account.Subnet("subnet-db-a3", "a", 150)).Add(Account.Subnet("subnet-db-a2", "a", 150)),
        };

        Assert.Equal("subnet-db-a2", Choose(facts).Subnets[0]);
    }

    [Fact]
    public void A_zone_whose_own_subnets_are_full_takes_the_stacks()
    {
        var (subnets, findings) = Choose(Account.Facts.With("subnet-db-b", subnet => subnet with { FreeAddresses = 7 }));

        Assert.Empty(findings);
        Assert.Equal(["subnet-db-a", "subnet-app-b", "subnet-db-c"], subnets);
    }

    [Fact]
    public void Eight_free_addresses_are_enough_and_seven_are_not()
    {
        Assert.Empty(Choose(Account.Facts.With("subnet-db-c", subnet => subnet with { FreeAddresses = 8 })).Findings);

        var refusal = Refuse(Account.Facts.With("subnet-db-c", subnet => subnet with { FreeAddresses = 7 }));
        Assert.Equal((RefusalCode.ZoneWithoutSubnet, "$.databases[0].instance"), (refusal.Code, refusal.Path));
        Assert.Contains("subnet-db-c has 7 free addresses", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_without_network_load_balancers_is_left_out_with_a_warning()
    {
        var places = Account.Postgres.Places.Add(new("subnet-local", "eu-central-1-ham-1a"));
        var facts = Account.Facts with { Databases = [Account.Postgres with { Places = places }], OtherZones = ["eu-central-1-ham-1a"] };

        var (subnets, findings) = Choose(facts);

        Assert.Equal(3, subnets.Length);
        Assert.Contains("eu-central-1-ham-1a", Assert.IsType<Finding.Warning>(Assert.Single(findings)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Subnets_of_another_account_are_refused_with_the_command_for_their_owner()
    {
        var refusal = Refuse(Account.Facts.With("subnet-db-c", subnet => subnet with { OwnerId = Account.Other }));

        Assert.Equal(RefusalCode.SubnetOfOtherAccount, refusal.Code);
        Assert.Contains($"account {Account.Other}", refusal.Remedy, StringComparison.Ordinal);
        Assert.Contains("sam deploy --region eu-central-1 --stack-name data --parameter-overrides VpcId=vpc-0a1 SubnetIds=subnet-db-c", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_way_to_the_internet_is_a_warning()
    {
        var (subnets, findings) = Choose(Account.Facts.With("subnet-db-a", subnet => subnet with { InternetGatewayId = "igw-1" }));

        Assert.Equal(3, subnets.Length);
        Assert.Contains("igw-1", Assert.IsType<Finding.Warning>(Assert.Single(findings)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_subnets_are_taken_as_they_are()
    {
        var facts = Account.Facts with { Subnets = Account.Facts.Subnets.Add(Account.Subnet("subnet-app-c", "c", 50)) };

        Assert.Equal(["subnet-app-a", "subnet-app-b", "subnet-app-c"], Choose(facts, "subnet-app-c", "subnet-app-a", "subnet-app-b").Subnets);
    }

    [Fact]
    public void Named_subnets_are_each_checked_and_each_zone_is_needed()
    {
        var facts = Account.Facts.With("subnet-app-a", subnet => subnet with { VpcId = "vpc-0b2" });
        facts = facts.With("subnet-db-b", subnet => subnet with { OwnerId = Account.Other });

        var findings = Choose(facts, "subnet-none", "subnet-app-a", "subnet-db-b", "subnet-db-a", "subnet-db-a").Findings.Cast<Finding.Refusal>();

        Assert.Equal(
            [
                (RefusalCode.SubnetNotFound, "$.subnetIds[0]"), (RefusalCode.SubnetInOtherVpc, "$.subnetIds[1]"), (RefusalCode.SubnetOfOtherAccount, "$.subnetIds[2]"),
                (RefusalCode.ZoneTwice, "$.subnetIds[4]"), (RefusalCode.ZoneWithoutSubnet, "$.subnetIds"),
            ],
            findings.Select(refusal => (refusal.Code, refusal.Path)));
    }

    [Fact]
    public void A_zone_keeps_the_subnet_that_it_has_even_when_it_is_full_by_now()
    {
        var facts = Standing(Account.Facts.With("subnet-app-a", subnet => subnet with { FreeAddresses = 0 }), "subnet-app-a", "subnet-db-b");

        var (subnets, findings) = Choose(facts);

        Assert.Empty(findings);
        Assert.Equal(["subnet-app-a", "subnet-db-b", "subnet-db-c"], subnets);
    }

    [Fact]
    public void A_zone_that_no_database_needs_any_more_is_kept()
    {
        var facts = Standing(Account.Facts with { Databases = [Account.Postgres with { Places = [Account.Postgres.Places[0]] }] }, "subnet-db-a", "subnet-db-b");

        Assert.Equal(["subnet-db-a", "subnet-db-b"], Choose(facts).Subnets);
    }

    [Fact]
    public void Named_subnets_swap_none_that_the_load_balancer_has()
    {
        var refusal = Refuse(Standing(Account.Facts, "subnet-db-a", "subnet-db-b", "subnet-db-c"), "subnet-app-a", "subnet-db-b", "subnet-db-c");

        Assert.Equal((RefusalCode.SubnetInUse, "$.subnetIds"), (refusal.Code, refusal.Path));
        Assert.StartsWith("Name subnet-db-a again.", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_subnets_may_add_a_zone_to_the_load_balancer() =>
        Assert.Empty(Choose(Standing(Account.Facts, "subnet-db-a", "subnet-db-b"), "subnet-db-a", "subnet-db-b", "subnet-db-c").Findings);

    [Fact]
    public void A_stranger_of_the_same_name_does_not_choose_the_subnets()
    {
        var facts = Account.Facts with { Standing = StandingLink.None with { Balancer = Account.Balancer("pl-orders", isOurs: false, "subnet-app-a") } };

        Assert.Equal("subnet-db-a", Choose(facts).Subnets[0]);
    }

    [Fact]
    public void Hosts_alone_take_the_stacks_subnets_and_are_refused_without_any()
    {
        var link = Account.Link with { Databases = [Account.Host("pg.example", 5432)] };
        var facts = Account.Facts with { Databases = [new FoundDatabase.Host()] };

        Assert.Equal(["subnet-app-a", "subnet-app-b"], SubnetRule.Choose(link, facts, Account.Stack).Subnets.Select(subnet => subnet.SubnetId));
        Assert.Equal("$.subnetIds", Assert.IsType<Finding.Refusal>(Assert.Single(SubnetRule.Choose(link, facts with { Subnets = [] }, Account.Stack).Findings)).Path);
    }

    private static AccountFacts Standing(AccountFacts facts, params string[] subnetIds) =>
        facts with { Standing = StandingLink.None with { Balancer = Account.Balancer("pl-orders", isOurs: true, subnetIds) } };

    private static (string[] Subnets, ImmutableArray<Finding> Findings) Choose(AccountFacts facts, params string[] named)
    {
        var choice = SubnetRule.Choose(Account.Link with { SubnetIds = [.. named] }, facts, Account.Stack);
        return ([.. choice.Subnets.Select(subnet => subnet.SubnetId)], choice.Findings);
    }

    private static Finding.Refusal Refuse(AccountFacts facts, params string[] named) => Assert.IsType<Finding.Refusal>(Assert.Single(Choose(facts, named).Findings));
}
