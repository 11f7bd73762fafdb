using ServerlessPrivateLink.Tests.Connections;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class StatusCommandTests
{
    private const string Ask = """{ "principal": "210987654321", "accept": "ask" }""";

    private readonly ReviewWorld world = new(Ask);

    [Fact]
    public void Links_are_listed_one_to_a_line()
    {
        world.ConnectAndWait(ReviewWorld.Asked);

        var run = Run("links");

        Assert.Equal((0, "", 2), (run.ExitCode, run.Error, Lines(run).Length));
        Assert.Matches($"orders +yes +{world.World.Service.Name} +Available +active +1/1 +0 +1", Lines(run)[1]);
    }

    [Fact]
    public void A_stack_without_links_says_so() =>
        Assert.Contains("The stack prod in eu-central-1 has no links.", Operator.Run(new World().Cloud, "links").Output, StringComparison.Ordinal);

    [Fact]
    public void A_link_that_serves_is_shown_with_all_that_it_is_made_of()
    {
        var asked = world.ConnectAndWait(ReviewWorld.Asked);

        var text = Run("status", "orders").Output;

        Assert.StartsWith("orders: serving", text, StringComparison.Ordinal);
        Assert.Contains($"! {asked.EndpointId}: A person is to decide connections of the account 210987654321.", text, StringComparison.Ordinal);
        Assert.Contains($"{world.World.Service.Name}  Available", text, StringComparison.Ordinal);
        Assert.Matches(@"Load balancer  pl-orders\S+  active  euc1-az1, euc1-az2", text);
        Assert.Matches(@"Port 5432      orders-prod\s+10\.\S+:5432  healthy", text);
        Assert.Contains("Connections    0 connected, 1 waiting", text, StringComparison.Ordinal);
        Assert.Matches(@"Costs about    \$\d+\.\d\d a month", text);
    }

    [Fact]
    public void A_database_that_does_not_answer_is_said_with_the_reason_that_the_load_balancer_gives()
    {
        var address = Silence();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        var (text, json) = (Run("status", "orders").Output, Run("status", "--json").Json);

        Assert.StartsWith("orders: NOT SERVING", text, StringComparison.Ordinal);
        Assert.Contains("! No target of orders-prod is healthy.", text, StringComparison.Ordinal);
        Assert.Contains($"{address}:5432  unhealthy: Target.FailedHealthChecks", text, StringComparison.Ordinal);
        var link = Assert.Single(json.GetProperty("links").EnumerateArray());
        Assert.False(link.GetProperty("serving").GetBoolean());
        Assert.Equal("unhealthy", link.GetProperty("databases")[0].GetProperty("targets")[0].GetProperty("health").GetString());
    }

    [Fact]
    public void What_people_were_told_of_the_sync_is_shown()
    {
        world.World.Cloud.Scheduler.Start();
        Silence();
        world.World.Cloud.Time.Advance(TimeSpan.FromMinutes(6));

        var text = Run("status", "orders").Output;

        Assert.Contains("! The sync of orders-prod says Unhealthy.", text, StringComparison.Ordinal);
        Assert.Matches(@"orders-prod  there since 2026-01-01 08:\d\d:\d\dZ", text);
        Assert.Matches(@"last told of its sync: Unhealthy, 2026-01-01 08:\d\d:\d\dZ", text);
    }

    [Fact]
    public void What_is_shared_is_what_a_support_team_asks_for_and_nothing_of_what_lies_behind()
    {
        var (text, markdown, json) = (Run("status", "orders", "--share"), Run("status", "orders", "--share", "markdown"), Run("status", "orders", "--share", "--json"));

        Assert.Equal((0, 0, 0), (text.ExitCode, markdown.ExitCode, json.ExitCode));
        Assert.Contains($"Service name  {world.World.Service.Name}", text.Output, StringComparison.Ordinal);
        Assert.Contains("Region        eu-central-1", text.Output, StringComparison.Ordinal);
        Assert.Contains("AWS account   111122223333", text.Output, StringComparison.Ordinal);
        Assert.Contains("Port          5432", text.Output, StringComparison.Ordinal);
        Assert.Contains("Zone ids      euc1-az1, euc1-az2", text.Output, StringComparison.Ordinal);
        Assert.Contains("verify-full", text.Output, StringComparison.Ordinal);
        Assert.Contains($"| Service name | `{world.World.Service.Name}` |", markdown.Output, StringComparison.Ordinal);
        Assert.Equal(["link", "serviceName", "region", "accountId", "ports", "zoneIds", "tls"], json.Json.EnumerateObject().Select(one => one.Name));
        string[] secrets = ["orders-prod", "10.", "vpc-", "subnet-", "sg-", "arn:", "eu-central-1a", "210987654321"];
        Assert.All([text, markdown, json], run => Assert.DoesNotContain(secrets, secret => run.Output.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_link_that_is_watched_is_shown_again_every_five_seconds_until_somebody_stops_it()
    {
        var run = Operator.RunUntil(world.World.Cloud, "orders: serving", 3, "status", "orders", "--watch");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var times = Lines(run).Where(line => line.StartsWith("-- ", StringComparison.Ordinal)).Select(Time).ToArray();
        Assert.Equal(3, times.Length);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 5, 6));

        static DateTimeOffset Time(string line) => DateTimeOffset.Parse(line[3..], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void An_unknown_link_is_refused_with_those_that_are_there()
    {
        var run = Run("status", "ordres");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("found ordres; allowed: a link of the stack prod: orders.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_needs_no_permission_beyond_the_policy_of_the_README_and_all_of_that()
    {
        world.ConnectAndWait(ReviewWorld.Asked);
        var cloud = world.World.Cloud;
        var looker = Operator.Limited(cloud, ReadmePolicies.Looking);
        var place = cloud.Calls.Count;

        foreach (var args in new string[][] { ["links"], ["status"], ["status", "orders", "--json"], ["status", "orders", "--share"], ["connections", "orders"] })
        {
            var run = Operator.RunAs(cloud, looker, args);
            Assert.True(run.ExitCode == 0, $"{args[0]}: {run.Error}");
        }

        Assert.Empty(cloud.Access.Unused(looker));
        Assert.DoesNotContain(cloud.Calls.Since(place), call => call.Mutates && call.Caller == looker.Name);
    }

    [Theory]
    [InlineData("status", "--share")]
    [InlineData("status", "orders", "--share", "pdf")]
    [InlineData("status", "orders", "--share", "--watch")]
    [InlineData("status", "orders", "--watch", "--json")]
    [InlineData("links", "orders")]
    public async Task A_wrong_command_line_is_bad_input(params string[] args)
    {
        var run = await Cli.Run.Of(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The database answers no more.</summary>
    private string Silence()
    {
        var address = Run("status", "--json").Json.GetProperty("links")[0].GetProperty("databases")[0].GetProperty("targets")[0].GetProperty("address").GetString()!;
        world.World.Cloud.Ec2.Ports.Close(System.Net.IPAddress.Parse(address), 5432, world.World.Cloud.Time.GetUtcNow());
        return address;
    }

    private static string[] Lines(Run run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Run Run(params string[] args) => Operator.Run(world.World.Cloud, args);
}
