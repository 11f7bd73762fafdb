using System.Collections.Immutable;
using System.Text.Json;
using LocalAws.States.Definitions;
using LocalAws.States.Reading;
using LocalAws.States.Running;
using LocalAws.Templates;
using LocalAws.Wire;

namespace LocalAws.StepFunctions;

/// <summary>A state machine that is deployed.</summary>
/// <param name="Settings">As the template describes it.</param>
/// <param name="Definition">Its definition, read.</param>
/// <param name="CreationDate">When it was deployed.</param>
public sealed record StateMachine(StateMachineSettings Settings, StateMachineDefinition Definition, DateTimeOffset CreationDate);

/// <summary>The state machines of an account, and their executions.</summary>
public sealed class StateMachines(Cloud cloud)
{
    /// <summary>For how long the name of an ended execution stays taken.</summary>
    private static readonly TimeSpan NameKept = TimeSpan.FromDays(90);

    // docs.aws.amazon.com: "Step Functions service quotas".
    private static readonly TimeSpan LongestStandard = TimeSpan.FromDays(365);
    private static readonly TimeSpan LongestExpress = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, StateMachine> machines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Execution> executions = new(StringComparer.Ordinal);

    /// <summary>All state machines, by name.</summary>
    public ImmutableArray<StateMachine> All => [.. machines.Values.OrderBy(machine => machine.Settings.Name, StringComparer.Ordinal)];

    /// <summary>Deploys a state machine; one of the same ARN is replaced, its running executions go on as they began.</summary>
    /// <exception cref="InvalidDefinitionException">The definition cannot be used.</exception>
    public StateMachine Add(StateMachineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var machine = new StateMachine(settings, DefinitionReader.Read(settings.Definition), cloud.Time.GetUtcNow());
        machines[settings.Arn] = machine;
        return machine;
    }

    /// <summary>Deletes a state machine; its running executions go on.</summary>
    internal void Remove(string arn) => machines.Remove(arn);

    /// <summary>Finds a state machine.</summary>
    /// <exception cref="AwsErrorException"><c>StateMachineDoesNotExist</c>, <c>InvalidArn</c>.</exception>
    public StateMachine Machine(string arn)
    {
        Names.CheckArn(arn, "stateMachine");
        return machines.GetValueOrDefault(arn) ?? throw new AwsErrorException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");
    }

    /// <summary>Finds an execution.</summary>
    /// <exception cref="AwsErrorException"><c>ExecutionDoesNotExist</c>, <c>InvalidArn</c>.</exception>
    public Execution Execution(string arn)
    {
        Names.CheckArn(arn, "execution");
        return executions.GetValueOrDefault(arn) ?? throw new AwsErrorException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'");
    }

    /// <summary>The executions of a state machine, the newest first.</summary>
    public ImmutableArray<Execution> Executions(string machineArn) =>
        [.. executions.Values.Where(execution => execution.Identity.MachineArn == machineArn).OrderByDescending(execution => execution.StartDate)];

    /// <summary>
    /// Starts an execution; the same name with the same input while it runs gives the one that runs
    /// (docs.aws.amazon.com: API reference, "StartExecution"). Those of an Express machine share names, are not listed
    /// and are not told of by events ("Choosing workflow type in Step Functions").
    /// </summary>
    /// <exception cref="AwsErrorException"><c>ExecutionAlreadyExists</c>, <c>InvalidName</c>, <c>InvalidExecutionInput</c>.</exception>
    public Execution Start(StateMachine machine, string? name, string input)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var settings = machine.Settings;
        name = name is null ? cloud.Chance.Uuid() : Names.CheckName(name);
        if (settings.Express)
            return Begin(machine, new(cloud.Arn("states", $"express:{settings.Name}:{name}:{cloud.Chance.Uuid()}"), name, settings.Arn, settings.Name, settings.Role.Arn), input);
        var identity = new ExecutionIdentity(cloud.Arn("states", $"execution:{settings.Name}:{name}"), name, settings.Arn, settings.Name, settings.Role.Arn);
        if (executions.TryGetValue(identity.Arn, out var other) && !(other.StopDate + NameKept < cloud.Time.GetUtcNow()))
        {
            return other.Status is ExecutionStatus.Running && other.InputText == input
                ? other
                : throw new AwsErrorException("ExecutionAlreadyExists", $"Execution Already Exists: '{identity.Arn}'");
        }

        var execution = executions[identity.Arn] = Begin(machine, identity, input);
        Announce(execution);
        return execution;
    }

    private Execution Begin(StateMachine machine, ExecutionIdentity identity, string input)
    {
        var tasks = new LambdaTasks(cloud, machine.Settings.Role);
        try
        {
            return new(identity, machine.Definition, input, new(cloud.Time, cloud.Chance, cloud.Options.Region, tasks.RunAsync)
            {
                Longest = machine.Settings.Express ? LongestExpress : LongestStandard,
                OnEnded = machine.Settings.Express ? cloud.CloudWatch.Ended : End,
            });
        }
        catch (JsonException e)
        {
            throw new AwsErrorException("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{e.Message}'");
        }
    }

    private void End(Execution execution)
    {
        cloud.CloudWatch.Ended(execution);
        Announce(execution);
    }

    /// <summary>Says that it begins, and how it ended.</summary>
    private void Announce(Execution execution) =>
        cloud.Events.Put(StatusChange.Source, StatusChange.Type, execution.StopDate ?? execution.StartDate, StatusChange.Of(execution), execution.Identity.Arn);

    /// <summary>Waits until an execution has ended.</summary>
    public async Task<Execution> WaitAsync(string executionArn, CancellationToken token)
    {
        var execution = Execution(executionArn);
        await execution.Ended.WaitAsync(token).ConfigureAwait(false);
        return execution;
    }
}
