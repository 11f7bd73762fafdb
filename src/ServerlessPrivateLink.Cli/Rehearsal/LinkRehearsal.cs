using System.Collections.Immutable;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Costs;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Deploys the template into an embedded AWS, runs the provisioning machine twice, and looks at what is there.</summary>
public sealed class LinkRehearsal : IDisposable
{
    public const string StackName = DeployedStack.StackName;

    private static readonly TimeSpan LongestUnseen = TimeSpan.FromSeconds(5);

    private const string Machine = "Provision";
    private const string AlertTopic = "AlertTopic";

    private readonly Cloud cloud;
    private readonly OperatorClients aws;
    private readonly Stack stack;
    private readonly Link link;
    private readonly string document;
    private ImmutableArray<string> notes;
    private DeployedFunctions? functions;

    private LinkRehearsal(Cloud cloud, OperatorClients aws, Stack stack, Link link, string document, ImmutableArray<string> notes) =>
        (this.cloud, this.aws, this.stack, this.link, this.document, this.notes) = (cloud, aws, stack, link, document, notes);

    /// <param name="account">The account's shape.</param>
    /// <param name="template">What is deployed.</param>
    /// <param name="link">What the document says.</param>
    /// <param name="document">The document itself, which is the machine's input.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="start">The first instant of simulated time.</param>
    public static LinkRehearsal Prepare(AccountDescription account, Template template, Link link, string document, int seed, DateTimeOffset start)
    {
        var deployed = DeployedStack.Deploy(account, template, link, seed, start);
        deployed.Cloud.Visibility.Longest = LongestUnseen;
        return new(deployed.Cloud, deployed.Aws, deployed.Stack, link, document, deployed.Notes);
    }

    /// <summary>Gives each function outside the VPC a process of its own; of the one inside, this process's DNS alone is the account's.</summary>
    /// <param name="output">What was built.</param>
    /// <param name="clock">The real clock.</param>
    public void RunAsDeployed(string output, TimeProvider clock)
    {
        functions = DeployedFunctions.Start(cloud, output, clock, function => function.Vpc is not null);
        notes = notes.Add(functions.Note);
    }

    /// <param name="progress">Told of the first run's states so far, now and then.</param>
    public RehearsalReport Run(Action<ImmutableArray<StateRun>, double> progress)
    {
        var start = cloud.Time.GetUtcNow();
        var (first, calls) = Execute("first", progress);
        var alerts = SentAlerts(start);
        var facts = cloud.Time.Run(() => new LinkInspection(aws, StackName).ReadAsync(link));
        var (second, secondCalls) = Execute("second", (_, _) => { });
        var failure = first.HasSucceeded ? null : Refusals.Of(first);
        var checklist = Checklist.For(link, facts);
        var mutating = secondCalls.Where(call => call.Mutates).ToImmutableArray();
        return new(
            Status(first, failure, checklist),
            link.Name,
            Math.Round(first.Took.TotalSeconds, 3),
            first.States,
            Resources.Of(facts),
            facts.Service?.ServiceName,
            checklist,
            Count(calls),
            new(StatusOf(second), Math.Round(second.Took.TotalSeconds, 3), mutating.Length, [.. mutating.Select(call => call.Action).Distinct(StringComparer.Ordinal)]),
            alerts,
            Resources.VendorSheet(facts, cloud.Options.Region, cloud.Options.AccountId),
            first.HasSucceeded ? Cost(first, facts, alerts.Length) : null,
            first.Warnings(),
            notes,
            failure);
    }

    /// <summary>Runs the machine without looking on, on an account of its own, so once at most.</summary>
    internal FaultCourse Course(bool faults) => FaultRehearsal.Run(cloud, stack, Machine, document, cloud.Chance.Seed, faults);

    public void Dispose()
    {
        functions?.Dispose();
        aws.Dispose();
    }

    private (Execution Execution, ImmutableArray<CallRecord> Calls) Execute(string name, Action<ImmutableArray<StateRun>, double> progress)
    {
        var (place, start) = (cloud.Calls.Count, cloud.Time.GetUtcNow());
        var execution = cloud.Time.Run(() => new Executions(aws.StepFunctions, cloud.Time).RunAsync(
            stack.StateMachines[Machine].Arn, name, document, (states, now) => progress(states, (now - start).TotalSeconds)));
        return (execution, [.. cloud.Calls.Since(place).Where(call => stack.Functions.ContainsKey(call.Caller))]);
    }

    private ImmutableArray<SentAlert> SentAlerts(DateTimeOffset start) =>
    [
        .. cloud.Sns.Published
            .Where(message => message.TopicArn == stack.Topics[AlertTopic].Arn)
            .Select(message => new SentAlert(Math.Round((message.At - start).TotalSeconds, 3), message.Subject ?? "", message.Message)),
    ];

    private CostEstimate Cost(Execution run, LinkFacts facts, int publishes) => CostEstimate.For(new(
        cloud.Options.Region,
        facts.LoadBalancer?.Zones.Length ?? 0,
        Timeline.Transitions(run.History),
        run.States.Sum(state => state.Attempts),
        publishes,
        CostAssumptions.Usual));

    // A run that ends well without everything in its place is a failure all the same.
    private static string Status(Execution run, RunFailure? failure, ImmutableArray<ChecklistItem> checklist) =>
        failure is { Reasons.IsEmpty: false } ? RehearsalReport.Refused
        : run.HasSucceeded && checklist.All(item => item.Done) ? RehearsalReport.Done
        : RehearsalReport.Failed;

    private static string StatusOf(Execution run) =>
        run.HasSucceeded ? RehearsalReport.Done
        : Refusals.Of(run).Reasons.IsEmpty ? RehearsalReport.Failed
        : RehearsalReport.Refused;

    private static CallCounts Count(ImmutableArray<CallRecord> calls) => new(
        calls.Length,
        calls.Count(call => call.Mutates),
        calls.GroupBy(call => call.Action, StringComparer.Ordinal).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal));
}
