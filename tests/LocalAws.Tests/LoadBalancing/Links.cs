using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using LocalAws.Tests.Accounts;
using Xunit;

namespace LocalAws.Tests.LoadBalancing;

/// <summary>The pieces of a link, made by the SDK in the example account.</summary>
internal static class Links
{
    public const string NoSuchGroup = "sg-0123456789abcdef0";

    public static string MakeSecurityGroup(this ExampleAccount account, string name = "link") => account.Run(() => account.Ec2.CreateSecurityGroupAsync(new CreateSecurityGroupRequest
    {
        GroupName = name,
        Description = "of a link",
        VpcId = ExampleAccount.Vpc,
    })).GroupId;

    public static LoadBalancer MakeLoadBalancer(this ExampleAccount account, string name = "orders", string? group = null) =>
        Assert.Single(account.Run(() => account.Elb.CreateLoadBalancerAsync(LoadBalancerRequest(name, group))).LoadBalancers);

    public static CreateLoadBalancerRequest LoadBalancerRequest(string name, string? group = null, params string[] subnets) => new()
    {
        Name = name,
        Type = LoadBalancerTypeEnum.Network,
        Scheme = LoadBalancerSchemeEnum.Internal,
        Subnets = [.. subnets.Length == 0 ? ExampleAccount.DataSubnets : subnets],
        SecurityGroups = group is null ? null : [group],
    };

    public static TargetGroup MakeTargetGroup(this ExampleAccount account, string name = "orders") =>
        Assert.Single(account.Run(() => account.Elb.CreateTargetGroupAsync(TargetGroupRequest(name))).TargetGroups);

    public static CreateTargetGroupRequest TargetGroupRequest(string name) => new()
    {
        Name = name,
        Protocol = ProtocolEnum.TCP,
        Port = 5432,
        VpcId = ExampleAccount.Vpc,
        TargetType = TargetTypeEnum.Ip,
        HealthCheckIntervalSeconds = 5,
        HealthCheckTimeoutSeconds = 5,
        HealthyThresholdCount = 2,
        UnhealthyThresholdCount = 2,
    };

    public static CreateListenerRequest ListenerRequest(string loadBalancerArn, string targetGroupArn, int port = 5432) => new()
    {
        LoadBalancerArn = loadBalancerArn,
        Protocol = ProtocolEnum.TCP,
        Port = port,
        DefaultActions = [new() { Type = ActionTypeEnum.Forward, TargetGroupArn = targetGroupArn }],
    };

    public static Listener MakeListener(this ExampleAccount account, string loadBalancerArn, string targetGroupArn, int port = 5432) =>
        Assert.Single(account.Run(() => account.Elb.CreateListenerAsync(ListenerRequest(loadBalancerArn, targetGroupArn, port))).Listeners);

    /// <summary>A load balancer whose listener forwards to a group.</summary>
    public static (string LoadBalancerArn, string TargetGroupArn) Serve(this ExampleAccount account, bool admit = true)
    {
        var security = account.MakeSecurityGroup();
        if (admit)
            account.Admit(security);
        var loadBalancer = account.MakeLoadBalancer("orders", security).LoadBalancerArn;
        var group = account.MakeTargetGroup().TargetGroupArn;
        account.MakeListener(loadBalancer, group);
        return (loadBalancer, group);
    }

    public static void Register(this ExampleAccount account, string targetGroupArn, string address, string? zone = null) =>
        account.Run(() => account.Elb.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = targetGroupArn, Targets = [new() { Id = address, Port = 5432, AvailabilityZone = zone }] }));

    public static void Deregister(this ExampleAccount account, string targetGroupArn, string address) =>
        account.Run(() => account.Elb.DeregisterTargetsAsync(new DeregisterTargetsRequest { TargetGroupArn = targetGroupArn, Targets = [new() { Id = address, Port = 5432 }] }));

    public static TargetHealth HealthOf(this ExampleAccount account, string targetGroupArn) =>
        Assert.Single(account.Run(() => account.Elb.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = targetGroupArn })).TargetHealthDescriptions).TargetHealth;

    public static string AddressOfOrders(this ExampleAccount account) => account.Cloud.Rds.FindInstance("orders-prod")!.Address!.ToString();

    public static void Admit(this ExampleAccount account, string sourceGroup) => account.Run(() => account.Ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest
    {
        GroupId = ExampleAccount.OrdersGroup,
        IpPermissions = [new() { IpProtocol = "tcp", FromPort = 5432, ToPort = 5432, UserIdGroupPairs = [new() { GroupId = sourceGroup }] }],
    }));

    public static void Pass(this ExampleAccount account, int seconds) => account.Cloud.Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>The error code of a call that is refused.</summary>
    public static string ErrorOf<T>(this ExampleAccount account, Func<Task<T>> call) => Assert.ThrowsAny<AmazonServiceException>(() => account.Run(call)).ErrorCode;
}
