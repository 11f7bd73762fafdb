using LocalAws.Faults;
using LocalAws.States.Running;
using LocalAws.Wire;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

/// <summary>One fault at one call, at every call in turn: the run outlives it or the next one does, and then there is nothing left to do.</summary>
public sealed class FaultTests
{
    private static readonly string Wanted = World.Document(consumers: "\"133737826969\", \"210987654321\"");

    [Theory]
    [InlineData(FaultKind.Throttle)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.ConnectionLost)]
    [InlineData(FaultKind.AnswerLost)]
    [InlineData(FaultKind.NoAnswer)]
    [InlineData(FaultKind.CallerDiesAfter)]
    public void What_passes_by_itself_is_outlived_by_the_same_run(FaultKind kind) => EveryTime(kind, static call => call.Operation.Mutates, Outlive);

    [Fact]
    public void A_step_that_dies_at_any_call_is_run_again() =>
        EveryTime(FaultKind.CallerDiesBefore, static call => !call.Caller.Name.StartsWith("Check", StringComparison.Ordinal), Outlive);

    [Fact]
    public void A_refusal_ends_in_an_alert_that_names_the_step_and_the_next_run_finishes_the_work() =>
        EveryTime(FaultKind.Denied, static call => call.Operation.Mutates, static (world, run, step) =>
        {
            Assert.True(run.Status is ExecutionStatus.Failed, step);
            Assert.Contains($"step: {step}\n", world.Alerts[^1].Message, StringComparison.Ordinal);
            world.Build(Wanted);
        });

    private static void Outlive(World world, Execution run, string step)
    {
        Assert.True(run.Status is ExecutionStatus.Succeeded, $"{step}: {run.Cause}");
        Assert.InRange(world.Alerts.Count, 1, 2);
    }

    private static void EveryTime(FaultKind kind, Func<ApiCall, bool> where, Action<World, Execution, string> check)
    {
        var times = 0;
        for (string? step; (step = Once(kind, where, times, check)) is not null; times++)
        {
        }

        Assert.True(times > 15, $"only {times} calls were hit");
    }

    private static string? Once(FaultKind kind, Func<ApiCall, bool> where, int place, Action<World, Execution, string> check)
    {
        var world = new World();
        var calls = new List<string>();
        world.Cloud.Faults.Draw = call =>
        {
            if (!world.Deployed.Functions.ContainsKey(call.Caller.Name) || !where(call)) return null;
            calls.Add(call.Caller.Name);
            return calls.Count == place + 1 ? kind : null;
        };
        var run = world.Provision(Wanted);
        world.Cloud.Faults.Draw = null;
        if (calls.Count <= place) return null;

        check(world, run, calls[place]);
        Assert.Empty(world.Changes(Wanted));
        return calls[place];
    }
}
