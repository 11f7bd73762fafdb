namespace ServerlessPrivateLink.TargetSync;

/// <summary>How the sync of a target group stands.</summary>
public enum SyncMood
{
    /// <summary>The targets are where the database is.</summary>
    Following,

    /// <summary>A rule keeps the sync from doing all that it was asked to.</summary>
    Refused,

    /// <summary>The targets are right, and none of them answers.</summary>
    Unhealthy,

    /// <summary>The sync could not be carried out.</summary>
    Failed,

    /// <summary>The target group is deleted, of which nobody is told here.</summary>
    Gone,

    /// <summary>AWS was busy, and the next run comes within seconds, before anybody is told.</summary>
    Busy,
}

/// <summary>What people were told of a target group last: a tag of it, written after publishing.</summary>
/// <param name="Mood">How the sync stood.</param>
/// <param name="Rule">Which rule refused, for <see cref="SyncMood.Refused"/>.</param>
/// <param name="Where">The fingerprint of the database's addresses, as noted then; empty: none were known.</param>
/// <param name="At">When. It makes each note one of its kind, so that an alert's id, which is made from the note before it, is one too.</param>
public sealed record Told(SyncMood Mood, SyncRule? Rule, string Where, DateTimeOffset At)
{
    public string Text => $"{Mood}{(Rule is { } rule ? $":{rule}" : "")}={SyncedGroup.Text(At)}={Where}";

    /// <summary>Null for what is no such note: then nothing was told.</summary>
    public static Told? Read(string? text)
    {
        if (text?.Split('=', 3) is not [var mood, var at, var where] || SyncedGroup.Time(at) is not { } time) return null;
        var (name, rule) = mood.Split(':', 2) is [var first, var second] ? (first, second) : (mood, null);
        if (!Enum.TryParse<SyncMood>(name, out var parsed)) return null;
        return rule is null ? new(parsed, null, where, time) : Enum.TryParse<SyncRule>(rule, out var known) ? new(parsed, known, where, time) : null;
    }

    /// <summary>Whether the same is to be told again, which it is not.</summary>
    public bool SaysTheSameAs(Told other) => Mood == other.Mood && Rule == other.Rule && Where == other.Where;
}
