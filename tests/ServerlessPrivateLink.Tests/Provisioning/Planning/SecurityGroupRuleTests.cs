using System.Collections.Immutable;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

public class SecurityGroupRuleTests
{
    [Fact]
    public void One_group_of_this_account_is_opened_and_it_is_always_the_same()
    {
        var database = Account.Postgres with { SecurityGroupIds = ["sg-3", "sg-1", "sg-2"] };
        ImmutableArray<FoundSecurityGroup> groups = [new("sg-2", Account.Id, []), new("sg-3", Account.Id, []), new("sg-1", Account.Other, []), new("sg-0", Account.Id, [])];

        Assert.Equal("sg-2", Assert.Single(SecurityGroupRule.Opened(database, groups, Account.Stack)));
        Assert.Equal("sg-3", Assert.Single(SecurityGroupRule.Opened(database, groups, Listing("sg-3", "sg-0"))));
        Assert.Empty(SecurityGroupRule.Opened(database, groups, Listing("sg-0")));
    }

    [Fact]
    public void A_group_that_the_stack_may_not_open_is_refused_with_the_parameter_that_would_do()
    {
        var refusal = Assert.Single(LinkDecision.Of(Account.Link, Account.Facts, Listing("sg-other")).Refusals);

        Assert.Equal((RefusalCode.SecurityGroupNotListed, "$.databases[0].instance"), (refusal.Code, refusal.Path));
        Assert.EndsWith($"DatabaseSecurityGroups={Arn("sg-other")},{Arn("sg-orders")}", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_the_stack_may_not_open_and_that_admits_the_subnets_already_is_left_as_it_is()
    {
        var open = With(new FoundSecurityGroup("sg-orders", Account.Id, [new("tcp", 5432, 5432, ["10.0.0.0/16"], 0)]));

        var plan = LinkDecision.Of(Account.Link, open, Listing("sg-other")).Plan!;

        Assert.Empty(plan.Exposures[0].SecurityGroupIds);
        Assert.Contains("sg-orders is not among those", Assert.Single(plan.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_of_another_account_is_refused_with_the_command_for_its_owner()
    {
        var refusal = Assert.Single(Account.Decide(With(new FoundSecurityGroup("sg-orders", Account.Other, []))).Refusals);

        Assert.Equal((RefusalCode.SecurityGroupOfOtherAccount, "$.databases[0].instance"), (refusal.Code, refusal.Path));
        Assert.StartsWith($"Ask account {Account.Other} to run: aws ec2 authorize-security-group-ingress --region eu-central-1 --group-id sg-orders --ip-permissions 'IpProtocol=tcp,FromPort=5432,ToPort=5432,IpRanges=[{{CidrIp=10.0.", refusal.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp", 5432, 5432, "10.0.0.0/16", true)]
    [InlineData("tcp", 1, 65535, "0.0.0.0/0", true)]
    [InlineData("-1", null, null, "10.0.0.0/8", true)]
    [InlineData("udp", 5432, 5432, "10.0.0.0/16", false)]
    [InlineData("tcp", 5433, 5433, "10.0.0.0/16", false)]
    [InlineData("tcp", 5432, 5432, "10.1.0.0/16", false)]
    public void A_group_of_another_account_that_admits_the_subnets_already_is_left_as_it_is(string protocol, int? from, int? to, string cidr, bool admits)
    {
        var decision = Account.Decide(With(new FoundSecurityGroup("sg-orders", Account.Other, [new(protocol, from, to, [cidr], 0)])));

        Assert.Equal(admits, decision.Plan is { } plan && plan.Exposures[0].SecurityGroupIds.IsEmpty && plan.Warnings.Length == 1);
    }

    [Fact]
    public void A_database_without_a_readable_group_is_refused() =>
        Assert.Equal(RefusalCode.SecurityGroupNotFound, Assert.Single(Account.Decide(Account.Facts with { SecurityGroups = [] }).Refusals).Code);

    [Theory]
    [InlineData(59, Ingress.SecurityGroup, 0)]
    [InlineData(60, Ingress.SecurityGroup, 1)]
    [InlineData(57, Ingress.SubnetCidrs, 0)]
    [InlineData(58, Ingress.SubnetCidrs, 1)]
    public void A_group_that_gets_full_is_a_warning(int rules, Ingress ingress, int warnings)
    {
        var full = new FoundSecurityGroup("sg-orders", Account.Id, [new("tcp", 5432, 5432, ["10.0.0.0/8"], rules - 1)]);

        Assert.Equal(warnings, Account.Decide(With(full), Account.Link with { Ingress = ingress }).Plan!.Warnings.Length);
    }

    private static StackSettings Listing(params string[] groups) => Account.Stack with { DatabaseSecurityGroups = [.. groups.Select(Arn)] };

    private static string Arn(string group) => $"arn:aws:ec2:eu-central-1:{Account.Id}:security-group/{group}";

    private static AccountFacts With(FoundSecurityGroup group) => Account.Facts with { SecurityGroups = [group] };
}
