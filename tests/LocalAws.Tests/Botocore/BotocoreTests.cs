using LocalAws.Ec2;
using LocalAws.LoadBalancing;
using LocalAws.Rds;
using LocalAws.Sts;
using LocalAws.Tagging;
using LocalAws.Templates;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>Botocore, the model that all AWS SDKs share, agrees with every operation's answer.</summary>
public sealed class BotocoreTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:connections";
    private const string Vpc = ExampleAccount.Vpc;

    private readonly ExampleAccount account = new();
    private readonly RecordedAnswers answers;

    public BotocoreTests() => answers = new(account.Cloud);

    [SkippableFact]
    public void Botocore_understands_every_answer()
    {
        Python.Need();
        CallEverything();

        answers.AreUnderstood(new Ec2Api(account.Cloud.Ec2), new LoadBalancingApi(account.Cloud.LoadBalancing), new RdsApi(account.Cloud.Rds), new StsApi(), new TaggingApi(account.Cloud.Tagging));
    }

    private void CallEverything()
    {
        LookAround();
        var group = ChangeSecurityGroups();
        var loadBalancer = BuildLoadBalancer(group);
        ShareIt(loadBalancer);
        TearDown(loadBalancer, group);
        answers.Call("ec2", "DescribeVpcs", "VpcId.1=vpc-0123456789abcdef0");
        answers.Call("elasticloadbalancing", "DescribeLoadBalancers", "Names.member.1=nobody");
        answers.Call("rds", "DescribeDBInstances", "DBInstanceIdentifier=nobody");
        answers.Call("sns", "Publish", $"TopicArn={Topic}");
        answers.Call("ec2", "DescribeEverything");
        answers.CallJson("tagging", "ResourceGroupsTaggingAPI_20170126", "GetResources", new() { ["ResourcesPerPage"] = 2 });
        answers.CallJson("tagging", "ResourceGroupsTaggingAPI_20170126", "GetResources", new() { ["ResourcesPerPage"] = 0 });
    }

    private void LookAround()
    {
        foreach (var operation in new[] { "DescribeVpcs", "DescribeSubnets", "DescribeRouteTables", "DescribeNetworkAcls", "DescribeSecurityGroups", "DescribeSecurityGroupRules", "DescribeAvailabilityZones", "DescribeNetworkInterfaces" })
            answers.Call("ec2", operation);
        answers.Call("ec2", "DescribeSubnets", "MaxResults=5");
        foreach (var operation in new[] { "DescribeDBInstances", "DescribeDBClusters", "DescribeDBSubnetGroups" })
            answers.Call("rds", operation);
        answers.Call("rds", "DescribeDBParameters", "DBParameterGroupName=orders-prod-postgres16");
        answers.Call("rds", "DescribeDBParameters", "DBParameterGroupName=default.mysql8.0");
        answers.Call("rds", "DescribeDBClusterParameters", "DBClusterParameterGroupName=ledger-cluster-mysql8");
        answers.Call("sts", "GetCallerIdentity");
        answers.Call("elasticloadbalancing", "DescribeAccountLimits");
    }

    private string ChangeSecurityGroups()
    {
        const string Rule = "IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=5432&IpPermissions.1.ToPort=5432&IpPermissions.1.Groups.1.GroupId=";
        var group = answers.Call("ec2", "CreateSecurityGroup", $"GroupName=link&GroupDescription=d&VpcId={Vpc}&TagSpecification.1.ResourceType=security-group&TagSpecification.1.Tag.1.Key=a&TagSpecification.1.Tag.1.Value=b", "groupId");
        answers.Call("ec2", "AuthorizeSecurityGroupIngress", $"GroupId={ExampleAccount.OrdersGroup}&{Rule}{group}");
        answers.Call("ec2", "DescribeSecurityGroupRules", $"Filter.1.Name=group-id&Filter.1.Value.1={ExampleAccount.OrdersGroup}");
        answers.Call("ec2", "RevokeSecurityGroupIngress", $"GroupId={ExampleAccount.OrdersGroup}&{Rule}{group}");
        answers.Call("ec2", "CreateTags", $"ResourceId.1={group}&Tag.1.Key=c&Tag.1.Value=d");
        answers.Call("ec2", "DeleteTags", $"ResourceId.1={group}&Tag.1.Key=c");
        return group;
    }

    private string BuildLoadBalancer(string securityGroup)
    {
        const string Elb = "elasticloadbalancing";
        var loadBalancer = answers.Call(Elb, "CreateLoadBalancer", $"Name=orders&Type=network&Scheme=internal&Subnets.member.1={ExampleAccount.DataSubnets[0]}&SecurityGroups.member.1={securityGroup}&Tags.member.1.Key=a&Tags.member.1.Value=b", "LoadBalancerArn");
        answers.Call(Elb, "SetSubnets", $"LoadBalancerArn={loadBalancer}&Subnets.member.1={ExampleAccount.DataSubnets[0]}&Subnets.member.2={ExampleAccount.DataSubnets[1]}");
        answers.Call(Elb, "SetSecurityGroups", $"LoadBalancerArn={loadBalancer}&SecurityGroups.member.1={securityGroup}&EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic=off");
        answers.Call(Elb, "DescribeLoadBalancers");
        var group = answers.Call(Elb, "CreateTargetGroup", $"Name=orders&Protocol=TCP&Port=5432&VpcId={Vpc}&TargetType=ip", "TargetGroupArn");
        answers.Call(Elb, "ModifyTargetGroup", $"TargetGroupArn={group}&HealthyThresholdCount=2");
        var action = $"DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}";
        var listener = answers.Call(Elb, "CreateListener", $"LoadBalancerArn={loadBalancer}&Protocol=TCP&Port=5432&{action}", "ListenerArn");
        answers.Call(Elb, "ModifyListener", $"ListenerArn={listener}&Port=5433&{action}");
        answers.Call(Elb, "DescribeListeners", $"LoadBalancerArn={loadBalancer}");
        answers.Call(Elb, "DescribeTargetGroups", $"LoadBalancerArn={loadBalancer}");
        answers.Call(Elb, "RegisterTargets", $"TargetGroupArn={group}&Targets.member.1.Id={account.AddressOfOrders()}");
        foreach (var seconds in new[] { 0, 230, 200 })
        {
            account.Pass(seconds);
            answers.Call(Elb, "DescribeTargetHealth", $"TargetGroupArn={group}");
        }

        answers.Call(Elb, "DeregisterTargets", $"TargetGroupArn={group}&Targets.member.1.Id={account.AddressOfOrders()}");
        answers.Call(Elb, "DescribeTargetHealth", $"TargetGroupArn={group}");
        foreach (var (noun, arn, key, value) in new[] { ("LoadBalancer", loadBalancer, "load_balancing.cross_zone.enabled", "true"), ("TargetGroup", group, "deregistration_delay.timeout_seconds", "0"), ("Listener", listener, "tcp.idle_timeout.seconds", "350") })
        {
            answers.Call(Elb, $"Modify{noun}Attributes", $"{noun}Arn={arn}&Attributes.member.1.Key={key}&Attributes.member.1.Value={value}");
            answers.Call(Elb, $"Describe{noun}Attributes", $"{noun}Arn={arn}");
        }

        answers.Call(Elb, "AddTags", $"ResourceArns.member.1={group}&Tags.member.1.Key=a&Tags.member.1.Value=b");
        answers.Call(Elb, "DescribeTags", $"ResourceArns.member.1={group}&ResourceArns.member.2={loadBalancer}");
        answers.Call(Elb, "RemoveTags", $"ResourceArns.member.1={group}&TagKeys.member.1=a");
        return loadBalancer;
    }

    private void ShareIt(string loadBalancer)
    {
        account.Cloud.Sns.Add(new TopicSettings("Connections", "connections", Topic, null, null));
        account.Cloud.Sns.Subscribe(new SubscriptionSettings(Topic, "email", "ops@example.com"));
        account.Cloud.Access.Attach(Topic, new("connections", [new([new("Service", "vpce.amazonaws.com")], new("Vpce", false, ["sns:Publish"], [Topic], []))]));
        var service = answers.Call("ec2", "CreateVpcEndpointServiceConfiguration", $"NetworkLoadBalancerArn.1={loadBalancer}&SupportedRegion.1=eu-west-1&ClientToken=t", "serviceId");
        answers.Call("ec2", "ModifyVpcEndpointServiceConfiguration", $"ServiceId={service}");
        answers.Call("ec2", "DescribeVpcEndpointServiceConfigurations");
        answers.Call("ec2", "ModifyVpcEndpointServicePermissions", $"ServiceId={service}&AddAllowedPrincipals.1=arn:aws:iam::133737826969:root&AddAllowedPrincipals.2=*");
        answers.Call("ec2", "DescribeVpcEndpointServicePermissions", $"ServiceId={service}");
        answers.Call("ec2", "DescribeVpcEndpointServices");
        var notification = answers.Call("ec2", "CreateVpcEndpointConnectionNotification", $"ServiceId={service}&ConnectionNotificationArn={Topic}&ConnectionEvents.1=Connect", "connectionNotificationId");
        answers.Call("ec2", "DescribeVpcEndpointConnectionNotifications");
        var name = $"com.amazonaws.vpce.eu-central-1.{service}";
        var first = account.Cloud.Ec2.Services.Connect(name, "133737826969").EndpointId;
        var second = account.Cloud.Ec2.Services.Connect(name, "133737826969", region: "eu-west-1").EndpointId;
        answers.Call("ec2", "AcceptVpcEndpointConnections", $"ServiceId={service}&VpcEndpointId.1={first}&VpcEndpointId.2=vpce-0123456789abcdef0");
        answers.Call("ec2", "DescribeVpcEndpointConnections");
        answers.Call("ec2", "DeleteVpcEndpointServiceConfigurations", $"ServiceId.1={service}");
        answers.Call("ec2", "RejectVpcEndpointConnections", $"ServiceId={service}&VpcEndpointId.1={first}&VpcEndpointId.2={second}");
        answers.Call("ec2", "DeleteVpcEndpointConnectionNotifications", $"ConnectionNotificationId.1={notification}");
        answers.Call("ec2", "DeleteVpcEndpointServiceConfigurations", $"ServiceId.1={service}");
        answers.Call("ec2", "DescribeVpcEndpointServiceConfigurations");
        answers.Call("sns", "Publish", $"TopicArn={Topic}&Message=text");
        answers.Call("sns", "ListTopics");
        answers.Call("sns", "GetTopicAttributes", $"TopicArn={Topic}");
        answers.Call("sns", "ListSubscriptionsByTopic", $"TopicArn={Topic}");
    }

    private void TearDown(string loadBalancer, string securityGroup)
    {
        const string Elb = "elasticloadbalancing";
        account.Pass(600);
        answers.Call(Elb, "DeleteListener", $"ListenerArn={answers.Call(Elb, "DescribeListeners", $"LoadBalancerArn={loadBalancer}", "ListenerArn")}");
        answers.Call(Elb, "DeleteTargetGroup", $"TargetGroupArn={answers.Call(Elb, "DescribeTargetGroups", "", "TargetGroupArn")}");
        answers.Call(Elb, "DeleteLoadBalancer", $"LoadBalancerArn={loadBalancer}");
        account.Pass(600);
        answers.Call("ec2", "DeleteSecurityGroup", $"GroupId={securityGroup}");
    }
}
