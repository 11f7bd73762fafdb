using Amazon.EC2;
using Amazon.EC2.Model;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Ec2;

public sealed class SecurityGroupTests
{
    private readonly ExampleAccount account = new();

    [Fact]
    public void One_request_names_a_rule_once() => Assert.Equal("InvalidParameterValue", account.ErrorOf(() => account.Ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest
    {
        GroupId = ExampleAccount.OrdersGroup,
        IpPermissions =
        [
            new() { IpProtocol = "tcp", FromPort = 7000, ToPort = 7000, Ipv4Ranges = [new() { CidrIp = "10.0.0.0/8" }] },
            new() { IpProtocol = "6", FromPort = 7000, ToPort = 7000, Ipv4Ranges = [new() { CidrIp = "10.1.2.3/8", Description = "the same" }] },
        ],
    })));

    [Fact]
    public void A_rule_is_found_by_its_tag_and_revoked_by_its_id()
    {
        var source = account.MakeSecurityGroup();
        var made = account.Run(() => account.Ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest
        {
            GroupId = ExampleAccount.OrdersGroup,
            IpPermissions = [new() { IpProtocol = "tcp", FromPort = 5432, ToPort = 5432, UserIdGroupPairs = [new() { GroupId = source, Description = "link" }] }],
            TagSpecifications = [new() { ResourceType = ResourceType.SecurityGroupRule, Tags = [new() { Key = "link", Value = "orders" }] }],
        }));

        var rule = Assert.Single(Tagged());
        Assert.Equal(Assert.Single(made.SecurityGroupRules).SecurityGroupRuleId, rule.SecurityGroupRuleId);
        Assert.Equal(source, rule.ReferencedGroupInfo.GroupId);
        Assert.Equal("link", rule.Description);

        account.Run(() => account.Ec2.RevokeSecurityGroupIngressAsync(new RevokeSecurityGroupIngressRequest { GroupId = ExampleAccount.OrdersGroup, SecurityGroupRuleIds = [rule.SecurityGroupRuleId] }));
        Assert.Empty(Tagged());
    }

    [Fact]
    public void A_block_is_canonical_and_the_same_rule_twice_is_refused()
    {
        var made = account.Run(() => Admit("10.20.64.7/24"));

        Assert.Equal("10.20.64.0/24", Assert.Single(made.SecurityGroupRules).CidrIpv4);
        Assert.Equal("InvalidPermission.Duplicate", account.ErrorOf(() => Admit("10.20.64.0/24")));
    }

    [Fact]
    public void A_group_takes_sixty_rules()
    {
        for (var number = 1; number < 60; number++)
        {
            var block = $"10.0.{number}.0/24";
            account.Run(() => Admit(block));
            account.Pass(1);
        }

        Assert.Equal("RulesPerSecurityGroupLimitExceeded", account.ErrorOf(() => Admit("10.0.61.0/24")));
    }

    [Theory]
    [InlineData("10.20.64.0")]
    [InlineData("10.20.64.0/33")]
    [InlineData("everywhere")]
    public void What_is_no_block_is_refused(string block) => Assert.Equal("InvalidParameterValue", account.ErrorOf(() => Admit(block)));

    [Fact]
    public void A_name_is_taken_once_in_each_vpc()
    {
        account.MakeSecurityGroup("link");

        Assert.Equal("InvalidGroup.Duplicate", account.ErrorOf(() => Create("link", ExampleAccount.Vpc)));
        account.Run(() => Create("link", ExampleAccount.OtherVpc));
    }

    [Fact]
    public void A_new_group_lets_everything_out_and_nothing_in()
    {
        var id = account.MakeSecurityGroup();

        var group = Assert.Single(account.Run(() => account.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = [id] })).SecurityGroups);
        Assert.Empty(group.IpPermissions ?? []);
        Assert.Equal("0.0.0.0/0", Assert.Single(Assert.Single(group.IpPermissionsEgress).Ipv4Ranges).CidrIp);
    }

    [Fact]
    public void A_group_that_another_refers_to_cannot_be_deleted()
    {
        var source = account.MakeSecurityGroup();
        account.Admit(source);

        Assert.Equal("DependencyViolation", account.ErrorOf(() => account.Ec2.DeleteSecurityGroupAsync(new DeleteSecurityGroupRequest { GroupId = source })));
    }

    [Fact]
    public void What_does_not_exist_is_refused_with_its_own_code()
    {
        Assert.Equal("InvalidGroup.NotFound", account.ErrorOf(() => account.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = [Links.NoSuchGroup] })));
        Assert.Equal("InvalidGroup.Malformed", account.ErrorOf(() => account.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = ["orders"] })));
        Assert.Equal("InvalidVpcID.NotFound", account.ErrorOf(() => Create("link", "vpc-0123456789abcdef0")));
        Assert.Equal("InvalidSubnetID.NotFound", account.ErrorOf(() => account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = ["subnet-0123456789abcdef0"] })));
    }

    [Fact]
    public void A_filter_that_does_not_exist_is_refused() => Assert.Equal(
        "InvalidParameterValue",
        account.ErrorOf(() => account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = [new() { Name = "colour", Values = ["red"] }] })));

    [Fact]
    public void A_dry_run_changes_nothing()
    {
        var request = new CreateSecurityGroupRequest { GroupName = "link", Description = "of a link", VpcId = ExampleAccount.Vpc, DryRun = true };

        Assert.Equal("DryRunOperation", account.ErrorOf(() => account.Ec2.CreateSecurityGroupAsync(request)));
        account.MakeSecurityGroup("link");
    }

    [Fact]
    public void Lists_come_in_pages()
    {
        var found = new List<string>();
        string? token = null;
        do
        {
            var page = account.Run(() => account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { MaxResults = 5, NextToken = token }));
            Assert.True(page.Subnets.Count <= 5);
            found.AddRange(page.Subnets.Select(subnet => subnet.SubnetId));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(12, found.Distinct().Count());
    }

    private List<SecurityGroupRule> Tagged() => account.Run(() => account.Ec2.DescribeSecurityGroupRulesAsync(new DescribeSecurityGroupRulesRequest
    {
        Filters = [new() { Name = "tag:link", Values = ["orders"] }],
    })).SecurityGroupRules ?? [];

    private Task<AuthorizeSecurityGroupIngressResponse> Admit(string block) => account.Ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest
    {
        GroupId = ExampleAccount.OrdersGroup,
        IpPermissions = [new() { IpProtocol = "tcp", FromPort = 5432, ToPort = 5432, Ipv4Ranges = [new() { CidrIp = block }] }],
    });

    private Task<CreateSecurityGroupResponse> Create(string name, string vpcId) =>
        account.Ec2.CreateSecurityGroupAsync(new CreateSecurityGroupRequest { GroupName = name, Description = "of a link", VpcId = vpcId });
}
