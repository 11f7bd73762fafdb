using LocalAws.Wire;

namespace LocalAws.Faults;

/// <summary>What can go wrong with one call.</summary>
public enum FaultKind
{
    /// <summary>Refused by the service's own throttle.</summary>
    Throttle,

    /// <summary>A 500 before anything is done.</summary>
    ServerError,

    /// <summary>The connection breaks before anything is done.</summary>
    ConnectionLost,

    /// <summary>All is done, and the connection breaks before the answer.</summary>
    AnswerLost,

    /// <summary>All is done, and the answer never comes; a caller that waits without end loses the connection.</summary>
    NoAnswer,

    /// <summary>Refused as if the policy did not allow it.</summary>
    Denied,

    /// <summary>The caller dies before anything is done; one that cannot die loses the connection.</summary>
    CallerDiesBefore,

    /// <summary>The caller dies after all is done; one that cannot die loses the connection.</summary>
    CallerDiesAfter,
}

/// <summary>The one place from which faults come.</summary>
public sealed class FaultBox
{
    private readonly List<Planned> planned = [];

    /// <summary>Asked at every call, before the planned faults; null: nothing is drawn.</summary>
    public Func<ApiCall, FaultKind?>? Draw { get; set; }

    /// <summary>Plans a fault for calls that match.</summary>
    /// <param name="kind">What goes wrong.</param>
    /// <param name="where">Which calls.</param>
    /// <param name="times">How often.</param>
    public void Plan(FaultKind kind, Func<ApiCall, bool> where, int times = 1) => planned.Add(new(kind, where) { Left = times });

    /// <summary>The fault that befalls this call; a planned one is used up by it.</summary>
    public FaultKind? Next(ApiCall call)
    {
        if (Draw?.Invoke(call) is { } drawn)
            return drawn;
        var hit = planned.Find(fault => fault.Left > 0 && fault.Where(call));
        if (hit is null)
            return null;
        hit.Left--;
        return hit.Kind;
    }

    private sealed record Planned(FaultKind Kind, Func<ApiCall, bool> Where)
    {
        public int Left { get; set; }
    }
}
