using System.Collections.Immutable;
using System.Net.Sockets;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>Somebody else's rule, in our words. When it runs stands in <c>rivals.yaml</c>.</summary>
/// <param name="Id">Its function there.</param>
/// <param name="Says">What it does.</param>
/// <param name="DrainsFor">The deregistration delay of its target group: AWS's default, where it sets none.</param>
/// <param name="PinsInstance">Whether it resolves the name of the instance that was the writer when it was set up, and not the cluster's.</param>
/// <param name="SyncAsync">One run.</param>
internal sealed record Rival(string Id, string Says, TimeSpan DrainsFor, bool PinsInstance, Func<RivalTargets, Task> SyncAsync)
{
    private const int RunsBeforeRemoval = 3;

    private static readonly TimeSpan Default = TimeSpan.FromMinutes(5);

    public static readonly ImmutableArray<Rival> All =
    [
        new("DeregisterFirst", "every 5 minutes and on instance events: deregisters the first target, then registers; the instance's endpoint", Default, PinsInstance: true, DeregisterFirstAsync),
        new("Hysteresis", "every 5 minutes: registers at once, deregisters what was absent in 3 runs", Default, PinsInstance: false, HysteresisAsync),
        new("EventOnce", "once for each event, no schedule: registers, then deregisters", TimeSpan.Zero, PinsInstance: false, RegisterFirstAsync),
        new("EveryMinute", "the vendor guide's script, every minute: registers, then deregisters", Default, PinsInstance: false, RegisterFirstAsync),
        new("FirstTargetOnly", "every 5 minutes: looks at the first target alone", Default, PinsInstance: false, FirstTargetOnlyAsync),
    ];

    // Any failure becomes a result like others: the run succeeds, and nobody tries again.
    private static async Task DeregisterFirstAsync(RivalTargets targets)
    {
        try
        {
            var wanted = (await targets.ResolveAsync())[0];
            var present = await targets.ListAsync();
            if (present is [var first, ..] && first == wanted) return;
            if (present is [var old, ..]) await targets.DeregisterAsync([old]);
            await targets.RegisterAsync([wanted]);
        }
        catch (SocketException)
        {
        }
    }

    private static async Task HysteresisAsync(RivalTargets targets)
    {
        ImmutableArray<string> answer;
        try
        {
            answer = await targets.ResolveAsync();
        }
        catch (SocketException)
        {
            return;
        }

        var present = await targets.ListAsync();
        await targets.RegisterAsync(answer.Except(present, StringComparer.Ordinal));
        foreach (var back in answer) targets.Missing.Remove(back);
        foreach (var absent in present.Except(answer, StringComparer.Ordinal)) targets.Missing[absent] = targets.Missing.GetValueOrDefault(absent) + 1;
        var gone = targets.Missing.Where(static one => one.Value >= RunsBeforeRemoval).Select(static one => one.Key).ToImmutableArray();
        await targets.DeregisterAsync(gone);
        foreach (var address in gone) targets.Missing.Remove(address);
    }

    private static async Task RegisterFirstAsync(RivalTargets targets)
    {
        var wanted = (await targets.ResolveAsync())[0];
        var present = await targets.ListAsync();
        if (!present.Contains(wanted, StringComparer.Ordinal)) await targets.RegisterAsync([wanted]);
        await targets.DeregisterAsync(present.Where(address => address != wanted));
    }

    private static async Task FirstTargetOnlyAsync(RivalTargets targets)
    {
        var wanted = (await targets.ResolveAsync())[0];
        var present = await targets.ListAsync();
        if (present is [var first, ..] && first == wanted) return;
        await targets.RegisterAsync([wanted]);
        await targets.DeregisterAsync(present.Take(1));
    }
}
