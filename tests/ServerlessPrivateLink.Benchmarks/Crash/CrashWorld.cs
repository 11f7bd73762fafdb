using System.Collections.Immutable;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Ec2;
using LocalAws.Faults;
using LocalAws.States.Running;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using Execution = LocalAws.States.Running.Execution;

namespace ServerlessPrivateLink.Benchmarks.Crash;

/// <summary>An account in which one act is about to begin.</summary>
internal sealed class CrashWorld : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // As people are told to wait.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly DeployedStack stack;
    private readonly CrashAct act;
    private int runs;

    public CrashWorld(HomeDirectory home, CrashAct act)
    {
        this.act = act;
        stack = DeployedStack.Deploy(AccountDescription.Load(home.ExampleAccount), Template.Load(home.Template), link: null, seed: 1, Start);
        Cloud.Visibility.Longest = TimeSpan.FromSeconds(5);
        if (act.Before is { } before && Run("Provision", before) is { Status: not ExecutionStatus.Succeeded } failed)
            throw new InvalidOperationException($"The link was not built. {failed.Error}: {failed.Cause}");
        if (act.IsUsed) Connect();
    }

    public Cloud Cloud => stack.Cloud;

    /// <summary>Runs the act, in which something may befall one of the functions' calls.</summary>
    /// <param name="hit">What befalls which call; null: nothing does.</param>
    /// <returns>How the act ended, and the calls that came.</returns>
    public (Execution Run, ImmutableArray<string> Calls) Act(CrashHit? hit = null)
    {
        var calls = ImmutableArray.CreateBuilder<string>();
        Cloud.Faults.Draw = call =>
        {
            if (!stack.Stack.Functions.ContainsKey(call.Caller.Name)) return null;
            calls.Add($"{call.Caller.Name} {call.Operation.Name}");
            return calls.Count - 1 == hit?.Place ? hit.Kind
                : calls.Count - 1 > hit?.Place && hit.Lasts ? FaultKind.CallerDiesBefore
                : call.Caller.Name == act.FailsAt ? FaultKind.Denied
                : null;
        };
        var run = Run(act.Machine, act.Input);
        foreach (var release in Cloud.StepFunctions.Executions(stack.Stack.StateMachines["Release"].Arn)) Cloud.Time.Run(() => Cloud.StepFunctions.WaitAsync(release.Identity.Arn, CancellationToken.None));
        Cloud.Faults.Draw = null;
        Cloud.Time.Advance(Pause);
        return (run, calls.ToImmutable());
    }

    /// <summary>Runs what puts a killed act right: the act itself, or the release of what it made.</summary>
    /// <param name="killed">The act that was killed.</param>
    public Execution Again(Execution killed)
    {
        var run = act.FailsAt is null
            ? Run(act.Machine, act.Input)
            : Run("Release", $$"""{ "name": "orders", "madeBy": "{{MadeByMark.Of(OnFailure.Release, killed.Identity.Arn)}}" }""");
        Cloud.Time.Advance(Pause);
        return run;
    }

    /// <summary>The changing calls that come when that is run once more.</summary>
    /// <param name="killed">The act that was killed.</param>
    public ImmutableArray<string> ChangesOfAgain(Execution killed)
    {
        var place = Cloud.Calls.Count;
        Again(killed);
        return [.. Cloud.Calls.Since(place).Where(call => call.Mutates && stack.Stack.Functions.ContainsKey(call.Caller)).Select(static call => call.Action)];
    }

    public void Dispose() => stack.Dispose();

    private void Connect()
    {
        Cloud.Ec2.Services.Connect(Cloud.Ec2.All<EndpointService>().Single().Name, CrashAct.Consumer);
        Cloud.Time.Advance(TimeSpan.FromMinutes(2));
        // Reviews that events wake make calls of their own, which are not the act's.
        Cloud.Ec2.Services.IsMute = true;
    }

    private Execution Run(string machine, string input) => Cloud.Time.Run(() => Cloud.StepFunctions.WaitAsync(
        Cloud.StepFunctions.Start(Cloud.StepFunctions.Machine(stack.Stack.StateMachines[machine].Arn), $"run-{++runs}", input).Identity.Arn,
        CancellationToken.None));
}
