namespace LocalAws.Timing;

/// <summary>Work that other threads hand to the pumping one, in order.</summary>
internal sealed class Inbox
{
    private readonly Queue<Action> waiting = new();

    public void Add(Action work)
    {
        lock (waiting)
        {
            waiting.Enqueue(work);
            Monitor.Pulse(waiting);
        }
    }

    /// <summary>The work that came first; null: there is none.</summary>
    public Action? Take()
    {
        lock (waiting)
            return waiting.TryDequeue(out var work) ? work : null;
    }

    /// <summary>Waits, in real time, until there is work or this time is over.</summary>
    public Action? Await(TimeSpan longest)
    {
        lock (waiting)
        {
            if (waiting.Count == 0)
                Monitor.Wait(waiting, longest);
            return waiting.TryDequeue(out var work) ? work : null;
        }
    }
}
