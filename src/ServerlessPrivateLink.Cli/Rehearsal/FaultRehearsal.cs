using System.Collections.Immutable;
using LocalAws;
using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>
/// Builds a link while one call in ten fails: throttles, failures of AWS's own, lost answers, broken connections, time-outs, functions that die.
/// The operator does what the README says: a failed execution is started again with the same document.
/// </summary>
internal static class FaultRehearsal
{
    private const double Share = 0.1;

    // Each start gets further than the one before; one that needs more of them does not end.
    private const int MostRestarts = 20;

    // Whoever starts again has read the alert first; meanwhile EC2 shows all that the execution before has made.
    private static readonly TimeSpan BeforeRestart = TimeSpan.FromSeconds(30);

    /// <param name="prepare">A rehearsal of the same link from a seed; it is run twice for each, without faults and with them.</param>
    /// <param name="link">The link's name.</param>
    /// <param name="seeds">The seeds.</param>
    public static FaultReport Run(Func<int, LinkRehearsal> prepare, string link, IEnumerable<int> seeds)
    {
        var reports = seeds.Select(seed => RunOne(prepare, seed)).ToImmutableArray();
        return new(link, reports.Count(static one => one.Same), reports.Sum(static one => one.Restarts), reports.Sum(static one => one.Faults), reports);
    }

    /// <summary>Runs a machine until it ends well or no start helps any more.</summary>
    public static FaultCourse Run(DeployedStack deployed, string document, bool faults)
    {
        var cloud = deployed.Cloud;
        var drawn = new DrawnFaults(cloud.Chance.Seed, Share, DrawnFaults.Passing);
        if (faults)
            cloud.Faults.Draw = call => deployed.Stack.Functions.ContainsKey(call.Caller.Name) ? drawn.Draw(call) : null;
        var (start, starts) = (cloud.Time.GetUtcNow(), 0);
        LocalAws.States.Running.Execution run;
        do
        {
            if (starts > 0)
                cloud.Time.Advance(BeforeRestart);
            starts++;
            run = cloud.Time.Run(() => cloud.StepFunctions.WaitAsync(
                cloud.StepFunctions.Start(cloud.StepFunctions.Machine(deployed.MachineArn), $"start-{starts}", document).Identity.Arn,
                CancellationToken.None));
        }
        while (faults && run.Status is not ExecutionStatus.Succeeded && starts <= MostRestarts);
        cloud.Faults.Draw = null;
        return new(
            AccountShape.Of(cloud, ResourceTags.Announced),
            starts - 1,
            drawn.Count,
            cloud.Time.GetUtcNow() - start,
            run.Status is ExecutionStatus.Succeeded ? null : $"{run.Error}: {run.Cause}");
    }

    private static SeedReport RunOne(Func<int, LinkRehearsal> prepare, int seed)
    {
        using var quiet = prepare(seed);
        using var disturbed = prepare(seed);
        var (without, with) = (quiet.Course(faults: false), disturbed.Course(faults: true));
        // Lines can be equal, when something was made twice: so they are counted, not looked up.
        var (missing, additional) = (Surplus(without.Shape, with.Shape), Surplus(with.Shape, without.Shape));
        return new(
            seed,
            without.Failure is null && with.Failure is null && missing.IsEmpty && additional.IsEmpty,
            with.Restarts,
            with.Faults,
            Math.Round(with.Took.TotalSeconds, 3),
            without.Failure is { } failure ? $"Without faults already: {failure}" : with.Failure,
            missing,
            additional);
    }

    private static ImmutableArray<string> Surplus(ImmutableArray<string> of, ImmutableArray<string> over)
    {
        var left = of.ToBuilder();
        foreach (var line in over)
            left.Remove(line, StringComparer.Ordinal);
        return left.ToImmutable();
    }
}

/// <summary>What one course of events came to.</summary>
/// <param name="Shape">What the account has in the end.</param>
/// <param name="Restarts">How often a failed execution was started again.</param>
/// <param name="Faults">How many faults were drawn.</param>
/// <param name="Took">From the first start to the last end.</param>
/// <param name="Failure">What the last execution ended with; null: it ended well.</param>
internal sealed record FaultCourse(ImmutableArray<string> Shape, int Restarts, int Faults, TimeSpan Took, string? Failure);
