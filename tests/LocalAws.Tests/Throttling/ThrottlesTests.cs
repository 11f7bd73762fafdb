using LocalAws.Tests.Doors;
using LocalAws.Throttling;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Throttling;

public sealed class ThrottlesTests
{
    private readonly Cloud cloud = new(CloudOptions.Default);
    private readonly Throttles throttles;

    private readonly TestService balancing = new(
        "elasticloadbalancing",
        new QueryProtocol("urn:test"),
        Read("DescribeLoadBalancers"),
        Read("DescribeTargetGroups"),
        Write("CreateLoadBalancer"),
        Write("SetSubnets"),
        Write("CreateTargetGroup"),
        Write("RegisterTargets"));

    private readonly TestService compute = new(
        "ec2",
        new Ec2Protocol("urn:test"),
        Read("DescribeVpcs"),
        Read("DescribeSecurityGroups"),
        Write("AcceptVpcEndpointConnections"),
        Write("CreateVpcEndpoint"),
        Write("CreateTags"),
        Write("CreateSecurityGroup"));

    public ThrottlesTests() => throttles = new(cloud.Time);

    [Theory]
    [InlineData("AcceptVpcEndpointConnections", "", 10)]
    [InlineData("CreateVpcEndpoint", "", 4)]
    [InlineData("CreateSecurityGroup", "", 50)]
    [InlineData("CreateTags", "", 100)]
    [InlineData("DescribeVpcs", "", 100)]
    [InlineData("DescribeSecurityGroups", "", 50)]
    [InlineData("DescribeSecurityGroups", "&GroupId.1=sg-1", 100)]
    [InlineData("DescribeSecurityGroups", "&MaxResults=5", 100)]
    public void A_full_bucket_of_ec2_holds_what_is_documented(string operation, string parameters, int calls) =>
        Assert.Equal(calls, Taken(compute, operation, parameters));

    [Theory]
    [InlineData("CreateLoadBalancer", 10)]
    [InlineData("CreateTargetGroup", 20)]
    [InlineData("RegisterTargets", 20)]
    [InlineData("DescribeLoadBalancers", 40)]
    public void A_full_bucket_of_load_balancing_holds_what_is_documented(string operation, int calls) =>
        Assert.Equal(calls, Taken(balancing, operation));

    [Fact]
    public void Ec2_counts_each_call_for_itself()
    {
        Taken(compute, "AcceptVpcEndpointConnections");

        Assert.Equal(4, Taken(compute, "CreateVpcEndpoint"));
    }

    [Fact]
    public void Load_balancing_counts_calls_of_a_kind_together()
    {
        Taken(balancing, "CreateLoadBalancer");

        Assert.Equal(0, Taken(balancing, "SetSubnets"));
        Assert.Equal(20, Taken(balancing, "CreateTargetGroup"));
    }

    [Fact]
    public void Load_balancing_counts_the_account_too()
    {
        Taken(balancing, "RegisterTargets");
        Taken(balancing, "CreateTargetGroup");

        Assert.Equal(0, Taken(balancing, "DescribeTargetGroups"));
    }

    [Fact]
    public void A_refused_call_takes_nothing_from_the_other_bucket()
    {
        Taken(balancing, "CreateLoadBalancer");
        for (var i = 0; i < 100; i++)
            throttles.Take(balancing.Call(cloud, "CreateLoadBalancer"));

        Assert.Equal(30, Taken(balancing, "DescribeLoadBalancers"));
    }

    [Fact]
    public void A_bucket_refills_at_its_rate_and_not_beyond_its_size()
    {
        Taken(compute, "CreateVpcEndpoint");
        cloud.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(2, Taken(compute, "CreateVpcEndpoint"));

        cloud.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(4, Taken(compute, "CreateVpcEndpoint"));
    }

    [Fact]
    public void Half_a_token_is_kept()
    {
        Taken(compute, "CreateVpcEndpoint");
        cloud.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, Taken(compute, "CreateVpcEndpoint"));

        cloud.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, Taken(compute, "CreateVpcEndpoint"));
    }

    [Fact]
    public void Services_without_documented_limits_are_not_throttled()
    {
        var notifying = new TestService("sns", new QueryProtocol("urn:test"), Write("Publish"));

        Assert.Equal(1_000, Taken(notifying, "Publish"));
    }

    private static Operation Read(string name) => Operation.Reads(name, _ => Answer.Of());

    private static Operation Write(string name) => Operation.Writes(name, _ => Answer.Of());

    private int Taken(TestService service, string operation, string parameters = "") =>
        Enumerable.Range(0, 1_000).TakeWhile(_ => throttles.Take(service.Call(cloud, operation, parameters))).Count();
}
