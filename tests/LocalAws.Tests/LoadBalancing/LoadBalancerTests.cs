using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Tests.Accounts;
using Xunit;

namespace LocalAws.Tests.LoadBalancing;

public sealed class LoadBalancerTests
{
    private readonly ExampleAccount account = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_new_load_balancer_takes_about_two_minutes_to_become_active(int seed)
    {
        var other = new ExampleAccount(seed);
        var arn = other.MakeLoadBalancer().LoadBalancerArn;

        other.Pass(95);
        Assert.Equal("provisioning", Describe(other, arn).State.Code.Value);
        other.Pass(50);
        Assert.Equal("active", Describe(other, arn).State.Code.Value);
    }

    [Fact]
    public void Equal_settings_give_the_same_load_balancer_and_others_are_refused()
    {
        var first = account.MakeLoadBalancer();

        Assert.Equal(first.LoadBalancerArn, account.MakeLoadBalancer().LoadBalancerArn);
        Refused("DuplicateLoadBalancerName", Links.LoadBalancerRequest("orders", null, ExampleAccount.DataSubnets[0]));
    }

    [Theory]
    [InlineData("internal-orders")]
    [InlineData("-orders")]
    [InlineData("orders_prod")]
    [InlineData("a-name-of-more-than-thirty-two-chars")]
    public void A_name_outside_the_rules_is_refused(string name) => Refused("ValidationError", Links.LoadBalancerRequest(name));

    [Fact]
    public void Subnets_must_exist_and_be_one_for_each_zone_of_one_vpc()
    {
        Refused("SubnetNotFound", Links.LoadBalancerRequest("orders", null, "subnet-0123456789abcdef0"));
        Refused("InvalidConfigurationRequest", Links.LoadBalancerRequest("orders", null, ExampleAccount.DataSubnets[0], "subnet-0a10000000000000a"));
        Refused("InvalidConfigurationRequest", Links.LoadBalancerRequest("orders", null, ExampleAccount.DataSubnets[0], "subnet-0e40000000000000b"));
    }

    [Fact]
    public void A_security_group_that_does_not_exist_is_refused() => Refused("InvalidSecurityGroup", Links.LoadBalancerRequest("orders", Links.NoSuchGroup));

    [Fact]
    public void It_takes_one_address_in_each_subnet()
    {
        account.MakeLoadBalancer();

        var faces = account.Run(() => account.Ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest
        {
            Filters = [new() { Name = "description", Values = ["ELB net/orders/*"] }],
        })).NetworkInterfaces;
        Assert.Equal(ExampleAccount.DataSubnets, faces.Select(face => face.SubnetId));
        Assert.All(faces, face => Assert.StartsWith("10.20.6", face.PrivateIpAddress, StringComparison.Ordinal));
        var subnets = account.Run(() => account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = [.. ExampleAccount.DataSubnets] })).Subnets;
        Assert.Equal([237, 242, 245], subnets.Select(subnet => subnet.AvailableIpAddressCount));
    }

    [Fact]
    public void One_made_without_a_security_group_can_never_have_one()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;
        var request = new SetSecurityGroupsRequest { LoadBalancerArn = arn, SecurityGroups = [account.MakeSecurityGroup()] };

        Assert.Equal("InvalidConfigurationRequest", account.ErrorOf(() => account.Elb.SetSecurityGroupsAsync(request)));
    }

    [Fact]
    public void Inbound_rules_apply_to_private_link_until_that_is_switched_off()
    {
        var group = account.MakeSecurityGroup();
        var made = account.MakeLoadBalancer("orders", group);
        Assert.Equal("on", made.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic);

        account.Run(() => account.Elb.SetSecurityGroupsAsync(new SetSecurityGroupsRequest
        {
            LoadBalancerArn = made.LoadBalancerArn,
            SecurityGroups = [group],
            EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum.Off,
        }));

        Assert.Equal("off", Describe(account, made.LoadBalancerArn).EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic);
    }

    [Fact]
    public void Attributes_have_defaults_and_only_known_keys_and_values_are_taken()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;

        Assert.Equal("false", Attribute(arn, "load_balancing.cross_zone.enabled"));
        account.Run(() => Modify(arn, "load_balancing.cross_zone.enabled", "true"));
        Assert.Equal("true", Attribute(arn, "load_balancing.cross_zone.enabled"));
        Assert.Equal("ValidationError", account.ErrorOf(() => Modify(arn, "cross_zone", "true")));
        Assert.Equal("ValidationError", account.ErrorOf(() => Modify(arn, "secondary_ips.auto_assigned.per_subnet", "8")));
    }

    [Fact]
    public void One_under_deletion_protection_stays()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;
        account.Run(() => Modify(arn, "deletion_protection.enabled", "true"));

        Assert.Equal("OperationNotPermitted", account.ErrorOf(() => Delete(arn)));
    }

    [Fact]
    public void Its_interfaces_outlive_it_and_hold_its_security_group()
    {
        var group = account.MakeSecurityGroup();
        var arn = account.MakeLoadBalancer("orders", group).LoadBalancerArn;
        account.Run(() => Delete(arn));

        Assert.Equal("LoadBalancerNotFound", account.ErrorOf(() => account.Elb.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { LoadBalancerArns = [arn] })));
        Assert.Equal("DependencyViolation", account.ErrorOf(() => DeleteGroup(group)));
        account.Pass(90);
        account.Run(() => DeleteGroup(group));
    }

    [Fact]
    public void Subnets_may_be_added()
    {
        var request = Links.LoadBalancerRequest("orders", null, ExampleAccount.DataSubnets[0]);
        var arn = account.Run(() => account.Elb.CreateLoadBalancerAsync(request)).LoadBalancers[0].LoadBalancerArn;

        account.Run(() => account.Elb.SetSubnetsAsync(new SetSubnetsRequest { LoadBalancerArn = arn, Subnets = [.. ExampleAccount.DataSubnets] }));

        Assert.Equal(["eu-central-1a", "eu-central-1b", "eu-central-1c"], Describe(account, arn).AvailabilityZones.Select(zone => zone.ZoneName));
    }

    [Fact]
    public void Lists_come_in_pages()
    {
        var names = Enumerable.Range(0, 7).Select(number => account.MakeLoadBalancer($"orders-{number}").LoadBalancerName).ToList();

        var found = new List<string>();
        string? marker = null;
        do
        {
            var page = account.Run(() => account.Elb.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { PageSize = 3, Marker = marker }));
            Assert.True(page.LoadBalancers.Count <= 3);
            found.AddRange(page.LoadBalancers.Select(one => one.LoadBalancerName));
            marker = page.NextMarker;
        }
        while (marker is not null);
        Assert.Equal(names, found);
    }

    private static LoadBalancer Describe(ExampleAccount account, string arn) =>
        Assert.Single(account.Run(() => account.Elb.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { LoadBalancerArns = [arn] })).LoadBalancers);

    private void Refused(string code, CreateLoadBalancerRequest request) =>
        Assert.Equal(code, account.ErrorOf(() => account.Elb.CreateLoadBalancerAsync(request)));

    private Task<ModifyLoadBalancerAttributesResponse> Modify(string arn, string key, string value) => account.Elb.ModifyLoadBalancerAttributesAsync(new ModifyLoadBalancerAttributesRequest
    {
        LoadBalancerArn = arn,
        Attributes = [new() { Key = key, Value = value }],
    });

    private string Attribute(string arn, string key) => account.Run(() => account.Elb.DescribeLoadBalancerAttributesAsync(new DescribeLoadBalancerAttributesRequest { LoadBalancerArn = arn }))
        .Attributes.Single(attribute => attribute.Key == key).Value;

    private Task<DeleteLoadBalancerResponse> Delete(string arn) => account.Elb.DeleteLoadBalancerAsync(new DeleteLoadBalancerRequest { LoadBalancerArn = arn });

    private Task<DeleteSecurityGroupResponse> DeleteGroup(string id) => account.Ec2.DeleteSecurityGroupAsync(new DeleteSecurityGroupRequest { GroupId = id });
}
