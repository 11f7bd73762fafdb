using LocalAws.Faults;
using LocalAws.States.Running;
using LocalAws.Wire;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Release;

/// <summary>One fault at one call, at every call in turn: what is left of a link, by whatever died, is released to the last part.</summary>
public sealed class ReleaseFaultTests
{
    private static readonly string Wanted = World.Document(consumers: "\"133737826969\", \"210987654321\"");

    [Theory]
    [InlineData(FaultKind.Throttle)]
    [InlineData(FaultKind.AnswerLost)]
    [InlineData(FaultKind.CallerDiesAfter)]
    public void A_release_outlives_what_passes_by_itself(FaultKind kind) => EveryTime(kind, static call => call.Operation.Mutates, built: true, least: 8, static (world, calls) =>
    {
        var run = world.Release("""{ "name": "orders", "force": true }""");
        Assert.True(run.Status is ExecutionStatus.Succeeded, $"{calls[^1]}: {run.Cause}");
        // An answer that is lost makes what was published be published again.
        Assert.InRange(world.Alerts.Count(static alert => alert.Subject == "[info] link.released orders"), 1, 2);
    });

    [Fact]
    public void A_release_that_ends_at_any_call_is_finished_by_the_next() => EveryTime(FaultKind.Denied, static call => call.Operation.Mutates, built: true, least: 8, static (world, _) =>
    {
        var run = world.Release("""{ "name": "orders", "force": true }""");
        world.Cloud.Faults.Draw = null;
        if (run.Status is ExecutionStatus.Failed) Assert.Equal(ExecutionStatus.Succeeded, world.Release("""{ "name": "orders", "force": true }""").Status);
    });

    [Fact]
    public void What_a_provisioning_run_leaves_that_ends_at_any_call_is_released() => EveryTime(FaultKind.Denied, static call => call.Operation.Mutates, built: false, least: 15, static (world, _) =>
    {
        world.Provision(Wanted);
        world.Cloud.Faults.Draw = null;
        var run = world.Release();
        Assert.True(run.Status is ExecutionStatus.Succeeded, $"{run.Error}: {run.Cause}");
    });

    private static void EveryTime(FaultKind kind, Func<ApiCall, bool> where, bool built, int least, Action<World, IReadOnlyList<string>> run)
    {
        var times = 0;
        while (IsHit(kind, where, times, built, run)) times++;
        Assert.True(times > least, $"only {times} calls were hit");
    }

    private static bool IsHit(FaultKind kind, Func<ApiCall, bool> where, int place, bool built, Action<World, IReadOnlyList<string>> run)
    {
        var world = new World();
        if (built)
        {
            world.Build(Wanted);
            world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969");
            world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));
        }

        var calls = new List<string>();
        world.Cloud.Faults.Draw = call =>
        {
            if (!world.Deployed.Functions.ContainsKey(call.Caller.Name) || !where(call)) return null;
            calls.Add($"{call.Caller.Name} {call.Operation.Name}");
            return calls.Count == place + 1 ? kind : null;
        };
        run(world, calls);
        world.Cloud.Faults.Draw = null;
        if (calls.Count <= place) return false;

        Assert.True(Remains.Of(world).Length == 0, $"{kind} at {calls[place]} left {string.Join(", ", Remains.Of(world))}");
        var count = world.Cloud.Calls.Count;
        Assert.Equal(ExecutionStatus.Succeeded, world.Release().Status);
        Assert.Empty(world.ChangesSince(count));
        return true;
    }
}
