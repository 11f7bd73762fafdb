using ServerlessPrivateLink.Probing;
using Xunit;

namespace ServerlessPrivateLink.Tests.Probing;

public sealed class BalancerNameTests
{
    private static readonly StackSettings Settings = new("prod", "111122223333", "eu-central-1", "aws", "vpc-1", [], "arn:topic", "arn:topic");
    private static readonly string Name = ResourceName.LoadBalancer("prod", "orders");

    [Fact]
    public void The_links_load_balancer_has_its_name_by_its_arn() => Assert.Equal(
        $"{Name}-5d1b75f4f1cee11e.elb.eu-central-1.amazonaws.com",
        BalancerName.Of(Settings, "amazonaws.com", "orders", $"arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/{Name}/5d1b75f4f1cee11e"));

    [Theory]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/NAME/")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/NAME/5d1b75f4f1cee11e.evil")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/NAME/5d1b75f4f1cee11e\n")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/NAME/5D1B75F4F1CEE11E")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/NAME/5d1b75f4f1cee11e")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:999999999999:loadbalancer/net/NAME/5d1b75f4f1cee11e")]
    [InlineData("arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/NAME/5d1b75f4f1cee11e")]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/other/5d1b75f4f1cee11e")]
    [InlineData("db.internal")]
    [InlineData("")]
    public void Anything_else_is_refused(string arn) => Assert.Throws<ProbeRefusedException>(() =>
        BalancerName.Of(Settings, "amazonaws.com", "orders", arn.Replace("NAME", Name, StringComparison.Ordinal)));
}
