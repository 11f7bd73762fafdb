using System.Collections.Immutable;
using LocalAws;
using LocalAws.LoadBalancing;
using LocalAws.Rds;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Reports;
using Execution = LocalAws.States.Running.Execution;

namespace ServerlessPrivateLink.Cli.Drills;

/// <summary>
/// What happens to built links from day two on: schedule, alarms and rules run as the template deploys them, first without a failover, then with one after the other.
/// </summary>
/// <param name="deployed">The stack, with its links.</param>
/// <param name="start">From when the report counts.</param>
public sealed class FailoverStory(DeployedStack deployed, DateTimeOffset start)
{
    private const int SteadyMinutes = 5;
    private const string Machine = "FollowFailover";

    // An alarm that looks before there are five minutes of runs would find the sync silent.
    private static readonly TimeSpan Runs = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan AlarmsLook = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private Cloud Cloud => deployed.Cloud;

    private DateTimeOffset Now => Cloud.Time.GetUtcNow();

    /// <summary>Lets the schedule and the alarms begin, and then some minutes pass.</summary>
    public SteadyState Settle()
    {
        Cloud.Scheduler.Start();
        Cloud.Time.Advance(Runs);
        Cloud.CloudWatch.Start();
        Cloud.Time.Advance(AlarmsLook);
        var (calls, alerts) = (Cloud.Calls.Count, Cloud.Sns.Published.Count);
        Cloud.Time.Advance(TimeSpan.FromMinutes(SteadyMinutes));
        var made = Cloud.Calls.Since(calls).Where(call => deployed.Stack.Functions.ContainsKey(call.Caller)).ToImmutableArray();
        return new(
            SteadyMinutes,
            Math.Round((double)made.Length / SteadyMinutes, 1),
            // The resolver is asked, and changes nothing.
            made.Count(static call => call is { Mutates: true, Action: not "lambda:Invoke" }),
            Alerts(alerts, start).Length);
    }

    /// <summary>Lets one database move, and time pass until nothing comes of it any more.</summary>
    /// <returns>An entry for each listener that leads to it.</returns>
    public ImmutableArray<FailoverReport> Move(DrillSubject subject, string courseName, FailoverCourse course)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(course);
        var watched = subject.Watch(Cloud);
        Cloud.Time.Advance(Before);
        var (began, published) = (Now, Cloud.Sns.Published.Count);
        var failover = subject.Begin(Cloud, course);
        do
        {
            Cloud.Time.Advance(Look);
        }
        while (!IsOver(failover, watched) && Now < began + Longest);
        foreach (var group in watched)
            group.Record.Dispose();
        var followings = Followings(began);
        var (alerts, cost) = (Alerts(published, began), FollowBill.Of(deployed, followings, began, Now));
        return [.. watched.Select(group => Report(subject, courseName, failover, group, followings, alerts, cost))];
    }

    private bool IsOver(Failover failover, ImmutableArray<WatchedGroup> watched) =>
        Now >= failover.EndsAt
        && Followings(failover.BeganAt).All(static following => following.Status is not ExecutionStatus.Running)
        && watched.All(group => group.Record.Moments[^1] is { Able: > 0 } last && last.Healthy == last.Able && last.At <= Now - Quiet);

    private FailoverReport Report(
        DrillSubject subject,
        string course,
        Failover failover,
        WatchedGroup group,
        ImmutableArray<Execution> followings,
        ImmutableArray<SentAlert> alerts,
        FollowCost cost)
    {
        var (began, record) = (failover.BeganAt, group.Record);
        var marks = FailoverMarks.Of(record.Moments, began);
        return new(
            group.Database,
            subject.Link,
            DrillKinds.NameOf(subject.Kind),
            course,
            marks.Followed,
            Seconds(began - start),
            Since(failover.EventAt),
            Seconds(failover.AnswersAt - began),
            Seconds(failover.DnsMovedAt - began),
            Since(marks.Registered),
            Since(marks.Healthy),
            Since(marks.OldRemoved),
            Spent(static moment => moment.IsEmpty),
            Spent(static moment => !moment.Exists),
            Spent(static moment => moment.Targets.Any(static target => target.IsMisleading)),
            FailoverTimeline.Of(failover, marks, followings),
            [.. record.Moments.Select(moment => new ServingCount(Seconds(moment.At - began), moment.Able, moment.Healthy, moment.Exists))],
            alerts,
            cost);

        double? Since(DateTimeOffset? at) => at is { } known ? Seconds(known - began) : null;
        double Spent(Func<ServingMoment, bool> isSo) => Seconds(record.Spent(isSo, began, Now));
    }

    private ImmutableArray<Execution> Followings(DateTimeOffset since) =>
        [.. Cloud.StepFunctions.Executions(deployed.Stack.StateMachines[Machine].Arn).Where(following => following.StartDate >= since).Reverse()];

    private ImmutableArray<SentAlert> Alerts(int place, DateTimeOffset since) => SentAlerts.Of(deployed, since, place);

    private static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 3);
}
