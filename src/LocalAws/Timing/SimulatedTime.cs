namespace LocalAws.Timing;

/// <summary>
/// A clock that moves only when nothing else is ready: waits cost no real time, and everything runs on the thread that pumps.
/// Work that is due at the same instant runs in the order in which it was asked for, so a run is repeatable.
/// Other threads hand in work by <see cref="Post"/>, and stop the clock by <see cref="Hold"/> while somebody outside computes.
/// </summary>
/// <param name="start">The first instant.</param>
public sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan LongestNap = TimeSpan.FromSeconds(1);

    private readonly Inbox posted = new();
    private readonly PriorityQueue<SimulatedTimer, (DateTimeOffset Due, long Order)> due = new();
    private readonly List<Action<DateTimeOffset>> watches = [];
    private DateTimeOffset now = start;
    private long order;
    private int holds;

    /// <summary>The instant at which this clock began.</summary>
    public DateTimeOffset Start { get; } = start;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due; null when none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            while (due.TryPeek(out var timer, out var at))
            {
                if (timer.IsDueAt(at.Order))
                    return at.Due;
                due.Dequeue();
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    /// <inheritdoc/>
    public override long GetTimestamp() => now.UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits in simulated time; what waits continues on the pumping thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task Delay(TimeSpan delay, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (delay <= TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan)
            return;
        var done = new TaskCompletionSource();
        await using var timer = CreateTimer(_ => done.TrySetResult(), null, delay, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using var cancelled = token.UnsafeRegister(_ => done.TrySetCanceled(token), null).ConfigureAwait(false);
        await done.Task.ConfigureAwait(false);
    }

    /// <summary>Starts the work and lets time pass until it has ended.</summary>
    /// <exception cref="SimulationStalledException">Nothing is due and the work has not ended.</exception>
    public T Run<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var pump = new Pump();
        var task = work();
        while (!task.IsCompleted)
        {
            if (!Step())
                throw new SimulationStalledException(now);
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Starts the work and lets time pass until it has ended.</summary>
    /// <exception cref="SimulationStalledException">Nothing is due and the work has not ended.</exception>
    public void Run(Func<Task> work) => Run(async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    /// <summary>Lets this much time pass, running all that falls due in it.</summary>
    public void Advance(TimeSpan span)
    {
        using var pump = new Pump();
        var end = now + span;
        while (RunPosted() || (NextDue is { } next && next <= end && Step()))
        {
        }

        MoveTo(end);
    }

    /// <summary>Runs what was posted next or, when nothing was, the timer that is due next, moving the clock to it.</summary>
    /// <returns>False when nothing was posted and no timer is set.</returns>
    public bool Step()
    {
        using var pump = new Pump();
        if (RunPosted())
            return true;
        if (NextDue is null)
            return false;
        due.TryDequeue(out var timer, out var at);
        MoveTo(at.Due);
        timer!.Fire(at.Order);
        return true;
    }

    /// <summary>Hands in work from any thread: it runs on the pumping thread, before the clock moves. What it throws ends the pump.</summary>
    public void Post(Action work) => posted.Add(work);

    /// <summary>
    /// Before the clock moves on, and with the instant that it moves to, this is called, until it is disposed. All that happens at the
    /// present instant has happened then, and it may only look.
    /// </summary>
    public IDisposable Watch(Action<DateTimeOffset> beforeMove)
    {
        watches.Add(beforeMove);
        return new Watching(this, beforeMove);
    }

    /// <summary>
    /// Stops the clock, from any thread, until it is disposed: the pump waits for what is posted, however long that takes.
    /// For work outside of this process that takes no simulated time, such as a function in a process of its own.
    /// </summary>
    public IDisposable Hold()
    {
        Interlocked.Increment(ref holds);
        return new Holding(this);
    }

    /// <summary>Lets time follow a real clock until cancelled, so many times as fast; timers and posted work run on this thread.</summary>
    /// <param name="speed">Simulated seconds in a real one.</param>
    /// <param name="clock">The real clock.</param>
    /// <param name="token">Ends it, without an error.</param>
    public void RunLive(double speed, TimeProvider clock, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        using var pump = new Pump();
        using var cancelled = token.UnsafeRegister(_ => Post(static () => { }), null);
        var (began, origin) = (clock.GetTimestamp(), now);
        while (!token.IsCancellationRequested)
        {
            CatchUp(origin + (clock.GetElapsedTime(began) * speed));
            var nap = NextDue is { } next ? (next - now) / speed : LongestNap;
            if (posted.Await(nap < LongestNap ? nap : LongestNap) is not { } work)
                continue;
            CatchUp(origin + (clock.GetElapsedTime(began) * speed));
            work();
        }
    }

    private void MoveTo(DateTimeOffset next)
    {
        if (next <= now)
            return;
        foreach (var watch in watches)
            watch(next);
        now = next;
    }

    private bool RunPosted()
    {
        if ((Volatile.Read(ref holds) > 0 ? posted.Await(Timeout.InfiniteTimeSpan) : posted.Take()) is not { } work)
            return false;
        work();
        return true;
    }

    private void CatchUp(DateTimeOffset until)
    {
        if (Volatile.Read(ref holds) == 0 && until > now)
            Advance(until - now);
    }

    private long Schedule(SimulatedTimer timer, TimeSpan dueTime)
    {
        var ticket = ++order;
        due.Enqueue(timer, (now + (dueTime > TimeSpan.Zero ? dueTime : TimeSpan.Zero), ticket));
        return ticket;
    }

    private sealed class Watching(SimulatedTime time, Action<DateTimeOffset> beforeMove) : IDisposable
    {
        public void Dispose() => time.watches.Remove(beforeMove);
    }

    private sealed class Holding(SimulatedTime time) : IDisposable
    {
        private int released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref released, 1) != 0)
                return;
            Interlocked.Decrement(ref time.holds);
            time.Post(static () => { });
        }
    }

    /// <summary>While a synchronization context is set, .NET continues awaiting work on other threads; under the pump none is.</summary>
    private sealed class Pump : IDisposable
    {
        private readonly SynchronizationContext? outer = SynchronizationContext.Current;

        public Pump() => SynchronizationContext.SetSynchronizationContext(null);

        public void Dispose() => SynchronizationContext.SetSynchronizationContext(outer);
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private long ticket;
        private TimeSpan period = Timeout.InfiniteTimeSpan;
        private bool disposed;

        public bool IsDueAt(long order) => ticket == order;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (disposed)
                return false;
            this.period = period;
            ticket = dueTime == Timeout.InfiniteTimeSpan ? 0 : time.Schedule(this, dueTime);
            return true;
        }

        public void Fire(long order)
        {
            if (!IsDueAt(order))
                return;
            ticket = period > TimeSpan.Zero ? time.Schedule(this, period) : 0;
            callback(state);
        }

        public void Dispose()
        {
            disposed = true;
            ticket = 0;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
