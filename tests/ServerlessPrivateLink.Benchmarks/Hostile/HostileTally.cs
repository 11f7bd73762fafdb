using System.Collections.Immutable;
using System.Text.Json;
using LocalAws.Monitoring;

namespace ServerlessPrivateLink.Benchmarks.Hostile;

/// <summary>What came of the events in one account; the words are those of <see cref="HostileReport"/>.</summary>
internal sealed record HostileTally(
    IReadOnlyDictionary<string, int> Kinds,
    int Requests,
    int WronglyAccepted,
    int WronglyRejected,
    int Undecided,
    int Alerts,
    int ToldTwice,
    int ToldTwiceByCrash,
    int Crashed,
    int Reviews,
    int FunctionErrors,
    int FailedWithoutCrash,
    int DeadLetters,
    ImmutableArray<double> SecondsToDecide)
{
    private static readonly ImmutableHashSet<string> Standing = ["pending", "available"];

    public static HostileTally Of(HostileWorld world, IReadOnlyDictionary<string, int> kinds)
    {
        var now = world.Cloud.Time.GetUtcNow();
        var cases = (from applicant in Applicant.All
                     let its = world.Connections.Where(one => one.OwnerId == applicant.Account && one.Region == (applicant.Region ?? world.Cloud.Options.Region)).ToList()
                     from connection in its
                     select (Connection: connection, State: connection.StateAt(now), Applicant: applicant, Deserves: applicant.Deserves(connection, its))).ToList();
        var told = Told(world).ToLookup(static alert => alert.Endpoint, StringComparer.Ordinal);
        var doubled = cases.Where(one => told[one.Connection.EndpointId].Count() > 1).ToList();
        var (reviews, errors) = (Sum(world, "Invocations"), Sum(world, "Errors"));
        return new(
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
            [.. cases.Where(one => told[one.Connection.EndpointId].Any()).Select(one => (told[one.Connection.EndpointId].First().At - one.Connection.CreatedAt).TotalSeconds)]);
    }

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
