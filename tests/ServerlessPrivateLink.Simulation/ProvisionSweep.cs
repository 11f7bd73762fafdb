using System.Collections.Immutable;
using LocalAws;
using LocalAws.Faults;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Simulation;

/// <summary>Provisioning under drawn faults: a seed is a whole course of events, and its number is the bug report.</summary>
public sealed class ProvisionSweep
{
    private const int Seeds = 40;

    private static readonly string Wanted = World.Document(consumers: "\"133737826969\", \"210987654321\"");

    private static readonly ImmutableHashSet<string> Principals = ["arn:aws:iam::133737826969:root", "arn:aws:iam::210987654321:root"];

    [Fact]
    public void Once_the_faults_stop_every_seed_ends_with_the_same_link_and_nothing_left_to_do()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var world = Disturbed(seed);
            var (found, wanted) = (Shape(Built(world)), Shape(Built(new World(seed))));
            Assert.True(wanted.SequenceEqual(found), $"seed {seed}: {string.Join('\n', wanted.Except(found, StringComparer.Ordinal).Concat(found.Except(wanted, StringComparer.Ordinal)))}");
            Assert.True(world.Changes(Wanted).IsEmpty, $"seed {seed}: a run after the last one changed something");
        }
    }

    [Fact]
    public void A_seed_is_the_same_course_of_events_each_time() =>
        Assert.Equal(Course(Disturbed(7)), Course(Disturbed(7)));

    private static World Disturbed(int seed)
    {
        var world = new World(seed);
        var trouble = new DrawnFaults(seed, share: 0.1, [.. Enum.GetValues<FaultKind>()]);
        world.Cloud.Faults.Draw = call =>
        {
            Invariants.Check(world, Principals, $"seed {seed}, call {world.Cloud.Calls.Count}");
            return world.Deployed.Functions.ContainsKey(call.Caller.Name) ? trouble.Draw(call) : null;
        };
        world.Provision(Wanted);
        // Nobody starts again within the seconds in which EC2 does not show all that the execution before has made.
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(30));
        world.Provision(Wanted);
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(30));
        world.Cloud.Faults.Draw = null;
        return world;
    }

    private static IEnumerable<string> Course(World world) => world.Cloud.Calls.Since(0).Select(static call => $"{call.At:O} {call.Caller} {call.Action} {call.Error}");

    private static World Built(World world)
    {
        world.Build(Wanted);
        return world;
    }

    private static ImmutableArray<string> Shape(World world) => AccountShape.Of(world.Cloud, ResourceTags.Announced);
}
