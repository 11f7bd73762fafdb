using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Tests.Accounts;
using Xunit;

namespace LocalAws.Tests.LoadBalancing;

public sealed class TargetTests
{
    private readonly ExampleAccount account = new();

    [Fact]
    public void A_target_is_unused_until_a_listener_forwards_to_its_group()
    {
        var group = account.MakeTargetGroup().TargetGroupArn;
        account.Register(group, account.AddressOfOrders());

        account.Pass(600);

        Assert.Equal(("unused", "Target.NotInUse"), StateOf(group));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_new_target_stays_initial_for_one_to_three_minutes_and_then_serves(int seed)
    {
        var other = new ExampleAccount(seed);
        var (_, group) = other.Serve();
        other.Pass(150);

        other.Register(group, other.AddressOfOrders());

        other.Pass(65);
        Assert.Equal("initial", other.HealthOf(group).State.Value);
        other.Pass(120);
        Assert.Equal("healthy", other.HealthOf(group).State.Value);
        Assert.Null(other.HealthOf(group).Reason);
    }

    [Fact]
    public void The_first_check_waits_for_the_load_balancer_to_become_active()
    {
        var (_, group) = account.Serve();
        account.Register(group, account.AddressOfOrders());

        account.Pass(165);

        Assert.Equal("initial", account.HealthOf(group).State.Value);
    }

    [Fact]
    public void A_database_whose_security_group_does_not_admit_the_load_balancer_is_unhealthy()
    {
        var (_, group) = account.Serve(admit: false);
        account.Register(group, account.AddressOfOrders());

        account.Pass(400);

        Assert.Equal(("unhealthy", "Target.FailedHealthChecks"), StateOf(group));
    }

    [Fact]
    public void A_load_balancer_whose_security_group_lets_nothing_out_finds_its_target_unhealthy()
    {
        var (loadBalancer, group) = account.Serve();
        var security = account.Cloud.LoadBalancing.Find<LocalAws.LoadBalancing.LoadBalancer>(loadBalancer)!.GroupIds;
        foreach (var rule in account.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroupRule>().Where(rule => rule.Egress && security.Contains(rule.GroupId)).ToList())
            account.Cloud.Ec2.Remove(rule.Id);
        account.Register(group, account.AddressOfOrders());

        account.Pass(400);

        Assert.Equal(("unhealthy", "Target.FailedHealthChecks"), StateOf(group));
    }

    [Fact]
    public void Where_nothing_listens_the_target_is_unhealthy()
    {
        var (_, group) = account.Serve();
        account.Register(group, "10.20.64.250");

        account.Pass(400);

        Assert.Equal("unhealthy", account.HealthOf(group).State.Value);
    }

    [Fact]
    public void A_target_in_a_zone_that_is_not_enabled_is_unused()
    {
        var security = account.MakeSecurityGroup();
        account.Admit(security);
        var request = Links.LoadBalancerRequest("orders", security, ExampleAccount.DataSubnets[1]);
        var loadBalancer = account.Run(() => account.Elb.CreateLoadBalancerAsync(request)).LoadBalancers[0].LoadBalancerArn;
        var group = account.MakeTargetGroup().TargetGroupArn;
        account.MakeListener(loadBalancer, group);
        account.Register(group, account.AddressOfOrders());

        account.Pass(400);

        Assert.Equal(("unused", "Target.NotInUse"), StateOf(group));
    }

    [Fact]
    public void A_failover_makes_the_old_address_unhealthy_after_two_checks()
    {
        var (_, group) = account.Serve();
        account.Register(group, account.AddressOfOrders());
        account.Pass(400);

        account.Cloud.Rds.FailOver(account.Cloud.Rds.FindInstance("orders-prod")!);

        Assert.Equal("healthy", account.HealthOf(group).State.Value);
        account.Pass(11);
        Assert.Equal("unhealthy", account.HealthOf(group).State.Value);
    }

    [Fact]
    public void A_removed_target_drains_for_the_delay_of_its_group()
    {
        var (_, group) = account.Serve();
        var address = account.AddressOfOrders();
        account.Register(group, address);
        account.Pass(400);

        account.Deregister(group, address);

        account.Pass(290);
        Assert.Equal(("draining", "Target.DeregistrationInProgress"), StateOf(group));
        account.Pass(20);
        Assert.Empty(account.Run(() => account.Elb.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = group })).TargetHealthDescriptions ?? []);
    }

    [Fact]
    public void Removing_what_is_not_registered_succeeds()
    {
        var group = account.MakeTargetGroup().TargetGroupArn;

        account.Deregister(group, "10.20.64.9");
    }

    [Theory]
    [InlineData("8.8.8.8", null)]
    [InlineData("10.99.0.1", null)]
    [InlineData("10.20.64.999", null)]
    [InlineData("10.20.255.1", null)]
    public void Addresses_that_cannot_be_targets_are_refused(string address, string? zone)
    {
        var group = account.MakeTargetGroup().TargetGroupArn;
        var request = new RegisterTargetsRequest { TargetGroupArn = group, Targets = [new() { Id = address, AvailabilityZone = zone }] };

        var code = account.ErrorOf(() => account.Elb.RegisterTargetsAsync(request));
        Assert.True(code is "ValidationError" or "InvalidTarget", code);
    }

    [Fact]
    public void An_address_outside_the_vpc_serves_when_it_is_registered_for_all_zones()
    {
        var (_, group) = account.Serve();
        account.Cloud.Dns.Set("pg.corp.example", System.Net.IPAddress.Parse("10.99.0.1"));

        account.Register(group, "10.99.0.1", "all");
        account.Pass(400);

        Assert.Equal("healthy", account.HealthOf(group).State.Value);
    }

    [Fact]
    public void Equal_settings_give_the_same_group_and_others_are_refused()
    {
        var first = account.MakeTargetGroup().TargetGroupArn;
        var other = Links.TargetGroupRequest("orders");
        other.Port = 5433;

        Assert.Equal(first, account.MakeTargetGroup().TargetGroupArn);
        Assert.Equal("DuplicateTargetGroupName", account.ErrorOf(() => account.Elb.CreateTargetGroupAsync(other)));
    }

    [Theory]
    [InlineData(4, 4, 2)]
    [InlineData(301, 10, 2)]
    [InlineData(5, 6, 2)]
    [InlineData(5, 5, 1)]
    [InlineData(5, 5, 11)]
    public void Health_checks_outside_the_limits_are_refused(int interval, int timeout, int threshold)
    {
        var request = Links.TargetGroupRequest("orders");
        (request.HealthCheckIntervalSeconds, request.HealthCheckTimeoutSeconds, request.HealthyThresholdCount) = (interval, timeout, threshold);

        Assert.Equal("ValidationError", account.ErrorOf(() => account.Elb.CreateTargetGroupAsync(request)));
    }

    [Fact]
    public void A_group_serves_one_load_balancer_only_and_stays_while_it_does()
    {
        var (_, group) = account.Serve();
        var second = account.MakeLoadBalancer("second").LoadBalancerArn;

        Assert.Equal("TargetGroupAssociationLimit", account.ErrorOf(() => account.Elb.CreateListenerAsync(Links.ListenerRequest(second, group))));
        Assert.Equal("ResourceInUse", account.ErrorOf(() => account.Elb.DeleteTargetGroupAsync(new DeleteTargetGroupRequest { TargetGroupArn = group })));
    }

    [Fact]
    public void A_port_has_one_listener()
    {
        var (loadBalancer, group) = account.Serve();
        var other = account.MakeTargetGroup("other").TargetGroupArn;

        Assert.Equal(account.MakeListener(loadBalancer, group).ListenerArn, account.MakeListener(loadBalancer, group).ListenerArn);
        Assert.Equal("DuplicateListener", account.ErrorOf(() => account.Elb.CreateListenerAsync(Links.ListenerRequest(loadBalancer, other))));
    }

    private (string State, string Reason) StateOf(string group)
    {
        var health = account.HealthOf(group);
        return (health.State.Value, health.Reason.Value);
    }
}
