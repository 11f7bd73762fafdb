using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests;

/// <summary>What was made a moment ago is not shown to everybody yet, and exists all the same.</summary>
public sealed class VisibilityTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 12).Select(static number => $"group-{number}")];

    private readonly ExampleAccount account = new();

    [Fact]
    public void Nothing_is_late_unless_it_is_asked_for()
    {
        var ids = Names.Select(name => account.MakeSecurityGroup(name)).ToList();

        Assert.All(ids, id => Assert.Single(Described(id)));
    }

    [Fact]
    public void Some_security_groups_are_not_found_at_first_and_their_names_are_taken_from_the_start()
    {
        account.Cloud.Visibility.Longest = TimeSpan.FromSeconds(60);

        var ids = Names.Select(name => account.MakeSecurityGroup(name)).ToList();
        var unseen = ids.Where(id => account.Cloud.Ec2.FindShown<LocalAws.Ec2.SecurityGroup>(id) is null).ToList();

        Assert.InRange(unseen.Count, 1, ids.Count - 1);
        Assert.Empty(Listed().Intersect(unseen, StringComparer.Ordinal));
        Assert.Equal(ids.Except(unseen, StringComparer.Ordinal), Listed());
        Assert.All(unseen, id =>
        {
            Assert.Equal("InvalidGroup.NotFound", account.ErrorOf(() => account.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = [id] })));
            Assert.Equal("InvalidGroup.NotFound", account.ErrorOf(() => Authorize(id)));
            Assert.Equal("InvalidID", account.ErrorOf(() => account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [id], Tags = [new() { Key = "a", Value = "b" }] })));
            Assert.Equal("InvalidSecurityGroup", account.ErrorOf(() => account.Elb.CreateLoadBalancerAsync(Links.LoadBalancerRequest("orders", id))));
        });
        Assert.All(Names, name => Assert.Equal("InvalidGroup.Duplicate", account.ErrorOf(() => account.Ec2.CreateSecurityGroupAsync(new CreateSecurityGroupRequest { GroupName = name, Description = "again", VpcId = ExampleAccount.Vpc }))));

        account.Pass(60);

        Assert.Equal(ids, Listed());
        Assert.All(ids, id => account.Run(() => Authorize(id)));
    }

    [Fact]
    public void An_unseen_target_group_is_found_by_no_call_and_made_again_is_the_same()
    {
        account.Cloud.Visibility.Longest = TimeSpan.FromSeconds(60);

        var arns = Names.Take(5).ToDictionary(static name => name, name => account.MakeTargetGroup(name).TargetGroupArn, StringComparer.Ordinal);
        var unseen = arns.Where(pair => account.Cloud.LoadBalancing.FindShown<LocalAws.LoadBalancing.TargetGroup>(pair.Value) is null).ToList();

        Assert.InRange(unseen.Count, 1, arns.Count - 1);
        Assert.All(unseen, pair =>
        {
            Assert.Equal("TargetGroupNotFound", account.ErrorOf(() => account.Elb.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Names = [pair.Key] })));
            Assert.Equal("TargetGroupNotFound", account.ErrorOf(() => account.Elb.DescribeTagsAsync(new Amazon.ElasticLoadBalancingV2.Model.DescribeTagsRequest { ResourceArns = [pair.Value] })));
            Assert.Equal("TargetGroupNotFound", account.ErrorOf(() => account.Elb.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = pair.Value })));
            Assert.Equal("TargetGroupNotFound", account.ErrorOf(() => account.Elb.ModifyTargetGroupAttributesAsync(new ModifyTargetGroupAttributesRequest
            {
                TargetGroupArn = pair.Value,
                Attributes = [new() { Key = "deregistration_delay.timeout_seconds", Value = "0" }],
            })));
            Assert.Equal(pair.Value, account.MakeTargetGroup(pair.Key).TargetGroupArn);
        });
        Assert.Equal(arns.Count - unseen.Count, account.Run(() => account.Elb.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest())).TargetGroups.Count);
    }

    private List<SecurityGroup> Described(string id) => account.Run(() => account.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = [id] })).SecurityGroups;

    private IEnumerable<string> Listed() => account.Run(() => account.Ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest
    {
        Filters = [new() { Name = "group-name", Values = ["group-*"] }],
    })).SecurityGroups?.Select(static group => group.GroupId) ?? [];

    private Task<AuthorizeSecurityGroupIngressResponse> Authorize(string id) => account.Ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest
    {
        GroupId = id,
        IpPermissions = [new() { IpProtocol = "tcp", FromPort = 5432, ToPort = 5432, Ipv4Ranges = [new() { CidrIp = "10.0.0.0/8" }] }],
    });
}
