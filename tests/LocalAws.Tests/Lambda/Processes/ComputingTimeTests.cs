using LocalAws.Lambda.Processes;
using LocalAws.Timing;
using Xunit;

namespace LocalAws.Tests.Lambda.Processes;

public sealed class ComputingTimeTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly SimulatedTime time = new(Start);
    private readonly SimulatedTime real = new(Start);
    private readonly ComputingTime computing;
    private bool ticked;

    public ComputingTimeTests()
    {
        computing = new(time, real);
        time.CreateTimer(_ => ticked = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => computing.Dispose();

    [Fact]
    public void Time_stands_still_while_a_process_computes()
    {
        computing.Expect(true);
        time.Post(() => { });
        time.Step();
        Assert.False(ticked);

        computing.Expect(false);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(ticked);
    }

    [Fact]
    public void Time_passes_while_a_process_waits_for_an_answer_and_not_after_it()
    {
        computing.Expect(true);
        var (first, second) = (computing.Wait(), computing.Wait());
        first.Dispose();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(ticked);

        ticked = false;
        time.CreateTimer(_ => ticked = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        second.Dispose();
        Posted();
        Assert.False(ticked);
    }

    [Fact]
    public void Time_goes_on_without_a_process_that_shows_no_sign_of_life()
    {
        computing.Expect(true);
        real.Advance(ComputingTime.Patience);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(ticked);
    }

    [Fact]
    public void A_sign_of_life_gives_a_process_its_time_again()
    {
        computing.Expect(true);
        real.Advance(ComputingTime.Patience - TimeSpan.FromSeconds(1));
        computing.Renew();
        real.Advance(ComputingTime.Patience - TimeSpan.FromSeconds(1));
        Posted();
        Assert.False(ticked);

        real.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(ticked);
    }

    // Runs all that was posted; a clock that does not stand still would reach the timer.
    private void Posted()
    {
        var seen = false;
        time.Post(() => seen = true);
        while (!seen)
            time.Step();
    }
}
