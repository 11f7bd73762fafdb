using System.Collections.Immutable;
using LocalAws;
using LocalAws.LoadBalancing;
using LocalAws.Rds;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>An account in which somebody keeps target groups on a database.</summary>
/// <param name="Cloud">The account.</param>
/// <param name="Groups">The target groups, each with who keeps it.</param>
/// <param name="Slowest">From one run to the next of the slowest schedule that keeps them.</param>
internal sealed record World(Cloud Cloud, ImmutableArray<(string Rule, TargetGroup Group)> Groups, TimeSpan Slowest)
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>As in EC2 and Elastic Load Balancing, what is new is seen a little later.</summary>
    public static readonly TimeSpan LongestUnseen = TimeSpan.FromSeconds(5);

    /// <summary>Lets the schedules run for a round and a part of another, the database move, and time go by: who has not followed after two rounds and one more minute never will.</summary>
    public ImmutableArray<(string Rule, Outcome Outcome)> Run(DrawnCourse drawn)
    {
        Cloud.Scheduler.Start();
        var onlookers = Groups.Select(one => (one.Rule, Onlooker: new Onlooker(Cloud, one.Group, drawn.Database))).ToImmutableArray();
        Pass(Slowest * (1 + drawn.Phase), onlookers, failover: null);
        var failover = drawn.Database.Begin(Cloud, drawn.Course);
        Pass(drawn.Course.Lasts + (2 * Slowest) + TimeSpan.FromMinutes(1), onlookers, failover);
        return [.. onlookers.Select(one => (one.Rule, one.Onlooker.Outcome(failover.BeganAt + drawn.Shows)))];
    }

    private void Pass(TimeSpan time, ImmutableArray<(string Rule, Onlooker Onlooker)> onlookers, Failover? failover)
    {
        var end = Cloud.Time.GetUtcNow() + time;
        while (Cloud.Time.NextDue is { } next && next <= end)
        {
            Cloud.Time.Step();
            foreach (var one in onlookers) one.Onlooker.Look(failover);
        }

        Cloud.Time.Advance(end - Cloud.Time.GetUtcNow());
    }
}
