using System.Globalization;
using System.Text.Json.Nodes;
using LocalAws;
using ServerlessPrivateLink.Cli;

namespace ServerlessPrivateLink.Benchmarks.Hostile;

/// <summary>Real requests among forged, malformed, doubled, reordered, foreign and huge events, in as many accounts as keep it quick.</summary>
public static class HostileBenchmark
{
    private const double CrashShare = 0.05;
    private const int RealEvery = 40;

    // A review reads all connections of its account: with ten times as many it takes ten times as long.
    private const int MostPerWorld = 2_000;
    private const int MostLetters = 250_000;

    // All within less than a day, so that nothing is reminded of.
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(20);

    // The schedule comes every five minutes, and a review that dies is tried again.
    private static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(11);

    /// <param name="home">Where the template and the example account are.</param>
    /// <param name="events">How many events come to all accounts together.</param>
    /// <param name="atOnce">How many accounts at a time; each runs on one thread, so that the result is the same for any number.</param>
    public static HostileReport Run(HomeDirectory home, int events, int atOnce)
    {
        var tallies = new HostileTally[(events + MostPerWorld - 1) / MostPerWorld];
        Parallel.For(0, tallies.Length, new() { MaxDegreeOfParallelism = atOnce }, at => tallies[at] = RunOne(home, at + 1, Math.Min(MostPerWorld, events - (at * MostPerWorld)), events));
        return HostileReport.Of(events, tallies);
    }

    private static HostileTally RunOne(HomeDirectory home, int seed, int events, int all)
    {
        using var world = new HostileWorld(home, seed);
        var chance = new Chance(seed).Apart("hostile benchmark");
        world.Crash(chance.Apart("crashes"), CrashShare);
        var (kinds, bodies) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        for (var number = 0; number < events; number++)
        {
            var kind = number % RealEvery == RealEvery / 2 ? Ask(world, chance) : Trouble(world, chance, bodies);
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            // A burst now and then: several within the same instant.
            if (chance.NextDouble() > 0.2) world.Cloud.Time.Advance(chance.Between(TimeSpan.Zero, 2.5 * Lasts / all));
        }

        world.Cloud.Time.Advance(Afterwards);
        world.Cloud.Scheduler.Stop();
        return HostileTally.Of(world, kinds);
    }

    private static string Ask(HostileWorld world, Chance chance)
    {
        var applicant = Applicant.All[chance.Next(0, Applicant.All.Length - 1)];
        var isLost = chance.NextDouble() < 0.2;
        world.Cloud.Ec2.Services.IsMute = isLost;
        world.Cloud.Ec2.Services.Connect(world.Service.Name, applicant.Account, region: applicant.Region);
        world.Cloud.Ec2.Services.IsMute = false;
        return isLost ? "request, its notification lost" : "request";
    }

    private static string Trouble(HostileWorld world, Chance chance, List<string> bodies)
    {
        switch (chance.Next(0, 9))
        {
            case 0:
                Put(world, new() { ["stack"] = HostileWorld.StackName });
                return "event without content";
            case 1:
                Put(world, new() { ["stack"] = HostileWorld.StackName, ["notification"] = new JsonObject { ["Message"] = Body("Accept", chance.Id("vpce"), world.Service.Id) }, ["Verdict"] = "Accept", ["Link"] = "hostile" });
                return "forged event";
            case 2:
                Put(world, new() { ["stack"] = HostileWorld.StackName, ["notification"] = new JsonArray(chance.Hex(40), 1, null, new JsonObject { ["Message"] = chance.Hex(8) }) });
                return "malformed event";
            case 3:
                Put(world, new() { ["stack"] = HostileWorld.StackName, ["notification"] = new JsonObject { ["Message"] = Body("Connect", chance.Id("vpce"), chance.Id("vpce-svc")) } });
                return "event of a foreign service";
            case 4:
                Put(world, new() { ["stack"] = "other" });
                return "event of another stack";
            case 5:
                world.Publish("{ not JSON \u0001 " + chance.Hex(30));
                return "malformed notification";
            case 6:
                var body = Body("Connect", AnyEndpoint(world, chance), world.Service.Id);
                bodies.Add(body);
                world.Publish(body);
                return "forged notification";
            case 7 when bodies.Count > 0:
                var again = bodies[chance.Next(0, bodies.Count - 1)];
                world.Publish(again);
                world.Publish(again);
                return "old notification, doubled";
            case 8 when chance.NextDouble() < 0.05:
                world.Publish(new string('"', MostLetters));
                return "huge notification";
            default:
                world.Publish(Body("Delete", AnyEndpoint(world, chance), world.Service.Id));
                return "forged notification";
        }
    }

    private static void Put(HostileWorld world, JsonObject detail) =>
        world.Cloud.Events.Put("serverless-privatelink", "VPC Endpoint Connection", world.Cloud.Time.GetUtcNow(), detail);

    private static string AnyEndpoint(HostileWorld world, Chance chance) =>
        world.Connections is { IsEmpty: false } all ? all[chance.Next(0, all.Length - 1)].EndpointId : chance.Id("vpce");

    private static string Body(string what, string endpoint, string service) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"event":"{{what}}","vpcEndpointId":"{{endpoint}}","vpcEndpointServiceId":"{{service}}"}""");
}
