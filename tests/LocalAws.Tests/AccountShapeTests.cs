using Amazon.EC2.Model;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests;

public sealed class AccountShapeTests
{
    private readonly ExampleAccount account = new();

    [Fact]
    public void Accounts_that_were_built_alike_have_the_same_lines_whatever_their_ids()
    {
        var other = new ExampleAccount();
        other.Cloud.Chance.Id("sg");

        Build(account);
        Build(other);

        Assert.NotEqual(account.Cloud.LoadBalancing.All<LocalAws.LoadBalancing.LoadBalancer>().Single().Arn, other.Cloud.LoadBalancing.All<LocalAws.LoadBalancing.LoadBalancer>().Single().Arn);
        Assert.Equal(AccountShape.Of(account.Cloud), AccountShape.Of(other.Cloud).AsEnumerable());
    }

    [Fact]
    public void What_is_made_twice_or_differs_in_a_setting_shows()
    {
        Build(account);
        var before = AccountShape.Of(account.Cloud);

        account.MakeSecurityGroup("second");
        account.Register(account.Cloud.LoadBalancing.All<LocalAws.LoadBalancing.TargetGroup>().Single().Arn, account.AddressOfOrders());

        var lines = AccountShape.Of(account.Cloud).Except(before, StringComparer.Ordinal).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains(lines, static line => line.StartsWith("security group second", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("rule of second out", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("target group orders", StringComparison.Ordinal) && line.Contains(account.AddressOfOrders(), StringComparison.Ordinal));
    }

    [Fact]
    public void Of_a_tag_whose_value_is_drawn_only_the_key_is_compared()
    {
        var group = account.MakeSecurityGroup();
        account.Run(() => account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [group], Tags = [new() { Key = "drawn", Value = group }] }));

        Assert.Contains(AccountShape.Of(account.Cloud, "drawn"), static line => line.EndsWith(", tags drawn", StringComparison.Ordinal));
        Assert.Contains(AccountShape.Of(account.Cloud), line => line.EndsWith($", tags drawn={group}", StringComparison.Ordinal));
    }

    private static void Build(ExampleAccount account)
    {
        var group = account.MakeSecurityGroup();
        account.Admit(group);
        var balancer = account.MakeLoadBalancer(group: group);
        account.MakeListener(balancer.LoadBalancerArn, account.MakeTargetGroup().TargetGroupArn);
    }
}
