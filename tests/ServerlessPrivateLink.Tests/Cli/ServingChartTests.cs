using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Reports;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class ServingChartTests
{
    private static readonly ImmutableArray<ServingCount> Failover =
    [
        new(-20, 1, 1, Exists: true), new(0, 0, 0, Exists: false), new(60, 0, 0, Exists: true), new(70, 1, 0, Exists: true), new(160, 1, 1, Exists: true),
    ];

    [Fact]
    public void A_failover_is_drawn_from_healthy_over_gone_and_unreachable_to_healthy()
    {
        var chart = ServingChart.Draw(Failover, until: 196, width: 76);

        Assert.Equal(" 1 |" + new string('#', 6) + new string(' ', 24) + new string('o', 30) + new string('#', 12), chart[0]);
        Assert.Equal(" 0 |" + new string(' ', 6) + new string('.', 20) + new string('!', 4), chart[1]);
        Assert.Equal("   +" + new string('-', 72), chart[2]);
        Assert.StartsWith("    -20 ", chart[3], StringComparison.Ordinal);
        Assert.EndsWith(" s", chart[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_shorter_than_a_column_is_still_seen()
    {
        var chart = ServingChart.Draw([new(0, 2, 2, Exists: true), new(500, 1, 1, Exists: true), new(500.1, 2, 2, Exists: true), new(700, 0, 0, Exists: true), new(700.1, 2, 1, Exists: true)], until: 1000, width: 54);

        Assert.Equal(" 2 |" + new string('#', 25) + " " + new string('#', 9) + " " + new string('o', 14), chart[0]);
        Assert.Equal(" 1 |" + new string('#', 35) + " " + new string('#', 14), chart[1]);
        Assert.Equal(" 0 |" + new string(' ', 35) + "!", chart[2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(500)]
    public void It_keeps_within_the_width_between_its_limits_and_to_plain_characters(int width)
    {
        var chart = ServingChart.Draw(Failover, until: 200, width);

        Assert.All(chart, line => Assert.InRange(line.Length, 1, Math.Clamp(width, ServingChart.LeastWidth, ServingChart.MostWidth) + " s".Length));
        Assert.All(string.Concat(chart), static letter => Assert.InRange(letter, ' ', '~'));
        Assert.All(chart, static line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Nothing_is_drawn_of_nothing()
    {
        Assert.Empty(ServingChart.Draw([], until: 10, width: 80));
        Assert.Empty(ServingChart.Draw(Failover, until: -20, width: 80));
    }
}
