using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Alerts;

namespace ServerlessPrivateLink.Connections;

/// <param name="Link">The link.</param>
/// <param name="Decisions">What was decided of its connections.</param>
/// <param name="Troubles">What could not be carried out.</param>
public sealed record ReviewedLink(string Link, ImmutableArray<Decision> Decisions, ImmutableArray<string> Troubles);

/// <summary>Reviews the connections of one link: decides, notes what it sets out to do, does it, tells people and notes what it told.</summary>
public sealed partial class LinkReview(IAmazonEC2 ec2, AlertTopic alerts, StackSettings settings, TimeProvider clock, ILogger<LinkReview> log)
{
    private const string Reviewer = "ReviewConnections";

    // A request names each endpoint in its body; so many keep it small, and what fails is told by item anyway.
    private const int Batch = 25;

    /// <param name="service">The link's endpoint service.</param>
    /// <param name="connections">All its connections.</param>
    /// <param name="run">The id of this run.</param>
    /// <param name="token">Ends it.</param>
    public async Task<ReviewedLink> ReviewAsync(LinkService service, ImmutableArray<Connection> connections, string run, CancellationToken token)
    {
        if (connections.All(static connection => connection.Phase is ConnectionPhase.Over)) return new(service.Link.Link, [], []);

        var rules = await ec2.RulesAsync(service, token);
        var now = clock.GetUtcNow();
        var decisions = new ConnectionReview(settings.Region, rules, connections, DateOnly.FromDateTime(now.UtcDateTime)).Decide();
        return new(service.Link.Link, decisions, await CarryOutAsync(service, decisions, run, token));
    }

    /// <summary>Does what was decided, and tells people.</summary>
    /// <param name="service">The link's endpoint service.</param>
    /// <param name="decisions">What was decided of its connections.</param>
    /// <param name="run">The id of this run.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>What could not be carried out.</returns>
    public async Task<ImmutableArray<string>> CarryOutAsync(LinkService service, ImmutableArray<Decision> decisions, string run, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        await NoteIntentionsAsync(service, decisions, now, token);
        ImmutableArray<Failure> failures =
        [
            .. await AnswerAsync(service, decisions, Verdict.Accept, token),
            .. await AnswerAsync(service, decisions, Verdict.Reject, token),
        ];

        var failed = failures.Select(static failure => failure.EndpointId).ToHashSet(StringComparer.Ordinal);
        foreach (var decision in decisions.Where(decision => !failed.Contains(decision.Connection.EndpointId))) await TellAsync(service, decision, run, token);
        return [.. failures.Where(static failure => !failure.HasEnded).Select(static failure => failure.Text)];
    }

    private async Task NoteIntentionsAsync(LinkService service, ImmutableArray<Decision> decisions, DateTimeOffset now, CancellationToken token)
    {
        var notes = from decision in decisions
                    where decision.Verdict is Verdict.Accept or Verdict.Reject
                    let note = new ConnectionNote(decision.Verdict, decision.Rule, now)
                    where !note.SaysTheSameAs(decision.Connection.Notes.Decided) || decision.Connection.Notes.Told?.At > decision.Connection.Notes.Decided?.At
                    group decision.Connection by note;
        foreach (var alike in notes) await ec2.NoteAsync(service.Link, [.. alike], ResourceTags.Decided, alike.Key, token);
    }

    private async Task<ImmutableArray<Failure>> AnswerAsync(LinkService service, ImmutableArray<Decision> decisions, Verdict verdict, CancellationToken token)
    {
        var failures = ImmutableArray.CreateBuilder<Failure>();
        foreach (var some in decisions.Where(decision => decision.Verdict == verdict).Chunk(Batch))
        {
            foreach (var decision in some) LogDecision(log, Reviewer, verdict, decision.Connection.EndpointId, decision.Connection.Owner, service.Link.Link, decision.Reason);
            foreach (var item in await ec2.AnswerAsync(service, verdict, some.Select(static decision => decision.Connection.EndpointId), token)) failures.Add(await LookAgainAsync(service, verdict, item, token));
        }

        return failures.ToImmutable();
    }

    // Consumers delete endpoints, and other reviews answer them: an endpoint that no longer waits is nobody's trouble.
    private async Task<Failure> LookAgainAsync(LinkService service, Verdict verdict, UnsuccessfulItem item, CancellationToken token)
    {
        var now = await ec2.ConnectionAsync(service.Id, item.ResourceId, settings.Region, token);
        var hasEnded = now is null || now.Phase is ConnectionPhase.Over || now.Phase == (verdict is Verdict.Accept ? ConnectionPhase.Established : ConnectionPhase.Rejected);
        var failure = new Failure(item.ResourceId, hasEnded, $"{item.ResourceId} ({verdict}): {item.Error?.Code}: {item.Error?.Message}");
        LogFailed(log, verdict, item.ResourceId, service.Link.Link, failure.Text, hasEnded);
        return failure;
    }

    private async Task TellAsync(LinkService service, Decision decision, string run, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        if (ConnectionNews.Of(service, decision, now) is null || !await ec2.ClaimAsync(service.Link, decision.Connection, new(run, now), token)) return;

        // Another review may have told it between this one's reading and its claim.
        if (await ec2.ConnectionAsync(service.Id, decision.Connection.EndpointId, settings.Region, token) is not { } connection) return;
        if (connection.Notes.Telling?.Holds(run, now) is true) return;
        decision = decision with { Connection = connection };
        if (ConnectionNews.Of(service, decision, now) is { } news)
        {
            if (decision.Verdict is Verdict.Flag) LogDecision(log, Reviewer, Verdict.Flag, connection.EndpointId, connection.Owner, service.Link.Link, decision.Reason);
            await alerts.PublishAsync(news.Alert, token);
            await ec2.NoteAsync(service.Link, [connection], ResourceTags.Told, news.Note, token);
        }

        await ec2.ReleaseAsync(connection, token);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Who} decides {Verdict} for {Endpoint} of {Account} on {Link}: {Reason}")]
    private static partial void LogDecision(ILogger logger, string who, Verdict verdict, string endpoint, string account, string link, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Verdict} of {Endpoint} on {Link} was not taken: {Text}; it needs no answer any more: {HasEnded}")]
    private static partial void LogFailed(ILogger logger, Verdict verdict, string endpoint, string link, string text, bool hasEnded);

    private sealed record Failure(string EndpointId, bool HasEnded, string Text);
}
