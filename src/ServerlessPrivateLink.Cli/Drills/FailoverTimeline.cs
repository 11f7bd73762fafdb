using System.Collections.Immutable;
using LocalAws.Rds;
using LocalAws.States.Running;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Drills;

/// <summary>What happened in a failover, in order.</summary>
internal static class FailoverTimeline
{
    public static ImmutableArray<TimelineEntry> Of(Failover failover, FailoverMarks marks, ImmutableArray<Execution> followings) =>
    [
        .. Entries(failover, marks, followings)
            .Where(static entry => entry.At is not null)
            .OrderBy(static entry => entry.At)
            .Select(entry => new TimelineEntry(Math.Round((entry.At!.Value - failover.BeganAt).TotalSeconds, 3), entry.What)),
    ];

    private static IEnumerable<(DateTimeOffset? At, string What)> Entries(Failover failover, FailoverMarks marks, ImmutableArray<Execution> followings)
    {
        yield return (failover.BeganAt, Beginning(failover));
        foreach (var (at, id) in failover.Sent)
            yield return (at, $"event {id}");
        foreach (var following in followings)
        {
            yield return (following.StartDate, "FollowFailover starts");
            yield return (following.StopDate, $"FollowFailover ends: {following.Status}");
        }

        yield return (failover.AnswersAt, $"{failover.NewAddress} answers as the new {Role(failover)}");
        yield return (failover.DnsMovedAt, $"DNS moved: {failover.Host} is {failover.NewAddress}");
        yield return (marks.Registered, "registered: the new address is a target");
        yield return (marks.OldRemoved, "old removed: the old address is none any more");
        yield return (marks.Healthy, "healthy: the load balancer's checks have passed");
    }

    private static string Beginning(Failover failover) => failover.Course.Kind is FailoverKind.BlueGreen
        ? $"the switchover begins: {failover.OldAddress} goes on under another name"
        : $"the failover begins: {failover.OldAddress} stops answering";

    private static string Role(Failover failover) => failover.Course.Kind is FailoverKind.Cluster ? "writer" : "primary";
}
