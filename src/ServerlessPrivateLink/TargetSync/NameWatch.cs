using System.Collections.Immutable;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.TargetSync;

/// <param name="Host">A name that leads to a database.</param>
/// <param name="Addresses">Where it led when it was last asked; at first, where the database was seen.</param>
/// <param name="Moves">How often that has changed.</param>
public sealed record WatchedName(string Host, string Addresses, int Moves = 0);

/// <summary>What a watch does next.</summary>
public enum WatchStep
{
    /// <summary>Wait for the next beat.</summary>
    Wait,

    /// <summary>Let the targets of databases that have moved be put right.</summary>
    Sync,

    /// <summary>End; the next watch has begun.</summary>
    Over,
}

/// <summary>A minute in which the names of databases are asked every other second. It travels through the state machine.</summary>
/// <param name="Names">The names.</param>
/// <param name="Started">When it began.</param>
/// <param name="SyncAt">When the targets are to be looked at though no name has moved; null: names tell all that there is to know.</param>
/// <param name="Again">When the names are to be asked next.</param>
/// <param name="Step">What comes first.</param>
public sealed record NameWatch(ImmutableArray<WatchedName> Names, DateTimeOffset Started, DateTimeOffset? SyncAt, DateTimeOffset Again, WatchStep Step)
{
    // A resolver answers 1,024 packets a second from one network interface (Amazon VPC User Guide, "DNS attributes for your VPC"), and a question is two.
    private const int MostAtOnce = 500;

    // A name that gives other addresses all the time is left to the schedule.
    private const int MostMoves = 3;

    private const int Crowd = 10;

    // A little longer than from one start to the next.
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(62);

    // RDS may know of a cluster's new writer long before the name moves, and the former one soon answers as a reader.
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(20);

    // Then the schedule looks, and another watch begins.
    private static readonly TimeSpan NextRun = TimeSpan.FromMinutes(1);

    /// <summary>Above so many names that one network interface could not ask them all, they take turns by the minute.</summary>
    public static NameWatch Begin(ImmutableArray<WatchedName> names, bool hasClusters, DateTimeOffset started)
    {
        var turns = (names.Length + MostAtOnce - 1) / MostAtOnce;
        var turn = turns < 2 ? 0 : started.ToUnixTimeSeconds() / 60 % turns;
        return new([.. names.Where((_, at) => turns < 2 || at % turns == turn)], started, hasClusters ? started + SyncEvery : null, started, names.IsEmpty ? WatchStep.Over : WatchStep.Wait);
    }

    /// <summary>After asking. An answer without addresses says nothing of where the database is.</summary>
    public NameWatch After(IReadOnlyDictionary<string, HostAnswer> answers, DateTimeOffset now)
    {
        ImmutableArray<WatchedName> asked = [.. Names.Select(name => Asked(name, answers.GetValueOrDefault(name.Host)))];
        var moved = asked.Zip(Names).Count(static pair => pair.First.Moves > pair.Second.Moves && pair.First.Moves <= MostMoves);
        // So many that had moved before are with the schedule's run, which began with this watch: two at once would only delay each other.
        var isLate = moved > Crowd && Again == Started;
        var (syncs, ends) = ((moved > 0 && !isLate) || now >= SyncAt, asked.IsEmpty || now - Started >= Lasts);
        return this with
        {
            Names = asked,
            SyncAt = syncs ? NextSync(now) : isLate ? SyncAt ?? Started + SyncEvery : SyncAt,
            Again = FollowProgress.NextBeat(Started, now),
            Step = syncs ? WatchStep.Sync : ends ? WatchStep.Over : WatchStep.Wait,
        };
    }

    private DateTimeOffset? NextSync(DateTimeOffset now) => SyncAt is not null && now + SyncEvery < Started + NextRun ? now + SyncEvery : null;

    private static WatchedName Asked(WatchedName name, HostAnswer? answer)
    {
        if (answer is not { Failure: "", Addresses.IsEmpty: false }) return name;
        var present = Sighting.TextOf(answer.Addresses);
        return present == name.Addresses ? name : name with { Addresses = present, Moves = name.Moves + 1 };
    }
}
