using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests;

/// <summary>What the account may not have more of: the last that fits is made, the next is refused with the service's own code.</summary>
public sealed class QuotaTests
{
    private readonly ExampleAccount account = new();

    [Fact]
    public void Load_balancers_in_the_Region()
    {
        account.Cloud.Quotas = new() { LoadBalancers = 1 };
        account.MakeLoadBalancer("one");

        Assert.Equal("TooManyLoadBalancers", account.ErrorOf(() => account.Elb.CreateLoadBalancerAsync(Links.LoadBalancerRequest("two"))));
    }

    [Fact]
    public void Listeners_of_a_load_balancer()
    {
        account.Cloud.Quotas = new() { ListenersPerLoadBalancer = 1 };
        var (one, group) = (account.MakeLoadBalancer("one").LoadBalancerArn, account.MakeTargetGroup().TargetGroupArn);
        account.MakeListener(one, group);

        Assert.Equal("TooManyListeners", account.ErrorOf(() => account.Elb.CreateListenerAsync(Links.ListenerRequest(one, group, 5433))));
        account.MakeListener(account.MakeLoadBalancer("two").LoadBalancerArn, account.MakeTargetGroup("two").TargetGroupArn);
    }

    [Fact]
    public void Target_groups_in_the_Region()
    {
        account.Cloud.Quotas = new() { TargetGroups = 1 };
        account.MakeTargetGroup("one");

        Assert.Equal("TooManyTargetGroups", account.ErrorOf(() => account.Elb.CreateTargetGroupAsync(Links.TargetGroupRequest("two"))));
    }

    [Fact]
    public void Targets_of_a_group()
    {
        account.Cloud.Quotas = new() { TargetsPerGroup = 2 };
        var group = account.MakeTargetGroup().TargetGroupArn;
        account.Register(group, InZone(0, 7));
        account.Register(group, InZone(0, 8));

        Assert.Equal("TooManyTargets", account.ErrorOf(() => Register(group, InZone(0, 9))));
        account.Register(group, InZone(0, 8));
    }

    [Fact]
    public void Targets_of_one_zone_of_a_load_balancer()
    {
        account.Cloud.Quotas = new() { TargetsPerZone = 2 };
        var (balancer, group, other) = (account.MakeLoadBalancer().LoadBalancerArn, account.MakeTargetGroup().TargetGroupArn, account.MakeTargetGroup("other").TargetGroupArn);
        account.MakeListener(balancer, group);
        account.MakeListener(balancer, other, 5433);
        account.Register(group, InZone(0, 7));
        account.Register(other, InZone(0, 7));

        Assert.Equal("TooManyTargets", account.ErrorOf(() => Register(group, InZone(0, 8))));
        account.Register(group, InZone(1, 8));
        Assert.Equal("TooManyTargets", account.ErrorOf(() => Register(group, "10.99.0.7", "all")));
    }

    [Fact]
    public void All_targets_count_as_one_zones_when_a_load_balancer_crosses_zones()
    {
        account.Cloud.Quotas = new() { TargetsPerZone = 2 };
        var (balancer, group) = (account.MakeLoadBalancer().LoadBalancerArn, account.MakeTargetGroup().TargetGroupArn);
        account.Run(() => account.Elb.ModifyLoadBalancerAttributesAsync(new ModifyLoadBalancerAttributesRequest { LoadBalancerArn = balancer, Attributes = [new() { Key = "load_balancing.cross_zone.enabled", Value = "true" }] }));
        account.MakeListener(balancer, group);
        account.Register(group, InZone(0, 7));
        account.Register(group, InZone(1, 7));

        Assert.Equal("TooManyTargets", account.ErrorOf(() => Register(group, InZone(2, 7))));
    }

    [Fact]
    public void Targets_of_a_load_balancer_are_counted_when_a_listener_brings_them()
    {
        account.Cloud.Quotas = new() { TargetsPerLoadBalancer = 2 };
        var (balancer, group, other) = (account.MakeLoadBalancer().LoadBalancerArn, account.MakeTargetGroup().TargetGroupArn, account.MakeTargetGroup("other").TargetGroupArn);
        account.Register(group, InZone(0, 7));
        account.Register(group, InZone(1, 7));
        account.Register(other, InZone(2, 7));
        var listener = account.MakeListener(balancer, group).ListenerArn;

        var refusal = Assert.Throws<TooManyTargetsException>(() => account.Run(() => account.Elb.CreateListenerAsync(Links.ListenerRequest(balancer, other, 5433))));

        Assert.Equal($"The maximum number of targets per load balancer '2' has been reached on load balancer '{balancer}'", refusal.Message);
        account.Run(() => account.Elb.ModifyListenerAsync(new ModifyListenerRequest { ListenerArn = listener, DefaultActions = [new() { Type = ActionTypeEnum.Forward, TargetGroupArn = other }] }));
    }

    [Fact]
    public void Security_groups_of_a_load_balancer()
    {
        account.Cloud.Quotas = new() { SecurityGroupsPerInterface = 1 };
        var balancer = account.MakeLoadBalancer(group: account.MakeSecurityGroup("one")).LoadBalancerArn;
        var both = account.Cloud.LoadBalancing.Find<LocalAws.LoadBalancing.LoadBalancer>(balancer)!.GroupIds.Add(account.MakeSecurityGroup("two"));
        var request = Links.LoadBalancerRequest("other");
        request.SecurityGroups = [.. both];

        Assert.Equal("InvalidConfigurationRequest", account.ErrorOf(() => account.Elb.CreateLoadBalancerAsync(request)));
        Assert.Equal("InvalidConfigurationRequest", account.ErrorOf(() => account.Elb.SetSecurityGroupsAsync(new SetSecurityGroupsRequest { LoadBalancerArn = balancer, SecurityGroups = [.. both] })));
    }

    [Fact]
    public void Security_groups_in_the_Region()
    {
        account.Cloud.Quotas = new() { SecurityGroups = account.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroup>().Count() + 1 };
        account.MakeSecurityGroup("one");

        Assert.Equal("SecurityGroupLimitExceeded", account.ErrorOf(() => account.Ec2.CreateSecurityGroupAsync(new CreateSecurityGroupRequest { GroupName = "two", Description = "of a link", VpcId = ExampleAccount.Vpc })));
    }

    [Fact]
    public void An_account_is_told_what_its_quotas_were_raised_to()
    {
        account.Cloud.Quotas = new() { LoadBalancers = 77 };

        var limits = account.Run(() => account.Elb.DescribeAccountLimitsAsync(new DescribeAccountLimitsRequest())).Limits;

        Assert.Equal("77", limits.Single(static limit => limit.Name == "network-load-balancers").Max);
    }

    private static string InZone(int zone, int host) => $"10.20.{64 + zone}.{host}";

    private Task<RegisterTargetsResponse> Register(string group, string address, string? zone = null) =>
        account.Elb.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = group, Targets = [new() { Id = address, Port = 5432, AvailabilityZone = zone }] });
}
