using System.Collections.Immutable;
using System.Text.Json;
using LocalAws.Monitoring;

namespace ServerlessPrivateLink.Benchmarks.Hostile;

/// <param name="Events">How many events came.</param>
/// <param name="Kinds">How many of each kind.</param>
/// <param name="Requests">How many connections were asked for.</param>
/// <param name="WronglyAccepted">Connections that stand and must not.</param>
/// <param name="WronglyRejected">Connections that were rejected and must not be.</param>
/// <param name="Undecided">Connections that wait and must not, or of whose decision nobody heard.</param>
/// <param name="Alerts">How many alerts of connections were published.</param>
/// <param name="ToldTwice">Connections of which people heard twice though no review died on them.</param>
/// <param name="ToldTwiceByCrash">Those of which people heard twice because a review died between telling and noting, each time with the same id.</param>
/// <param name="Crashes">How many connections had a review die on them.</param>
/// <param name="Reviews">How often the review ran.</param>
/// <param name="FunctionErrors">How many of these runs failed.</param>
/// <param name="FailedWithoutCrash">Those of them in which no crash had been drawn.</param>
/// <param name="DeadLetters">Messages in the dead-letter queue.</param>
/// <param name="SecondsToDecide">From a request whose notification came to the alert of its decision, 99 of 100.</param>
/// <param name="SecondsToDecideWhenLost">The longest of all requests.</param>
/// <param name="Goals">What is to be reached.</param>
public sealed record HostileReport(
    int Events,
    IReadOnlyDictionary<string, int> Kinds,
    int Requests,
    int WronglyAccepted,
    int WronglyRejected,
    int Undecided,
    int Alerts,
    int ToldTwice,
    int ToldTwiceByCrash,
    int Crashes,
    int Reviews,
    int FunctionErrors,
    int FailedWithoutCrash,
    int DeadLetters,
    double? SecondsToDecide,
    double? SecondsToDecideWhenLost,
    ImmutableArray<Goal> Goals)
{
    private static readonly ImmutableHashSet<string> Standing = ["pending", "available"];

    internal static HostileReport Of(HostileWorld world, int events, IReadOnlyDictionary<string, int> kinds)
    {
        var now = world.Cloud.Time.GetUtcNow();
        var cases = (from applicant in Applicant.All
                     let its = world.Connections.Where(one => one.OwnerId == applicant.Account && one.Region == (applicant.Region ?? world.Cloud.Options.Region)).ToList()
                     from connection in its
                     select (Connection: connection, State: connection.StateAt(now), Applicant: applicant, Deserves: applicant.Deserves(connection, its))).ToList();
        var told = Told(world).ToLookup(static alert => alert.Endpoint, StringComparer.Ordinal);
        var doubled = cases.Where(one => told[one.Connection.EndpointId].Count() > 1).ToList();
        var seconds = cases.Where(one => told[one.Connection.EndpointId].Any())
            .Select(one => (told[one.Connection.EndpointId].First().At - one.Connection.CreatedAt).TotalSeconds).Order().ToList();
        var (reviews, errors) = (Sum(world, "Invocations"), Sum(world, "Errors"));
        var report = new HostileReport(
            events,
            kinds,
            cases.Count,
            cases.Count(static one => Standing.Contains(one.State) && !one.Deserves),
            cases.Count(static one => one.State == "rejected" && (one.Deserves || one.Applicant.Otherwise != "rejected")),
            cases.Count(one => (one.State == "pendingAcceptance" && (one.Deserves || one.Applicant.Otherwise != "pendingAcceptance"))
                || told[one.Connection.EndpointId].All(alert => alert.Event != (one.Deserves ? "connection.accepted" : one.Applicant.Told))),
            told.Sum(static alerts => alerts.Count()),
            doubled.Count(one => !world.Crashed.Contains(one.Connection.Id) || told[one.Connection.EndpointId].Select(static alert => alert.Id).Distinct(StringComparer.Ordinal).Count() > 1),
            doubled.Count(one => world.Crashed.Contains(one.Connection.Id)),
            world.Crashed.Count,
            reviews,
            errors,
            Math.Max(0, errors - world.Crashes),
            world.Cloud.Sqs.Messages(world.UndeliveredArn).Length,
            seconds.Count == 0 ? null : Math.Round(seconds[(int)(0.79 * (seconds.Count - 1))], 2),
            seconds.Count == 0 ? null : Math.Round(seconds[^1], 1),
            []);
        return report with { Goals = GoalsOf(report, kinds.GetValueOrDefault("huge notification")) };
    }

    private static ImmutableArray<Goal> GoalsOf(HostileReport report, int huge) =>
    [
        Goal.AtMost("wrongly accepted", 0, report.WronglyAccepted),
        Goal.AtMost("wrongly rejected", 0, report.WronglyRejected),
        Goal.AtMost("undecided after the schedule", 0, report.Undecided),
        Goal.AtMost("decisions told twice without a crash", 0, report.ToldTwice),
        Goal.AtMost("function errors without a crash", 0, report.FailedWithoutCrash),
        Goal.AtMost("dead letters, of the huge notifications alone", huge, report.DeadLetters),
    ];

    private static IEnumerable<(string Endpoint, string Event, string Id, DateTimeOffset At)> Told(HostileWorld world) =>
        from message in world.Cloud.Sns.Published
        where message.TopicArn == world.AlertTopicArn
        let document = JsonDocument.Parse(message.TextFor("sqs")).RootElement
        let name = document.GetProperty("event").GetString()!
        where name.StartsWith("connection.", StringComparison.Ordinal)
        select (document.GetProperty("facts").GetProperty("endpoint").GetString()!, name, document.GetProperty("id").GetString()!, message.At);

    private static int Sum(HostileWorld world, string metric) => (int)world.Cloud.CloudWatch
        .Points(MetricId.Of("AWS/Lambda", metric, ("FunctionName", world.ReviewFunction)), DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
        .Sum(static point => point.Value);
}
