using System.Collections.Immutable;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>Which groups a scheduled run looks at, and in which order.</summary>
public static class SyncRound
{
    /// <summary>Up to so many groups every run looks at all.</summary>
    public const int WholeUpTo = 200;

    private const int MinutesForAll = 5;

    // A note to go on here is for the run after, not for one of tomorrow.
    private static readonly TimeSpan NoteHolds = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Those that moved first, then those that are not settled, then the rest, from where the run before left off.
    /// Above <see cref="WholeUpTo"/> the rest takes turns by the minute, so that no run has to remember another and each group is seen every five minutes;
    /// those with a standby that may be gone come last, in whatever time is left.
    /// </summary>
    public static ImmutableArray<SyncedGroup> Order(ImmutableArray<SyncedGroup> groups, IReadOnlyDictionary<string, Whereabouts> where, DateTimeOffset now)
    {
        var noted = Noted(groups, now).MaxBy(static group => group.Next)?.Arn;
        var urgent = groups
            .OrderBy(group => Sighting.Moved(group.Seen, where[group.Arn]) ? 0 : 1)
            // They may be more than a run can look at.
            .ThenBy(group => string.CompareOrdinal(group.Arn, noted) < 0 ? 1 : 0)
            .ThenBy(static group => group.Arn, StringComparer.Ordinal)
            .Where(group => Sighting.Moved(group.Seen, where[group.Arn]) || !IsSettled(group, where[group.Arn], now));
        ImmutableArray<SyncedGroup> all = [.. groups.OrderBy(static group => group.Arn, StringComparer.Ordinal)];
        return [.. urgent.Concat(LeftOver(all, now)).Concat(TurnOf(all, now)).Concat(all.Where(static group => group is { KeepsStandby: true, Places.Standby: not null })).DistinctBy(static group => group.Arn, StringComparer.Ordinal)];
    }

    /// <summary>Groups at which the next run is to go on.</summary>
    public static ImmutableArray<SyncedGroup> Noted(ImmutableArray<SyncedGroup> groups, DateTimeOffset now) => [.. groups.Where(group => group.Next is { } at && now - at < NoteHolds)];

    private static bool IsSettled(SyncedGroup group, Whereabouts where, DateTimeOffset now) =>
        where.Doubts.IsEmpty && group.Told is { Mood: SyncMood.Following } && group.Seen is { } seen && now - seen.Since > TimeSpan.FromMinutes(3);

    private static IEnumerable<SyncedGroup> TurnOf(ImmutableArray<SyncedGroup> groups, DateTimeOffset minute)
    {
        if (groups.Length <= WholeUpTo) return groups;
        var turns = Math.Min(MinutesForAll, (groups.Length + WholeUpTo - 1) / WholeUpTo);
        var turn = minute.ToUnixTimeSeconds() / 60 % turns;
        return groups.Where((_, at) => at % turns == turn);
    }

    /// <summary>What a run that ran out of time did not come to: its turn, from its note on.</summary>
    private static IEnumerable<SyncedGroup> LeftOver(ImmutableArray<SyncedGroup> groups, DateTimeOffset now)
    {
        var noted = Noted(groups, now).MaxBy(static group => group.Next);
        return noted is null ? [] : TurnOf(groups, noted.Next!.Value).SkipWhile(group => group.Arn != noted.Arn);
    }
}
