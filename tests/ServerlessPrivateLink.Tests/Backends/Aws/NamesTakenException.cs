using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>What a run would make is there already, so that afterwards nobody could tell whose it is.</summary>
internal sealed class NamesTakenException(IEnumerable<string> taken)
    : Exception($"The run is refused, and nothing was changed. It would make what exists already: {string.Join(", ", taken)}")
{
    /// <exception cref="NamesTakenException">Something carries the stack's tag, or a name that the run would give.</exception>
    public static async Task DemandNoneAsync(OperatorClients aws, AwsAccount account, string link)
    {
        var balancer = ResourceName.LoadBalancer(AwsAccount.Stack, link);
        var group = ResourceName.TargetGroup(AwsAccount.Stack, link, account.Database, account.DatabaseEndpoint.Port);
        var securityGroup = ResourceName.SecurityGroup(AwsAccount.Stack, link);

        var balancers = await Pages.AllAsync(
            token => aws.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Marker = token }), page => page.LoadBalancers, page => page.NextMarker);
        var groups = await Pages.AllAsync(
            token => aws.LoadBalancing.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Marker = token }), page => page.TargetGroups, page => page.NextMarker);
        var securityGroups = await Pages.AllAsync(
            token => aws.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { Filters = [new() { Name = "vpc-id", Values = [account.VpcId] }], NextToken = token }), page => page.SecurityGroups, page => page.NextToken);
        string[] taken =
        [
            .. (await new StackRemains(aws, AwsAccount.Stack).AllAsync()).Select(static one => one.What),
            .. balancers.Where(one => one.LoadBalancerName == balancer).Select(static one => $"load balancer named {one.LoadBalancerName}"),
            .. groups.Where(one => one.TargetGroupName == group).Select(static one => $"target group named {one.TargetGroupName}"),
            .. securityGroups.Where(one => one.GroupName == securityGroup).Select(static one => $"security group named {one.GroupName}"),
        ];
        if (taken.Length > 0)
            throw new NamesTakenException(taken);
    }
}
