using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Links;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class ChecklistTests
{
    private static readonly Link Orders = LinkDocument.Read(
        """{"name":"orders","databases":[{"instance":"orders-prod"}],"consumers":["133737826969"]}"""u8, "aws", new(2026, 1, 1)).Link!;

    private static readonly LinkFacts Good = new(
        [new("orders-prod", "postgres 16.4", "available", "orders-prod.example", 5432, ["sg-db"])],
        [new("subnet-a", "vpc-1", "eu-central-1a", "euc1-az2", "10.0.1.0/24")],
        [new("tg-arn", "tg", "vpc-1", 5432, "orders-prod", "TCP every 5 s", [new("10.0.1.7", 5432, "healthy")])],
        new("lb-arn", "lb", "network", "internal", "active", true, "off", [new("eu-central-1a", "subnet-a")], [new("l-arn", 5432, "TCP", "tg-arn")]),
        new("vpce-svc-1", "com.amazonaws.vpce.eu-central-1.vpce-svc-1", "Available", true, ["lb-arn"], [], [new("arn:aws:iam::133737826969:root", "vpce-svc-perm-1", "auto")], [], "f00d"),
        new("sg-lb", "lb"),
        [new("sgr-1", "sg-db", 5432, 5432, "sg-lb")]);

    private static readonly TargetGroupFact Group = Good.TargetGroups[0];

    public static TheoryData<string, LinkFacts> Flaws() => new()
    {
        { "details gathered", Good with { Databases = [] } },
        { "address resolved in the VPC", Good with { TargetGroups = [Group with { Targets = [new("10.0.9.7", 5432, "healthy")] }] } },
        { "address resolved in the VPC", Good with { Subnets = [Good.Subnets[0] with { VpcId = "vpc-2" }] } },
        { "target group", Good with { TargetGroups = [] } },
        { "target registered", Good with { TargetGroups = [Group with { Targets = [new("10.0.1.7", 5432, "unhealthy")] }] } },
        { "internal NLB and listener", Good with { LoadBalancer = null } },
        { "internal NLB and listener", Good with { LoadBalancer = Good.LoadBalancer! with { Scheme = "internet-facing" } } },
        { "internal NLB and listener", Good with { LoadBalancer = Good.LoadBalancer! with { Listeners = [] } } },
        { "cross-zone", Good with { LoadBalancer = Good.LoadBalancer! with { CrossZone = false } } },
        { "endpoint service with acceptance required", Good with { Service = Good.Service! with { AcceptanceRequired = false } } },
        { "endpoint service with acceptance required", Good with { Service = Good.Service! with { LoadBalancerArns = ["other"] } } },
        { "service name", Good with { Service = null } },
        { "principals allowed", Good with { Service = Good.Service! with { Principals = [] } } },
        { "principals allowed", Good with { Service = Good.Service! with { Principals = [.. Good.Service.Principals, new("arn:aws:iam::999999999999:root", "p", null)] } } },
        { "security group opened", Good with { Databases = [] } },
        { "security group opened", Good with { Rules = [] } },
        { "security group opened", Good with { Rules = [Good.Rules[0] with { Source = "sg-other" }] } },
        { "security group opened", Good with { Rules = [Good.Rules[0] with { FromPort = 3306, ToPort = 3306 }] } },
        { "name announced", Good with { Service = Good.Service! with { Announced = null } } },
    };

    [Fact]
    public void Everything_is_done_and_has_evidence_when_AWS_says_so()
    {
        var items = Checklist.For(Orders, Good);

        Assert.Equal(11, items.Length);
        Assert.All(items, item => Assert.True(item.Done, item.Item));
        Assert.All(items, item => Assert.NotEmpty(item.Evidence));
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public void What_AWS_does_not_show_is_not_done(string item, LinkFacts flawed) =>
        Assert.False(Assert.Single(Checklist.For(Orders, flawed), one => one.Item == item).Done);

    [Fact]
    public void Each_subnet_of_the_load_balancer_needs_its_rule_when_the_document_says_so()
    {
        var bySubnet = Orders with { Ingress = Ingress.SubnetCidrs };

        Assert.False(Opened(bySubnet, Good).Done);
        Assert.True(Opened(bySubnet, Good with { Rules = [Good.Rules[0] with { Source = "10.0.1.0/24" }] }).Done);
    }

    private static ChecklistItem Opened(Link link, LinkFacts facts) => Assert.Single(Checklist.For(link, facts), item => item.Item == "security group opened");
}
