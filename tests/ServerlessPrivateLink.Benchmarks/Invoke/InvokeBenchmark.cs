using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using LocalAws;
using LocalAws.Doors;
using LocalAws.Lambda.Processes;
using LocalAws.LoadBalancing;
using LocalAws.Templates;
using ServerlessPrivateLink.Benchmarks.Failovers;
using ServerlessPrivateLink.Cli;

namespace ServerlessPrivateLink.Benchmarks.Invoke;

/// <summary>Two functions that do the same for one link, each in processes of its own that serve the Runtime API.</summary>
public static class InvokeBenchmark
{
    private const string Ours = "SyncTargets";
    private const string Theirs = "Guide";
    private const int WarmPerTurn = 10;
    private const int SettlingMinutes = 5;

    /// <param name="home">Where the sources, the template and the example account are.</param>
    /// <param name="turns">How often each side starts.</param>
    /// <param name="clock">The real clock.</param>
    public static InvokeReport Run(HomeDirectory home, int turns, TimeProvider clock)
    {
        var python = Python.Find();
        var published = Published.Make(home);
        var cloud = new OwnWorld(home).Build(1, DatabaseCase.All[0]).Cloud;
        Template.Load(Path.Combine(AppContext.BaseDirectory, "Invoke", "guide.yaml")).Deploy(cloud, "guide", new Dictionary<string, string>(StringComparer.Ordinal));
        Settle(cloud);
        var door = LoopbackDoor.OpenAsync(cloud, port: 0, clock, static failure => Console.Error.WriteLine(failure), CancellationToken.None).GetAwaiter().GetResult();
        using var processes = new FunctionProcesses(cloud, door.Endpoint, clock, CommandFor);
        cloud.Lambda.Processes = processes;
        string[] sides = python is null ? [Ours] : [Ours, Theirs];
        var samples = sides.ToDictionary(static side => side, static _ => new List<InvokeSample>(), StringComparer.Ordinal);

        // The first turn fills the caches of the disk and is not counted.
        for (var turn = 0; turn <= turns; turn++)
        {
            foreach (var side in sides)
            {
                var sample = Take(cloud, processes, side, clock);
                if (turn > 0) samples[side].Add(sample);
            }
        }

        cloud.Lambda.Processes = null;
        door.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return InvokeReport.Of(python?.Version, [.. samples[Ours]], [.. samples.GetValueOrDefault(Theirs) ?? []]);

        FunctionCommand? CommandFor(FunctionSettings function) => function.LogicalId switch
        {
            Ours => published.CommandFor(function.Handler),
            Theirs => python!.CommandFor(
                function.Handler,
                cloud.LoadBalancing.All<TargetGroup>().Single().Arn,
                DatabaseCase.All[0].Identifier,
                DatabaseCase.All[0].Writer(cloud).Address!.ToString()),
            _ => null,
        };
    }

    /// <summary>The first runs after a provisioning note what they see; what is measured is any minute after those.</summary>
    private static void Settle(Cloud cloud)
    {
        var function = cloud.Lambda.All.Single(static one => one.LogicalId is Ours);
        for (var minute = 0; minute < SettlingMinutes; minute++)
        {
            cloud.Time.Run(() => cloud.Lambda.InvokeAsync(function, "{}"u8.ToArray(), cloud.Chance.Uuid()));
            cloud.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static InvokeSample Take(Cloud cloud, FunctionProcesses processes, string side, TimeProvider clock)
    {
        var function = cloud.Lambda.All.Single(one => one.LogicalId == side);
        // Deploying it again ends its environments, so that the next invocation starts a process.
        cloud.Lambda.Add(function);
        var before = processes.Ids;
        var cold = Once();
        var process = processes.Ids.Except(before).Single();
        var coldCpu = FunctionUse.Of(process).Cpu;
        ImmutableArray<TimeSpan> warm = [.. Enumerable.Range(0, WarmPerTurn).Select(_ => Once())];
        return new(cold, coldCpu, warm, FunctionUse.Of(process).PeakBytes);

        TimeSpan Once()
        {
            var began = clock.GetTimestamp();
            var ended = cloud.Time.Run(() => cloud.Lambda.InvokeAsync(function, "{}"u8.ToArray(), cloud.Chance.Uuid()));
            var took = clock.GetElapsedTime(began);
            return ended.FunctionError is null ? took : throw new UnreachableException($"{side} failed: {Encoding.UTF8.GetString(ended.Payload.Span)}");
        }
    }
}

/// <summary>One process, from its start.</summary>
/// <param name="Cold">From its start to the first answer.</param>
/// <param name="ColdCpu">The processors' time that this took in the process.</param>
/// <param name="Warm">From event to answer, each time after.</param>
/// <param name="PeakBytes">The most memory that was resident.</param>
internal sealed record InvokeSample(TimeSpan Cold, TimeSpan ColdCpu, ImmutableArray<TimeSpan> Warm, long PeakBytes);
