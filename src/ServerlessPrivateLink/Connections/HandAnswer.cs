using System.Globalization;

namespace ServerlessPrivateLink.Connections;

public enum Answer
{
    Accept,
    Reject,
}

/// <summary>What an answer comes to.</summary>
public enum Deed
{
    /// <summary>It is connected already, and the rules let it be.</summary>
    Nothing,

    /// <summary>It is accepted, as the rules allow.</summary>
    Accept,

    /// <summary>It is let in, or stays, against the rules.</summary>
    Override,

    /// <summary>Nobody's word stands against the rules any more.</summary>
    Withdraw,
    Reject,
}

/// <summary>How a person answers a connection.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Override">It is to be accepted against the rules.</param>
/// <param name="Withdraw">What was accepted against the rules is to follow them again.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Who">Who answers.</param>
public sealed record HandAnswer(Answer Verdict, bool Override, bool Withdraw, string Reason, string Who)
{
    // EC2 takes so many in a tag's value ("Tag restrictions", Amazon EC2 User Guide).
    private const int MostLetters = 256;

    private const int MostReason = 1_000;

    public string By => Line(Who);

    /// <summary>As logs, alerts and tags carry it: in one line.</summary>
    public string Why => Reason.Length == 0 ? "no reason given" : Line(Reason);

    /// <exception cref="AnswerInvalidException">It contradicts itself, or says too little or too much.</exception>
    public HandAnswer Checked()
    {
        if (By.Length == 0) throw new AnswerInvalidException("Who", "nothing", "the ARN of the one who answers");
        if (Reason.Length > MostReason) throw new AnswerInvalidException("Reason", string.Create(CultureInfo.InvariantCulture, $"{Reason.Length} characters"), string.Create(CultureInfo.InvariantCulture, $"at most {MostReason}"));
        if (Verdict is Answer.Reject && Override) throw new AnswerInvalidException("Override", "true with Reject", "true with Accept alone: no rule stands against a rejection");
        if (Verdict is Answer.Reject && Withdraw) throw new AnswerInvalidException("Withdraw", "true with Reject", "true with Accept alone: a rejection withdraws an override anyway");
        if (Override && Withdraw) throw new AnswerInvalidException("Withdraw", "true with Override", "one of the two");
        return this;
    }

    /// <summary>What the answer comes to, by the same rules that reviews follow.</summary>
    /// <param name="review">The link's rules and connections.</param>
    /// <param name="connection">The one that is answered.</param>
    public (Deed Deed, Decision ByRule) Decide(ConnectionReview review, Connection connection)
    {
        if (connection.Phase is ConnectionPhase.Rejected or ConnectionPhase.Over) throw new ConnectionEndedException(connection);
        var byRule = review.DecideForPerson(connection);
        if (Withdraw) return connection.Notes.Override is null ? throw new NothingToWithdrawException(connection) : (Deed.Withdraw, byRule);
        if (Verdict is Answer.Reject) return (Deed.Reject, byRule);
        return byRule.Verdict switch
        {
            Connections.Verdict.Nothing => (Deed.Nothing, byRule),
            Connections.Verdict.Accept => (Deed.Accept, byRule),
            _ => Override ? (Deed.Override, byRule) : throw new AgainstRuleException(byRule),
        };
    }

    /// <summary>When, who and why, as the tag of an override says it. What is too long is in the log.</summary>
    public string OverrideNote(DateTimeOffset now)
    {
        var text = $"{now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} {By}: {Why}";
        if (text.Length <= MostLetters) return text;
        var end = char.IsHighSurrogate(text[MostLetters - 2]) ? MostLetters - 2 : MostLetters - 1;
        return $"{text[..end]}…";
    }

    private static string Line(string text) => new string([.. text.Select(static letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
}

/// <summary>The request itself cannot be followed.</summary>
public sealed class AnswerInvalidException(string field, string found, string allowed)
    : RefusedException($"{field}: found {found}; allowed: {allowed}.", "Ask again with that put right.");

/// <summary>A connection that was rejected or deleted is answered no more.</summary>
public sealed class ConnectionEndedException(Connection connection)
    : RefusedException(
        $"EndpointId: found {connection.EndpointId} of the account {connection.Owner}, whose connection {(connection.Phase is ConnectionPhase.Rejected ? "was rejected" : "is deleted, has failed or has expired")}; allowed: one that waits or is connected.",
        "Let the consumer create its endpoint anew.");

public sealed class NothingToWithdrawException(Connection connection)
    : RefusedException($"Withdraw: found no override on {connection.EndpointId}; allowed: a connection that was accepted against the rules.", "Nothing; it follows the rules.");

/// <summary>To accept it, a person must say that the rules are not to count.</summary>
public sealed class AgainstRuleException(Decision byRule)
    : RefusedException(
        $"The rule {byRule.Rule} stands against {byRule.Connection.EndpointId}: {byRule.Reason}",
        "Change the consumer's rule in the link's document and provision again; or accept it against the rule with --override, which is alerted and stays until --withdraw.");
