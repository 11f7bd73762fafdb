using LocalAws.Doors;
using LocalAws.Tests.Accounts;

namespace LocalAws.Tests.Doors;

/// <summary>The example account behind a door on a free port, with a thread that lets its time follow the real one.</summary>
internal sealed class OpenDoor : IDisposable
{
    private const double Speed = 100;

    private readonly CancellationTokenSource closing = new();
    private readonly LoopbackDoor door;
    private readonly Thread pump;

    public OpenDoor()
    {
        door = LoopbackDoor.OpenAsync(Cloud, 0, RealClock, Failures.Add, CancellationToken.None).GetAwaiter().GetResult();
        pump = new(() => Cloud.Time.RunLive(Speed, RealClock, closing.Token));
        pump.Start();
    }

#pragma warning disable RS0030 // Clients that sign for a socket look at the real clock.
    public static TimeProvider RealClock { get; } = TimeProvider.System;
#pragma warning restore RS0030

    public ExampleAccount Account { get; } = new();

    public Cloud Cloud => Account.Cloud;

    public Uri Endpoint => door.Endpoint;

    /// <summary>What broke behind the door.</summary>
    public List<Exception> Failures { get; } = [];

    /// <summary>Runs work on the thread that pumps, and waits for it.</summary>
    public T OnPump<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Cloud.Time.Post(() => done.SetResult(work()));
        return done.Task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        closing.Cancel();
        pump.Join();
        door.DisposeAsync().AsTask().GetAwaiter().GetResult();
        closing.Dispose();
    }
}
