using LocalAws.Timing;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>Lets simulated time follow a real clock for as long as some work lasts: what is waited for outside of this process takes the time that it takes.</summary>
/// <param name="time">The time in which the work waits.</param>
/// <param name="clock">The real clock.</param>
/// <param name="speed">Simulated seconds in a real one.</param>
internal sealed class LivePacing(SimulatedTime time, TimeProvider clock, double speed)
{
    public T Run<T>(Func<Task<T>> work)
    {
        using var ended = new CancellationTokenSource();
        Task<T>? begun = null;
        time.Post(() =>
        {
            begun = work();
            begun.GetAwaiter().OnCompleted(ended.Cancel);
        });
        time.RunLive(speed, clock, ended.Token);
        return begun!.GetAwaiter().GetResult();
    }
}
