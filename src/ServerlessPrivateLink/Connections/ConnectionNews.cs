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
    public const string Overridden = "connection.overridden";

    private static readonly TimeSpan BetweenReminders = TimeSpan.FromHours(24);

    /// <summary>Null: nothing is new. Of what is to be accepted or rejected, this is for when it has been.</summary>
    public static ConnectionNews? Of(LinkService service, Decision decision, DateTimeOffset now)
    {
        if (decision.Verdict is Verdict.Nothing) return LeftBehind(decision.Connection) is { } left ? new(AlertOf(service, decision.Connection, left, WhatWas(decision.Connection, left)), left) : null;

        var notes = decision.Connection.Notes;
        var note = new ConnectionNote(decision.Verdict, decision.Rule, now) is var fresh && fresh.SaysTheSameAs(notes.Decided) ? notes.Decided! : fresh;
        return note.SaysTheSameAs(notes.Told) && !IsReminderDue(note, notes.Told!, now)
            ? null
            : new(AlertOf(service, decision.Connection, note, $"{Word(decision.Connection, note)}. {decision.Reason}"), note);
    }

    /// <summary>What a person has just decided.</summary>
    public static Alert ByHand(LinkService service, Decision byRule, ConnectionNote note, HandAnswer answer)
    {
        var isAgainst = note.Rule is ReviewRule.Overridden;
        var alert = AlertOf(service, byRule.Connection, note, $"{Word(byRule.Connection, note)} by {answer.By}: {answer.Why}.{(isAgainst ? $" {byRule.Reason}" : "")}");
        var facts = alert.Facts.Add("who", answer.By).Add("why", answer.Why);
        return alert with { Facts = isAgainst ? facts.Add("against", byRule.Rule.ToString()) : facts };
    }

    // What died after it acted left its intention behind, and what it did shows.
    private static ConnectionNote? LeftBehind(Connection connection) =>
        connection.Notes.Decided is { } decided && WasDone(decided.Verdict, connection.Phase) && !WasTold(decided, connection.Notes.Told) ? decided : null;

    // Reviews that overlap decide the same at different times; a person who decides the same again does so anew.
    private static bool WasTold(ConnectionNote decided, ConnectionNote? told) =>
        told is not null && (told.At >= decided.At || (told.SaysTheSameAs(decided) && !decided.IsByPerson));

    private static string WhatWas(Connection connection, ConnectionNote note) => note.Rule switch
    {
        ReviewRule.Overridden => $"{Word(connection, note)}, and the run that did so did not tell: {connection.Notes.Override ?? "withdrawn meanwhile"}.",
        ReviewRule.ByHand => $"{Word(connection, note)} by a person, and the run that did so did not tell; the log of AnswerConnection says by whom.",
        ReviewRule.TakenOut => $"{Word(connection, note)}. Provisioning ran with a document that does not name the account {connection.Owner} any more.",
        ReviewRule.Released => $"{Word(connection, note)}. The link is released, and that was forced.",
        _ => $"{Word(connection, note)}. A review that did not finish decided so by the rule {note.Rule}.",
    };

    private static bool WasDone(Verdict verdict, ConnectionPhase phase) => (verdict, phase) is (Verdict.Accept, ConnectionPhase.Established) or (Verdict.Reject, ConnectionPhase.Rejected);

    private static bool IsReminderDue(ConnectionNote note, ConnectionNote told, DateTimeOffset now) => note.Verdict is Verdict.Flag && now - told.At >= BetweenReminders;

    private static string Word(Connection connection, ConnectionNote note) => (note.Verdict, note.Rule) switch
    {
        (Verdict.Accept, ReviewRule.Overridden) => "was let in against the rules",
        (Verdict.Accept, _) => "was accepted",
        (Verdict.Reject, _) => "was rejected",
        _ => connection.Phase is ConnectionPhase.Pending ? "waits for a person" : "was not foreseen",
    };

    private static Alert AlertOf(LinkService service, Connection connection, ConnectionNote note, string what)
    {
        var (name, severity) = (note.Verdict, note.Rule) switch
        {
            (Verdict.Accept, ReviewRule.Overridden) => (Overridden, Severity.Warning),
            (Verdict.Accept, _) => (Accepted, Severity.Info),
            (Verdict.Reject, _) => (Rejected, Severity.Warning),
            _ => (Flagged, Severity.Warning),
        };
        return new(name, severity, service.Link.Link, $"The endpoint {connection.EndpointId} of the account {connection.Owner} {what}", Facts(service, connection, note), Remedy(service.Link.Link, connection, note))
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
        (Verdict.Accept, ReviewRule.Overridden) => $"Nothing, if you agree. It stays whatever the rules say, until you run privatelink accept {link} {connection.EndpointId} --withdraw.",
        (Verdict.Accept, _) => "Nothing.",
        (Verdict.Reject, ReviewRule.ByHand) => "Nothing; a consumer that may connect after all creates its endpoint anew.",
        (Verdict.Reject, ReviewRule.Expired) => "Nothing; or give the consumer a later \"until\" in the link's document, provision again, and let it create its endpoint anew.",
        (Verdict.Reject, ReviewRule.TakenOut) => "Nothing; or name the account in the link's document again, provision again, and let it create its endpoint anew.",
        (Verdict.Reject, ReviewRule.Released) => "Nothing; the consumer can delete its endpoint.",
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
        note.Verdict is Verdict.Flag ? connection.Notes.Told?.Text : note.IsByPerson ? note.Text : ""))))[..32];
}
