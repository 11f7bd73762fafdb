using System.Collections.Immutable;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Rds;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Costs;
using ServerlessPrivateLink.Cli.Drills;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Deploys the template into an embedded AWS, runs the provisioning machine twice, looks at what is there, lets the databases fail over and consumers connect, and takes the link down.</summary>
public sealed class LinkRehearsal : IDisposable
{
    public const string StackName = DeployedStack.StackName;

    private static readonly ImmutableArray<FailoverKind> Shown = [FailoverKind.Instance, FailoverKind.Cluster];

    private static readonly TimeSpan LongestUnseen = TimeSpan.FromSeconds(5);

    private readonly DeployedStack deployed;
    private readonly LinkSource source;
    private ImmutableArray<string> notes;
    private DeployedFunctions? functions;

    private LinkRehearsal(DeployedStack deployed, LinkSource source) => (this.deployed, this.source, notes) = (deployed, source, deployed.Notes);

    private Cloud Cloud => deployed.Cloud;

    /// <param name="account">The account's shape.</param>
    /// <param name="template">What is deployed.</param>
    /// <param name="source">The link.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="start">The first instant of simulated time.</param>
    public static LinkRehearsal Prepare(AccountDescription account, Template template, LinkSource source, int seed, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(source);
        var stack = DeployedStack.Deploy(account, template, source.Link, seed, start);
        stack.Cloud.Visibility.Longest = LongestUnseen;
        return new(stack, source);
    }

    /// <summary>Gives each function outside the VPC a process of its own; of the one inside, this process's DNS alone is the account's.</summary>
    /// <param name="output">What was built.</param>
    /// <param name="clock">The real clock.</param>
    public void RunAsDeployed(string output, TimeProvider clock)
    {
        functions = DeployedFunctions.Start(Cloud, output, clock, function => function.Vpc is not null);
        notes = notes.Add(functions.Note);
    }

    /// <param name="companions">Links that may be built beside this one, so that a failover of each kind can be seen.</param>
    /// <param name="progress">Told of the first run's states so far, now and then.</param>
    public RehearsalReport Run(ImmutableArray<LinkSource> companions, Action<ImmutableArray<StateRun>, double> progress)
    {
        var start = Cloud.Time.GetUtcNow();
        var (first, calls) = Execute("first", source, progress);
        var alerts = SentAlerts.Of(deployed, start, place: 0);
        var facts = Cloud.Time.Run(() => new LinkInspection(deployed.Aws, StackName).ReadAsync(source.Link));
        var (second, secondCalls) = Execute("second", source, (_, _) => { });
        var failure = first.HasSucceeded ? null : Refusals.Of(first);
        var checklist = Checklist.For(source.Link, facts);
        var mutating = secondCalls.Where(call => call.Mutates).ToImmutableArray();
        var (steady, failovers, connections, release) = first.HasSucceeded ? DayTwo(companions, start) : (null, [], [], null);
        return new(
            Status(first, failure, checklist, failovers, connections, release),
            source.Link.Name,
            Math.Round(first.Took.TotalSeconds, 3),
            first.States,
            Resources.Of(facts),
            facts.Service?.ServiceName,
            checklist,
            Count(calls),
            new(StatusOf(second), Math.Round(second.Took.TotalSeconds, 3), mutating.Length, [.. mutating.Select(call => call.Action).Distinct(StringComparer.Ordinal)]),
            [.. alerts, .. connections.SelectMany(static connection => connection.Alerts), .. release?.Alerts ?? []],
            Resources.VendorSheet(facts, Cloud.Options.Region, Cloud.Options.AccountId),
            first.HasSucceeded ? Cost(first, facts, alerts.Length) : null,
            first.Warnings(),
            notes,
            failure,
            steady,
            failovers,
            connections,
            release);
    }

    /// <summary>Runs the machine without looking on, on an account of its own, so once at most.</summary>
    internal FaultCourse Course(bool faults) => FaultRehearsal.Run(deployed, source.Document, faults);

    public void Dispose()
    {
        functions?.Dispose();
        deployed.Dispose();
    }

    private (SteadyState Steady, ImmutableArray<FailoverReport> Failovers, ImmutableArray<ConnectionReport> Connections, ReleaseReport Release) DayTwo(ImmutableArray<LinkSource> companions, DateTimeOffset start)
    {
        ImmutableArray<Link> links = [source.Link, .. companions.Where(Adds).Where(Build).Select(companion => companion.Link)];
        functions?.HandBack();
        var story = new FailoverStory(deployed, start);
        var steady = story.Settle();
        ImmutableArray<FailoverReport> failovers = [.. Shown.SelectMany(kind => Subjects(links, kind)).SelectMany(subject => story.Move(subject, DrillCourses.Plain, FailoverCourse.Plain(subject.Kind)))];
        var (connections, more) = new ConnectionStory(deployed, source, start).Tell();
        notes = notes.AddRange(more);
        return (steady, failovers, connections, new ReleaseStory(deployed, source.Link, start).Tell());

        bool Adds(LinkSource companion) =>
            companion.Link.Name != source.Link.Name && Shown.Any(kind => Subjects([source.Link], kind).IsEmpty && !Subjects([companion.Link], kind).IsEmpty);
    }

    private bool Build(LinkSource companion)
    {
        if (!Execute(companion.Link.Name, companion, (_, _) => { }).Execution.HasSucceeded)
            return false;
        notes = notes.Add($"The link {companion.Link.Name} of {companion.Path} was built too, so that each kind of failover can be seen.");
        return true;
    }

    private ImmutableArray<DrillSubject> Subjects(ImmutableArray<Link> links, FailoverKind kind) => [.. links.SelectMany(link => DrillSubject.Of(link, Cloud, kind))];

    private (Execution Execution, ImmutableArray<CallRecord> Calls) Execute(string name, LinkSource what, Action<ImmutableArray<StateRun>, double> progress)
    {
        var (place, start) = (Cloud.Calls.Count, Cloud.Time.GetUtcNow());
        var execution = deployed.Build(name, what.Document, (states, now) => progress(states, (now - start).TotalSeconds));
        return (execution, [.. Cloud.Calls.Since(place).Where(call => deployed.Stack.Functions.ContainsKey(call.Caller))]);
    }

    private CostEstimate Cost(Execution run, LinkFacts facts, int publishes) => CostEstimate.For(new(
        Cloud.Options.Region,
        facts.LoadBalancer?.Zones.Length ?? 0,
        Timeline.Transitions(run.History),
        run.States.Sum(state => state.Attempts),
        publishes,
        CostAssumptions.Usual));

    // A run that ends well without everything in its place is a failure all the same.
    private static string Status(
        Execution run,
        RunFailure? failure,
        ImmutableArray<ChecklistItem> checklist,
        ImmutableArray<FailoverReport> failovers,
        ImmutableArray<ConnectionReport> connections,
        ReleaseReport? release) =>
        failure is { Reasons.IsEmpty: false } ? RehearsalReport.Refused
        : run.HasSucceeded && checklist.All(item => item.Done) && failovers.All(failover => failover.Followed) && connections.All(connection => connection.Foreseen) && release is { LeavesNothing: true } ? RehearsalReport.Done
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
