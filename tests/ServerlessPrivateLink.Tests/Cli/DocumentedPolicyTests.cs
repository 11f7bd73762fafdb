using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

/// <summary>What the README says that a command needs is enough for it, and none of it is too much.</summary>
public sealed class DocumentedPolicyTests
{
    private const string Consumer = """{ "principal": "133737826969", "accept": "ask" }""";

    private readonly World world = new();

    [Fact]
    public void Up_builds_a_link() => Suffices("up", 0, run => run(World.Document()));

    [Fact]
    public void Repair_builds_it_once_more()
    {
        Operate("up", World.Document());

        Suffices("repair", 0, static run => run(World.LinkName));
    }

    [Fact]
    public void Down_takes_it_down()
    {
        Operate("up", World.Document());

        Suffices("down", 0, static run => run(World.LinkName));
    }

    [Fact]
    public void Sync_looks_after_its_targets()
    {
        Operate("up", World.Document());

        Suffices("sync", 0, static run => run(World.LinkName));
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("reject")]
    public void Connections_are_answered(string command)
    {
        Operate("up", World.Document(consumers: Consumer));
        var endpoint = world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969").EndpointId;
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));

        Suffices(command, 0, run => run(World.LinkName, endpoint));
    }

    /// <summary>Of a new link nothing is there to be read: a changed one needs all.</summary>
    [Fact]
    public void Plan_compares_a_link_with_its_document()
    {
        Operate("up", World.Document());
        ConnectSomebodyElse();

        Suffices("plan", 4, run => run(World.Document(consumers: Consumer.Replace("133737826969", "210987654321", StringComparison.Ordinal))));
    }

    [Fact]
    public void Drift_compares_it_with_the_last_one()
    {
        Operate("up", World.Document());
        ConnectSomebodyElse();
        RecoveryTests.ChangeHealthCheck(world);
        Assert.Equal(0, Operator.Run(world.Cloud, "sync", World.LinkName).ExitCode);

        Suffices("drift", 4, static run => run(World.LinkName));
    }

    private void ConnectSomebodyElse()
    {
        world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private void Operate(string command, string document)
    {
        using var file = new TemporaryFile(document);
        Assert.Equal(0, Operator.Run(world.Cloud, command, file.Path).ExitCode);
    }

    private delegate Run Command(params string[] args);

    private void Suffices(string command, int exitCode, Func<Command, Run> act)
    {
        var person = Operator.Limited(world.Cloud, ReadmePolicies.Of(command));
        var run = act(args =>
        {
            using var file = new TemporaryFile(args[0]);
            return Operator.RunAs(world.Cloud, person, [command, args[0].Contains('{', StringComparison.Ordinal) ? file.Path : args[0], .. args[1..]]);
        });

        Assert.True(run.ExitCode == exitCode, $"{command}: {run.ExitCode} {run.Error}");
        Assert.DoesNotContain("skipped", run.Output, StringComparison.Ordinal);
        Assert.Empty(world.Cloud.Access.Dispensable(person).Where(static one => one.Statement != ReadmePolicies.Above));
    }
}
