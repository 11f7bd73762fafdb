using Amazon.EC2.Model;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Ec2;

public sealed class NetworkAclTests
{
    private readonly ExampleAccount account = new();

    private LocalAws.Ec2.NetworkAcl Default => account.Cloud.Ec2.All<LocalAws.Ec2.NetworkAcl>().Single(acl => acl.VpcId == ExampleAccount.Vpc);

    [Fact]
    public void A_vpc_begins_with_one_that_all_subnets_have_and_that_lets_everything_pass()
    {
        var acl = Assert.Single(Described("vpc-id", ExampleAccount.Vpc));

        Assert.True(acl.IsDefault);
        Assert.Equal(9, acl.Associations.Count);
        Assert.Equal(
            [(true, 100, "allow"), (true, 32_767, "deny"), (false, 100, "allow"), (false, 32_767, "deny")],
            acl.Entries.Select(static entry => (entry.Egress == true, entry.RuleNumber ?? 0, entry.RuleAction.Value)));
    }

    [Fact]
    public void A_subnet_that_was_given_another_one_has_left_the_default()
    {
        account.Cloud.Ec2.Add(new LocalAws.Ec2.NetworkAcl("acl-0123456789abcdef0", ExampleAccount.Vpc, "111122223333", isDefault: false)
        {
            SubnetIds = [ExampleAccount.DataSubnets[0]],
            Rules = [new(90, Egress: false, Allows: false, "6", "10.20.64.0/24", 5432, 5432)],
        });

        var acl = Assert.Single(Described("association.subnet-id", ExampleAccount.DataSubnets[0]));

        Assert.Equal("acl-0123456789abcdef0", acl.NetworkAclId);
        Assert.Equal((5432, 5432), (acl.Entries.Single(static entry => entry.RuleNumber == 90).PortRange.From, acl.Entries.Single(static entry => entry.RuleNumber == 90).PortRange.To));
        Assert.DoesNotContain(Described("default", "true").SelectMany(static other => other.Associations), static use => use.SubnetId == ExampleAccount.DataSubnets[0]);
    }

    [Theory]
    [InlineData(false, 5432, 5432)]
    [InlineData(true, 5432, 5432)]
    [InlineData(true, 1024, 65_535)]
    [InlineData(false, 1024, 65_535)]
    [InlineData(true, 60_000, 65_535)]
    public void What_the_acl_does_not_let_pass_on_the_way_or_back_makes_a_target_unhealthy(bool egress, int from, int to)
    {
        var (_, group) = account.Serve();
        account.Register(group, account.AddressOfOrders());
        Default.Rules = Default.Rules.Add(new(50, egress, Allows: false, "6", "0.0.0.0/0", from, to));

        account.Pass(400);

        Assert.Equal("unhealthy", account.HealthOf(group).State.Value);
        // Within the database's own subnet none stands between.
        Assert.True(account.Cloud.Ec2.AclsPass(System.Net.IPAddress.Parse("10.20.64.9"), System.Net.IPAddress.Parse(account.AddressOfOrders()), 5432));
    }

    [Fact]
    public void The_rule_with_the_lowest_number_decides()
    {
        Default.Rules = Default.Rules.Add(new(50, Egress: false, Allows: false, "6", "10.20.65.0/24", 5432, 5432)).Add(new(40, Egress: false, Allows: true, "6", "10.20.65.9/32", 5432, 5432));

        Assert.True(Passes("10.20.65.9"));
        Assert.False(Passes("10.20.65.10"));
        Assert.True(Passes("10.20.66.10"));

        bool Passes(string from) => account.Cloud.Ec2.AclsPass(System.Net.IPAddress.Parse(from), System.Net.IPAddress.Parse("10.20.64.9"), 5432);
    }

    private List<Amazon.EC2.Model.NetworkAcl> Described(string filter, string value) => account.Run(() => account.Ec2.DescribeNetworkAclsAsync(new DescribeNetworkAclsRequest
    {
        Filters = [new Filter { Name = filter, Values = [value] }],
    })).NetworkAcls;
}
