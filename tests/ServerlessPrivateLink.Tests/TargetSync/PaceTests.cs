using LocalAws.Timing;
using ServerlessPrivateLink.TargetSync;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

public sealed class PaceTests
{
    [Theory]
    [InlineData(30, 0)]
    [InlineData(31, 0.125)]
    [InlineData(46, 2)]
    public void So_many_calls_at_once_and_then_so_many_a_second(int calls, double seconds) => Assert.Equal(seconds, Took(calls, idle: 0), precision: 3);

    [Fact]
    public void What_was_not_used_is_there_again_and_never_more_than_at_first()
    {
        Assert.Equal(30, Took(30, idle: 0) + 30);
        Assert.Equal(1, Took(38, idle: 600), precision: 3);
    }

    [Fact]
    public void When_others_use_the_calls_up_it_goes_on_from_nothing()
    {
        var time = new SimulatedTime(Groups.Noon);
        var pace = new Pace(time, burst: 30, perSecond: 8);

        pace.Exhaust();
        time.Run(() => pace.NextAsync(CancellationToken.None));

        Assert.Equal(0.125, (time.GetUtcNow() - Groups.Noon).TotalSeconds, precision: 3);
    }

    private static double Took(int calls, int idle)
    {
        var time = new SimulatedTime(Groups.Noon);
        var pace = new Pace(time, burst: 30, perSecond: 8);
        time.Advance(TimeSpan.FromSeconds(idle));
        var began = time.GetUtcNow();
        time.Run(async () =>
        {
            for (var call = 0; call < calls; call++) await pace.NextAsync(CancellationToken.None);
        });
        return (time.GetUtcNow() - began).TotalSeconds;
    }
}
