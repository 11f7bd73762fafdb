using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessPrivateLink.Alerts;

namespace ServerlessPrivateLink.Connections;

/// <summary>What people are to be told of a decision: once each, and daily while it is flagged.</summary>
/// <param name="Alert">What is published.</param>
/// <param name="Note">What is noted afterwards.</param>
public sealed record ConnectionNews(Alert Alert, ConnectionNote Note)
{
    public const string Accepted = "connection.accepted";
    public const string Flagged = "connection.flagged";
    public const string Rejected = "connection.rejected";

    private static readonly TimeSpan BetweenReminders = TimeSpan.FromHours(24);

    /// <summary>Null: nothing is new. Of what is to be accepted or rejected, this is for when it has been.</summary>
    public static ConnectionNews? Of(LinkService service, Decision decision, DateTimeOffset now)
    {
        var notes = decision.Connection.Notes;
        return Due(decision, now) is { } note && !(note.SaysTheSameAs(notes.Told) && !IsReminderDue(note, notes.Told!, now))
            ? new(AlertOf(service, decision, note), note)
            : null;
    }

    // A review that died after it acted left its intention behind, and what it did shows.
    private static ConnectionNote? Due(Decision decision, DateTimeOffset now) => decision.Verdict switch
    {
        Verdict.Nothing => decision.Connection is { Notes.Decided: { } decided } connection && WasDone(decided.Verdict, connection.Phase) ? decided : null,
        _ => new ConnectionNote(decision.Verdict, decision.Rule, now) is var note && note.SaysTheSameAs(decision.Connection.Notes.Decided) ? decision.Connection.Notes.Decided : note,
    };

    private static bool WasDone(Verdict verdict, ConnectionPhase phase) => (verdict, phase) is (Verdict.Accept, ConnectionPhase.Established) or (Verdict.Reject, ConnectionPhase.Rejected);

    private static bool IsReminderDue(ConnectionNote note, ConnectionNote told, DateTimeOffset now) => note.Verdict is Verdict.Flag && now - told.At >= BetweenReminders;

    private static Alert AlertOf(LinkService service, Decision decision, ConnectionNote note)
    {
        var connection = decision.Connection;
        var (name, severity, what) = note.Verdict switch
        {
            Verdict.Accept => (Accepted, Severity.Info, "was accepted"),
            Verdict.Reject => (Rejected, Severity.Warning, "was rejected"),
            _ => (Flagged, Severity.Warning, connection.Phase is ConnectionPhase.Pending ? "waits for a person" : "was not foreseen"),
        };
        var reason = (decision.Verdict, note.Rule) switch
        {
            (Verdict.Nothing, ReviewRule.TakenOut) => $"Provisioning ran with a document that does not name the account {connection.Owner} any more.",
            (Verdict.Nothing, _) => $"A review that did not finish decided so by the rule {note.Rule}.",
            _ => decision.Reason,
        };
        var sentence = $"The endpoint {connection.EndpointId} of the account {connection.Owner} {what}. {reason}";
        return new(name, severity, service.Link.Link, sentence, Facts(service, connection, note), Remedy(service.Link.Link, connection, note))
        {
            Id = Id(connection, note),
        };
    }

    private static ImmutableSortedDictionary<string, string> Facts(LinkService service, Connection connection, ConnectionNote note) => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
        .Add("account", connection.Owner)
        .Add("connection", connection.Id)
        .Add("endpoint", connection.EndpointId)
        .Add("reminder", note.SaysTheSameAs(connection.Notes.Told) ? "yes" : "no")
        .Add("region", connection.Region)
        .Add("requestedAt", connection.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
        .Add("rule", note.Rule.ToString())
        .Add("serviceId", service.Id);

    private static string Remedy(string link, Connection connection, ConnectionNote note) => (note.Verdict, note.Rule) switch
    {
        (Verdict.Accept, _) => "Nothing.",
        (Verdict.Reject, ReviewRule.Expired) => "Nothing; or give the consumer a later \"until\" in the link's document, provision again, and let it create its endpoint anew.",
        (Verdict.Reject, ReviewRule.TakenOut) => "Nothing; or name the account in the link's document again, provision again, and let it create its endpoint anew.",
        (Verdict.Reject, _) => "Nothing; or change the consumer's \"accept\" in the link's document, provision again, and let it create its endpoint anew.",
        (_, ReviewRule.RuleUnclear) => "Provision again with the link's document; it writes the rule, and the next review decides by it.",
        _ when connection.Phase is ConnectionPhase.Established =>
            $"If it may stay, name the account in the link's document, or run privatelink accept {link} {connection.EndpointId} --override. If not, run privatelink reject {link} {connection.EndpointId}.",
        _ => $"If you know it, run privatelink accept {link} {connection.EndpointId}{(note.Rule is ReviewRule.AskFirst ? "" : " --override")}. If not, run privatelink reject {link} {connection.EndpointId}.",
    };

    // A run that dies between publishing and noting leaves the same note before: the next alert has the same id.
    private static string Id(Connection connection, ConnectionNote note) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        connection.Id,
        connection.EndpointId,
        note.Verdict,
        note.Rule,
        note.Verdict is Verdict.Flag ? connection.Notes.Told?.Text : ""))))[..32];
}
