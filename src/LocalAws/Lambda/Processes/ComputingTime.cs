using LocalAws.Timing;

namespace LocalAws.Lambda.Processes;

/// <summary>
/// Stops simulated time while a process computes. One that computes for too long is taken to hang: time goes on without it, and so
/// Lambda's own limit ends it.
/// </summary>
/// <param name="time">The simulated clock.</param>
/// <param name="clock">The real one.</param>
internal sealed class ComputingTime(SimulatedTime time, TimeProvider clock) : IDisposable
{
    /// <summary>How long, in real time, a process may compute without a sign of life.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IDisposable? hold;
    private ITimer? watchdog;
    private bool isExpected;
    private bool isGivenUp;
    private int waits;

    /// <summary>Whether the process is expected to do something.</summary>
    public void Expect(bool work)
    {
        isExpected = work;
        Settle();
    }

    /// <summary>It has shown that it is alive.</summary>
    public void Renew()
    {
        isGivenUp = false;
        Release();
        Settle();
    }

    /// <summary>It waits for an answer until the result is disposed.</summary>
    public IDisposable Wait()
    {
        waits++;
        Renew();
        return new Waiting(this);
    }

    public void Dispose()
    {
        isExpected = false;
        Release();
    }

    private void Settle()
    {
        if (!isExpected || isGivenUp || waits > 0)
            Release();
        else if (hold is null)
            Take();
    }

    private void Take()
    {
        var taken = hold = time.Hold();
        watchdog = clock.CreateTimer(_ => time.Post(() => GiveUp(taken)), null, Patience, Timeout.InfiniteTimeSpan);
    }

    private void GiveUp(IDisposable taken)
    {
        if (!ReferenceEquals(taken, hold))
            return;
        isGivenUp = true;
        Settle();
    }

    private void Release()
    {
        watchdog?.Dispose();
        hold?.Dispose();
        (watchdog, hold) = (null, null);
    }

    private sealed class Waiting(ComputingTime computing) : IDisposable
    {
        public void Dispose()
        {
            computing.waits--;
            computing.Settle();
        }
    }
}
