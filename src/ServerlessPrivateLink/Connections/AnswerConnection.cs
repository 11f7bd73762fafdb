using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Connections;

/// <param name="Link">The link's name.</param>
/// <param name="EndpointId">The consumer's endpoint.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Override">It is to be accepted against the rules.</param>
/// <param name="Withdraw">What was accepted against the rules is to follow them again.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Who">The ARN of the one who answers.</param>
public sealed record AnswerConnectionInput(string Link, string EndpointId, Answer Verdict, bool Override, bool Withdraw, string Reason, string Who);

/// <param name="EndpointId">The consumer's endpoint.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Deed">What was done.</param>
/// <param name="Rule">The rule that speaks of it.</param>
/// <param name="Sentence">The same for a person.</param>
public sealed record AnswerConnectionOutput(string EndpointId, string Account, Deed Deed, ReviewRule Rule, string Sentence);

/// <summary>A person answers a connection, through the rules that reviews follow.</summary>
public sealed partial class AnswerConnection(IAmazonEC2 ec2, AlertTopic alerts, StackSettings settings, TimeProvider clock, ILogger<AnswerConnection> log)
{
    [LambdaFunction]
    public async Task<AnswerConnectionOutput> Handle(AnswerConnectionInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var answer = new HandAnswer(input.Verdict, input.Override, input.Withdraw, input.Reason, input.Who).Checked();
        var (service, connection, all) = await FindAsync(input, deadline.Token);
        var now = clock.GetUtcNow();
        var (deed, byRule) = answer.Decide(new(settings.Region, await ec2.RulesAsync(service, deadline.Token), all, DateOnly.FromDateTime(now.UtcDateTime)), connection);
        LogDecision(log, answer.By, deed, connection.EndpointId, connection.Owner, input.Link, answer.Why, byRule.Rule, byRule.Reason);
        await DoAsync(service, connection, answer, deed, byRule, now, context.AwsRequestId, deadline.Token);
        return new(connection.EndpointId, connection.Owner, deed, byRule.Rule, Sentence(connection, deed, byRule));
    }

    private async Task<(LinkService Service, Connection Connection, ImmutableArray<Connection> All)> FindAsync(AnswerConnectionInput input, CancellationToken token)
    {
        var services = await ec2.ServicesOfAsync(settings.Stack, token);
        ImmutableArray<LinkService> ofLink = [.. services.Where(service => service.Link.Link == input.Link)];
        if (ofLink.IsEmpty) throw new UnknownNameException("Link", input.Link, $"a link of the stack {settings.Stack}", services.Select(static service => service.Link.Link));

        var connections = await ec2.ConnectionsOfAsync(ofLink, settings.Region, token);
        var found = from service in ofLink
                    from connection in connections[service.Id]
                    where connection.EndpointId == input.EndpointId
                    orderby connection.Phase
                    select (service, connection, connections[service.Id].ToImmutableArray());
        return found.FirstOrDefault() is { service: not null } one
            ? one
            : throw new UnknownNameException("EndpointId", input.EndpointId, $"an endpoint that asked to connect to {input.Link}", connections.SelectMany(static some => some).Select(static connection => connection.EndpointId));
    }

    private async Task DoAsync(LinkService service, Connection connection, HandAnswer answer, Deed deed, Decision byRule, DateTimeOffset now, string run, CancellationToken token)
    {
        if (deed is Deed.Nothing) return;
        if (deed is Deed.Withdraw or Deed.Reject && connection.Notes.Override is not null) await ec2.ForgetOverrideAsync(connection, token);
        if (deed is Deed.Withdraw) return;

        var verdict = deed is Deed.Reject ? Verdict.Reject : Verdict.Accept;
        var decided = new ConnectionNote(verdict, deed is Deed.Override ? ReviewRule.Overridden : ReviewRule.ByHand, now);
        // While this holds, no review tells of it; where a review holds it, that one is telling of what was before.
        var isClaimed = await ec2.ClaimAsync(service.Link, connection, new(run, now), token);
        if (isClaimed) connection = connection with { Notes = connection.Notes with { Owner = true } };
        // What lets it stay is on it before it is let in: a review heeds it from then on, and not while the request waits.
        await ec2.NoteAsync(
            service.Link,
            [connection],
            deed is Deed.Override ? [(ResourceTags.Decided, decided.Text), (ResourceTags.Override, answer.OverrideNote(now))] : [(ResourceTags.Decided, decided.Text)],
            token);
        if (verdict is Verdict.Reject || connection.Phase is ConnectionPhase.Pending) await AnswerAsync(service, connection, verdict, deed, token);

        await alerts.PublishAsync(ConnectionNews.ByHand(service, byRule, decided, answer), token);
        await ec2.NoteAsync(service.Link, [connection with { Notes = connection.Notes with { Owner = true } }], ResourceTags.Told, decided, token);
        if (isClaimed) await ec2.ReleaseAsync(connection, token);
    }

    private async Task AnswerAsync(LinkService service, Connection connection, Verdict verdict, Deed deed, CancellationToken token)
    {
        if (await ec2.AnswerAsync(service, verdict, [connection.EndpointId], token) is not [var failed, ..]) return;
        if (deed is Deed.Override) await ec2.ForgetOverrideAsync(connection, token);
        throw new AnswerNotTakenException(connection, $"{failed.Error?.Code}: {failed.Error?.Message}");
    }

    private static string Sentence(Connection connection, Deed deed, Decision byRule) => deed switch
    {
        Deed.Nothing => $"{connection.EndpointId} of the account {connection.Owner} is connected already, and stays. {byRule.Reason}",
        Deed.Accept => $"{connection.EndpointId} of the account {connection.Owner} is accepted.",
        Deed.Override => $"{connection.EndpointId} of the account {connection.Owner} is let in against the rule {byRule.Rule}, until that is withdrawn. {byRule.Reason}",
        Deed.Withdraw => $"The override on {connection.EndpointId} of the account {connection.Owner} is withdrawn; the next review decides by the rules.",
        _ => $"{connection.EndpointId} of the account {connection.Owner} is rejected.",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Who} decides {Deed} for {Endpoint} of {Account} on {Link}: {Why}; by the rule {Rule}: {Reason}")]
    private static partial void LogDecision(ILogger logger, string who, Deed deed, string endpoint, string account, string link, string why, ReviewRule rule, string reason);
}

/// <summary>What was named is not there.</summary>
public sealed class UnknownNameException(string field, string found, string allowed, IEnumerable<string> known)
    : RefusedException($"{field}: found {found}; allowed: {allowed}{Listed([.. known])}.", "Ask again with one of those.")
{
    private const int Shown = 20;

    private static string Listed(ImmutableArray<string> known) =>
        known.IsEmpty ? ", of which there is none" : $": {string.Join(", ", known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(Shown))}{(known.Length > Shown ? ", …" : "")}";
}

/// <summary>EC2 did not take the answer; most often the consumer deleted its endpoint meanwhile.</summary>
public sealed class AnswerNotTakenException(Connection connection, string why)
    : RefusedException($"EC2 did not take the answer to {connection.EndpointId}: {why}", "Look at the link's connections again.");
