using System.Globalization;
using System.Net;
using Xunit;

namespace ServerlessPrivateLink.Tests.TargetSync;

/// <summary>Runs that a slow resolver brings near their time limit.</summary>
public sealed class TimeLimitTests
{
    private const int Databases = 8;

    private readonly SyncWorld world = new(string.Join(", ", Enumerable.Range(0, Databases).Select(static at => string.Create(
        CultureInfo.InvariantCulture, $$"""{ "host": "pg{{at}}.corp.example", "port": 5432, "listenerPort": {{6000 + at}}, "allowedCidrs": ["10.9.0.0/16"] }"""))), prepare: static cloud =>
    {
        foreach (var at in Enumerable.Range(0, Databases)) cloud.Dns.Set(Host(at), IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.9.3.{at + 1}")));
    });

    [Fact]
    public void However_late_it_begins_a_run_stops_cleanly_and_says_what_is_left()
    {
        Settle();
        var left = new List<int>();
        for (var waits = 48.0; waits < 57.1; waits += 0.2)
        {
            world.World.ResolverWaits = TimeSpan.FromSeconds(waits);
            var run = world.Minute();
            Assert.Equal(Databases, run.GetProperty("Looked").GetInt32() + run.GetProperty("Left").GetInt32());
            left.Add(run.GetProperty("Left").GetInt32());
        }

        Assert.Equal((0, Databases), (left[0], left[^1]));
        Assert.Contains(left, static some => some is > 0 and < Databases);
    }

    [Fact]
    public void The_next_run_begins_where_the_one_before_stopped_so_that_all_have_their_turn()
    {
        Settle();
        var waits = Enumerable.Range(0, 400).Select(static step => TimeSpan.FromSeconds(48 + (step / 50.0))).First(IsForSome);
        world.World.ResolverWaits = TimeSpan.Zero;
        world.Minute();
        foreach (var at in Enumerable.Range(0, Databases)) world.Deregister(Host(at), string.Create(CultureInfo.InvariantCulture, $"10.9.3.{at + 1}"));

        world.World.ResolverWaits = waits;
        for (var run = 0; run < 2 * Databases; run++) world.Minute();

        Assert.All(Enumerable.Range(0, Databases), at => Assert.NotEmpty(world.Targets(Host(at))));

        bool IsForSome(TimeSpan some)
        {
            world.World.ResolverWaits = some;
            return world.Minute().GetProperty("Left").GetInt32() is > Databases / 2 and < Databases;
        }
    }

    [Fact]
    public void What_was_left_is_seen_to_once_and_not_in_every_run_after()
    {
        Settle();
        foreach (var waits in Enumerable.Range(0, 400).Select(static step => TimeSpan.FromSeconds(48 + (step / 50.0))).TakeWhile(_ => !IsNoted())) Run(waits);
        Assert.True(IsNoted());

        Run(TimeSpan.Zero);
        var place = world.World.Cloud.Calls.Count;
        Run(TimeSpan.Zero);

        Assert.False(IsNoted());
        Assert.DoesNotContain(world.World.Cloud.Calls.Since(place), static call => call.Action == "elasticloadbalancing:AddTags");

        bool IsNoted() => world.World.TargetGroups.Any(static group => group.Tags[ResourceTags.Next] is { Length: > 0 });

        void Run(TimeSpan waits)
        {
            world.World.ResolverWaits = waits;
            world.Minute();
        }
    }

    private static string Host(int at) => string.Create(CultureInfo.InvariantCulture, $"pg{at}.corp.example");

    // What moved minutes ago comes first, and nothing here is to.
    private void Settle()
    {
        for (var minute = 0; minute < 6; minute++) world.Minute();
    }
}
