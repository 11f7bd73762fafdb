using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Access;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Ec2;

/// <summary>What a role needs, operation by operation: each thing that is left out is refused.</summary>
public sealed class PermissionTests
{
    private const string Ec2Arn = "arn:aws:ec2:eu-central-1:111122223333:";
    private const string ElbArn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:";

    private readonly ExampleAccount account = new();

    [Fact]
    public void A_denial_of_ec2_says_who_may_not_do_what_to_which()
    {
        var error = Assert.Throws<AmazonEC2Exception>(() => account.Run(() => As().Ec2.DescribeVpcsAsync(new DescribeVpcsRequest())));

        Assert.Equal("UnauthorizedOperation", error.ErrorCode);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, error.StatusCode);
        Assert.Equal(
            "You are not authorized to perform this operation. User: arn:aws:sts::111122223333:assumed-role/step/1 is not authorized to perform: ec2:DescribeVpcs on resource: * because no identity-based policy allows the ec2:DescribeVpcs action",
            error.Message);
    }

    [Fact]
    public void A_security_group_with_tags_needs_group_and_vpc_and_tagging_on_create()
    {
        var create = Allow("ec2:CreateSecurityGroup", Ec2Arn + "security-group/*");
        var inVpc = Allow("ec2:CreateSecurityGroup", Ec2Arn + "vpc/" + ExampleAccount.Vpc);
        var tag = Allow("ec2:CreateTags", Ec2Arn + "security-group/*", ("ec2:CreateAction", "CreateSecurityGroup"), ("aws:RequestTag/link", "orders"));

        Needs(clients => clients.Ec2.CreateSecurityGroupAsync(new CreateSecurityGroupRequest
        {
            GroupName = "link",
            Description = "of a link",
            VpcId = ExampleAccount.Vpc,
            TagSpecifications = [new() { ResourceType = ResourceType.SecurityGroup, Tags = [new() { Key = "link", Value = "orders" }] }],
        }), create, inVpc, tag);
    }

    [Fact]
    public void A_tagged_rule_needs_the_group_of_its_vpc_and_the_rule_and_tagging_on_create()
    {
        var source = account.MakeSecurityGroup();
        var change = Allow("ec2:AuthorizeSecurityGroupIngress", Ec2Arn + "security-group/*", ("ec2:Vpc", Ec2Arn + "vpc/" + ExampleAccount.Vpc));
        var rule = Allow("ec2:AuthorizeSecurityGroupIngress", Ec2Arn + "security-group-rule/*", ("aws:RequestTag/link", "orders"));
        var tag = Allow("ec2:CreateTags", Ec2Arn + "security-group-rule/*", ("ec2:CreateAction", "AuthorizeSecurityGroupIngress"));

        Needs(clients => clients.Ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest
        {
            GroupId = ExampleAccount.OrdersGroup,
            IpPermissions = [new() { IpProtocol = "tcp", FromPort = 5432, ToPort = 5432, UserIdGroupPairs = [new() { GroupId = source }] }],
            TagSpecifications = [new() { ResourceType = ResourceType.SecurityGroupRule, Tags = [new() { Key = "link", Value = "orders" }] }],
        }), change, rule, tag);
    }

    [Fact]
    public void Tags_of_a_resource_decide_who_may_tag_it()
    {
        var group = account.MakeSecurityGroup();
        var request = new CreateTagsRequest { Resources = [group], Tags = [new() { Key = "note", Value = "x" }] };
        var ours = Allow("ec2:CreateTags", Ec2Arn + "security-group/*", ("aws:ResourceTag/link", "orders"));

        Assert.Equal("UnauthorizedOperation", account.ErrorOf(() => As(ours).Ec2.CreateTagsAsync(request)));
        account.Run(() => account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [group], Tags = [new() { Key = "link", Value = "orders" }] }));
        account.Run(() => As(ours).Ec2.CreateTagsAsync(request));
    }

    [Fact]
    public void A_load_balancer_with_tags_needs_its_name_and_tagging_on_create()
    {
        var request = Links.LoadBalancerRequest("pl-orders");
        request.Tags = [new() { Key = "link", Value = "orders" }];
        var create = Allow("elasticloadbalancing:CreateLoadBalancer", ElbArn + "loadbalancer/net/pl-*/*", ("elasticloadbalancing:Scheme", "internal"), ("aws:RequestTag/link", "orders"));
        var tag = Allow("elasticloadbalancing:AddTags", ElbArn + "loadbalancer/net/pl-*/*", ("elasticloadbalancing:CreateAction", "CreateLoadBalancer"));

        Needs(clients => clients.Elb.CreateLoadBalancerAsync(request), create, tag, Allow("ec2:Describe*", "*"));
    }

    [Fact]
    public void A_listener_with_tags_needs_its_load_balancer_and_tagging_on_create()
    {
        var loadBalancer = account.MakeLoadBalancer("pl-orders").LoadBalancerArn;
        var request = Links.ListenerRequest(loadBalancer, account.MakeTargetGroup().TargetGroupArn);
        request.Tags = [new() { Key = "link", Value = "orders" }];
        var create = Allow("elasticloadbalancing:CreateListener", ElbArn + "loadbalancer/net/pl-*/*");
        var tag = Allow("elasticloadbalancing:AddTags", ElbArn + "listener/net/pl-*/*/*", ("elasticloadbalancing:CreateAction", "CreateListener"));

        Needs(clients => clients.Elb.CreateListenerAsync(request), create, tag);
    }

    [Fact]
    public void Targets_are_registered_where_the_tag_of_the_group_allows_it()
    {
        var group = account.MakeTargetGroup().TargetGroupArn;
        var register = new RegisterTargetsRequest { TargetGroupArn = group, Targets = [new() { Id = account.AddressOfOrders() }] };
        var ours = Allow("elasticloadbalancing:RegisterTargets", ElbArn + "targetgroup/*/*", ("aws:ResourceTag/link", "orders"));
        var look = Allow("ec2:Describe*", "*");

        Assert.Equal("AccessDenied", account.ErrorOf(() => As(ours, look).Elb.RegisterTargetsAsync(register)));
        account.Run(() => account.Elb.AddTagsAsync(new AddTagsRequest { ResourceArns = [group], Tags = [new() { Key = "link", Value = "orders" }] }));
        Assert.Equal("AccessDenied", account.ErrorOf(() => As(ours).Elb.RegisterTargetsAsync(register)));
        account.Run(() => As(ours, look).Elb.RegisterTargetsAsync(register));
    }

    [Fact]
    public void A_service_for_other_regions_needs_a_permission_of_its_own()
    {
        var loadBalancer = account.MakeLoadBalancer().LoadBalancerArn;
        account.Pass(150);

        Needs(
            clients => clients.Ec2.CreateVpcEndpointServiceConfigurationAsync(new CreateVpcEndpointServiceConfigurationRequest { NetworkLoadBalancerArns = [loadBalancer], SupportedRegions = ["eu-west-1"] }),
            Allow("ec2:CreateVpcEndpointServiceConfiguration", Ec2Arn + "vpc-endpoint-service/*"),
            Allow("vpce:AllowMultiRegion", Ec2Arn + "vpc-endpoint-service/*"));
    }

    [Fact]
    public void Looking_at_databases_may_be_limited_to_some()
    {
        var one = Allow("rds:DescribeDBInstances", "arn:aws:rds:eu-central-1:111122223333:db:orders-prod");

        account.Run(() => As(one).Rds.DescribeDBInstancesAsync(new Amazon.RDS.Model.DescribeDBInstancesRequest { DBInstanceIdentifier = "orders-prod" }));
        Assert.Equal("AccessDenied", account.ErrorOf(() => As(one).Rds.DescribeDBInstancesAsync(new Amazon.RDS.Model.DescribeDBInstancesRequest())));
    }

    /// <summary>With one statement less the call is refused and nothing is done; with all of them it passes.</summary>
    private void Needs<T>(Func<(AmazonEC2Client Ec2, Amazon.ElasticLoadBalancingV2.AmazonElasticLoadBalancingV2Client Elb, Amazon.RDS.AmazonRDSClient Rds), Task<T>> call, params Statement[] statements)
    {
        foreach (var missing in statements)
        {
            var code = account.ErrorOf(() => call(As([.. statements.Where(statement => statement != missing)])));
            Assert.True(code is "UnauthorizedOperation" or "AccessDenied", $"without {missing.Id}: {code}");
        }

        account.Run(() => call(As(statements)));
    }

    private (AmazonEC2Client Ec2, Amazon.ElasticLoadBalancingV2.AmazonElasticLoadBalancingV2Client Elb, Amazon.RDS.AmazonRDSClient Rds) As(params Statement[] statements)
    {
        var role = new Caller("arn:aws:sts::111122223333:assumed-role/step/1", "111122223333", "Step", [new("step", [.. statements])], ConditionKeys.None);
        var clients = account.Clients(account.Cloud.Access.Issue(role, temporary: true));
        return (clients.Ec2, clients.Elb, clients.Rds);
    }

    private static Statement Allow(string action, string resource, params (string Key, string Value)[] conditions) =>
        new(action + resource, false, [action], [resource], [.. conditions.Select(condition => new LocalAws.Access.Condition("StringEquals", condition.Key, [condition.Value]))]);
}
