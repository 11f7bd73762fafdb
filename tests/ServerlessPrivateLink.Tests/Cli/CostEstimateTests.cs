using ServerlessPrivateLink.Cli.Costs;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class CostEstimateTests
{
    private static readonly CostBasis Basis = new("eu-central-1", 3, 60, 40, 1, CostAssumptions.Usual);

    [Fact]
    public void The_load_balancer_is_charged_by_the_hour()
    {
        var line = Assert.Single(CostEstimate.For(Basis).Lines, line => line.Item == "Network Load Balancer");

        Assert.Equal(19.71m, line.Usd);
    }

    [Fact]
    public void The_total_is_the_sum_of_the_lines()
    {
        var estimate = CostEstimate.For(Basis);

        Assert.Equal(estimate.Lines.Sum(line => line.Usd), estimate.Total);
        Assert.InRange(estimate.Total, 20, 30);
    }

    [Theory]
    [InlineData(1, "0.00")]
    [InlineData(2, "1.00")]
    [InlineData(4, "1.50")]
    public void Data_crosses_zones_by_the_share_of_zones_without_the_target(int zones, string usd)
    {
        var line = Assert.Single(CostEstimate.For(Basis with { Zones = zones }).Lines, line => line.Item == "Data between zones");

        Assert.Equal(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), line.Usd);
    }

    [Fact]
    public void An_unknown_Region_is_priced_as_another_and_says_so()
    {
        var estimate = CostEstimate.For(Basis with { Region = "sa-east-1" });

        Assert.Equal("us-east-1", estimate.Region);
        Assert.Contains(estimate.Assumptions, assumption => assumption.Contains("sa-east-1", StringComparison.Ordinal));
    }
}
