using LocalAws.Timing;
using Xunit;

namespace LocalAws.Tests.Timing;

public sealed class SimulatedTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly SimulatedTime time = new(Start);
    private readonly List<string> events = [];

    [Fact]
    public void A_year_of_waiting_takes_no_time()
    {
        time.Run(() => time.Delay(TimeSpan.FromDays(365), CancellationToken.None));

        Assert.Equal(Start.AddDays(365), time.GetUtcNow());
    }

    [Fact]
    public void What_is_due_at_one_instant_runs_in_the_order_in_which_it_was_asked_for()
    {
        time.Run(() => Task.WhenAll(Enumerable.Range(0, 20).Select(i => Wait($"{i}", TimeSpan.FromSeconds(i % 2)))));

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i * 2}").Concat(Enumerable.Range(0, 10).Select(i => $"{(i * 2) + 1}")), events);
    }

    [Fact]
    public void Everything_runs_on_the_thread_that_pumps()
    {
        var pumping = Environment.CurrentManagedThreadId;
        var seen = new HashSet<int>();

        time.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await time.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
                await Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None);
                seen.Add(Environment.CurrentManagedThreadId);
            }
        });

        Assert.Equal([pumping], seen);
    }

    [Fact]
    public void A_synchronization_context_is_put_aside_and_put_back()
    {
        var context = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(context);
        SynchronizationContext? inside = context;

        time.Run(async () =>
        {
            inside = SynchronizationContext.Current;
            await time.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        });

        Assert.Null(inside);
        Assert.Same(context, SynchronizationContext.Current);
    }

    [Fact]
    public void A_periodic_timer_fires_until_it_is_disposed()
    {
        using (time.CreateTimer(_ => events.Add($"{(time.GetUtcNow() - Start).TotalSeconds:0}"), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)))
            time.Advance(TimeSpan.FromSeconds(30));

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(["5", "15", "25"], events);
        Assert.Equal(Start.AddSeconds(60), time.GetUtcNow());
    }

    [Fact]
    public void A_watch_sees_each_instant_when_all_of_it_has_happened()
    {
        using var first = time.CreateTimer(_ => events.Add("first"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var second = time.CreateTimer(_ => events.Add("second"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        using (time.Watch(next => events.Add($"{(time.GetUtcNow() - Start).TotalSeconds:0} to {(next - Start).TotalSeconds:0}")))
            time.Advance(TimeSpan.FromSeconds(8));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["0 to 5", "first", "second", "5 to 8"], events);
    }

    [Fact]
    public void A_changed_timer_forgets_when_it_was_due()
    {
        using var timer = time.CreateTimer(_ => events.Add($"{(time.GetUtcNow() - Start).TotalSeconds:0}"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        Assert.True(timer.Change(TimeSpan.FromSeconds(8), Timeout.InfiniteTimeSpan));
        time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(["8"], events);
    }

    [Fact]
    public void A_disposed_timer_cannot_be_set_again()
    {
        var timer = time.CreateTimer(_ => events.Add("fired"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Dispose();

        Assert.False(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(events);
    }

    [Fact]
    public void A_cancelled_wait_ends_at_once()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3), time);

        Assert.ThrowsAny<OperationCanceledException>(() => time.Run(() => time.Delay(TimeSpan.FromHours(1), source.Token)));

        Assert.Equal(Start.AddSeconds(3), time.GetUtcNow());
        Assert.Null(time.NextDue);
    }

    [Fact]
    public void A_wait_with_a_cancelled_token_does_not_begin() =>
        Assert.ThrowsAny<OperationCanceledException>(() => time.Run(() => time.Delay(TimeSpan.Zero, new(canceled: true))));

    [Fact]
    public void An_endless_wait_ends_by_its_token_alone()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromDays(1), time);

        Assert.ThrowsAny<OperationCanceledException>(() => time.Run(() => time.Delay(Timeout.InfiniteTimeSpan, source.Token)));

        Assert.Equal(Start.AddDays(1), time.GetUtcNow());
    }

    [Fact]
    public void Work_that_waits_for_nothing_is_a_stall()
    {
        var never = new TaskCompletionSource();

        var stall = Assert.Throws<SimulationStalledException>(() => time.Run(() => never.Task));

        Assert.Contains("2026-01-01T08:00:00", stall.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_the_work_comes_out() =>
        Assert.Throws<FormatException>(() => time.Run(async () =>
        {
            await time.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            throw new FormatException();
        }));

    [Fact]
    public void Advancing_runs_what_falls_due_and_stops_at_its_end()
    {
        var waits = Task.WhenAll(Wait("3", TimeSpan.FromSeconds(3)), Wait("9", TimeSpan.FromSeconds(9)));

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["3"], events);
        Assert.False(waits.IsCompleted);
        Assert.Equal(Start.AddSeconds(5), time.GetUtcNow());
        Assert.Equal(Start.AddSeconds(9), time.NextDue);
    }

    [Fact]
    public void Timestamps_measure_simulated_time()
    {
        var before = time.GetTimestamp();

        time.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal(TimeSpan.FromMinutes(7), time.GetElapsedTime(before));
    }

    private async Task Wait(string name, TimeSpan delay)
    {
        await time.Delay(delay, CancellationToken.None).ConfigureAwait(false);
        events.Add(name);
    }

    [Fact]
    public void Posted_work_runs_on_the_pumping_thread_before_time_moves()
    {
        var pumping = Environment.CurrentManagedThreadId;
        var came = new TaskCompletionSource<(int Thread, DateTimeOffset At)>();
        var outside = new Thread(() => time.Post(() => came.SetResult((Environment.CurrentManagedThreadId, time.GetUtcNow()))));
        outside.Start();
        outside.Join();

        var (thread, at) = time.Run(async () =>
        {
            await time.Delay(TimeSpan.FromHours(1), CancellationToken.None);
            return await came.Task;
        });

        Assert.Equal((pumping, Start), (thread, at));
    }

    [Fact]
    public void While_it_is_held_time_waits_for_what_is_posted()
    {
        var hold = time.Hold();
        DateTimeOffset? came = null;
        var outside = new Thread(() => time.Post(() =>
        {
            came = time.GetUtcNow();
            hold.Dispose();
        }));

        time.Run(() =>
        {
            var waiting = time.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            outside.Start();
            return waiting;
        });

        Assert.Equal(Start, came);
        Assert.Equal(Start.AddSeconds(1), time.GetUtcNow());
    }

    [Fact]
    public void A_hold_that_is_released_twice_was_one_hold()
    {
        var first = time.Hold();
        using var second = time.Hold();
        first.Dispose();
        first.Dispose();
        DateTimeOffset? came = null;
        time.Post(() => { });
        time.Post(() => { });
        time.Post(() =>
        {
            came = time.GetUtcNow();
            second.Dispose();
        });

        time.Run(() => time.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));

        Assert.Equal(Start, came);
    }

    [Fact]
    public void Live_time_follows_a_clock_so_many_times_as_fast()
    {
        var clock = new SteppedClock(TimeSpan.FromMilliseconds(1));
        using var stop = new CancellationTokenSource();
        using var timer = time.CreateTimer(_ => stop.Cancel(), null, TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);

        time.RunLive(60_000, clock, stop.Token);

        Assert.Equal(Start.AddMinutes(10), time.GetUtcNow());
        Assert.Equal(10, clock.Reads);
    }

    /// <summary>A clock that has moved on by a step whenever it is asked.</summary>
    private sealed class SteppedClock(TimeSpan step) : TimeProvider
    {
        private long ticks;

        public int Reads { get; private set; } = -1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Reads++;
            ticks += step.Ticks;
            return ticks;
        }
    }
}
