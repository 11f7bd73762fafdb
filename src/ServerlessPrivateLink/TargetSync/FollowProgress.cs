using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>How far the following of one failover has come. It travels through the state machine, so that no run needs another's memory.</summary>
/// <param name="Groups">The target groups; null when there are more than the state machine should carry.</param>
/// <param name="Baseline">Where the databases were at first.</param>
/// <param name="Present">Where they are now.</param>
/// <param name="Since">Since when they have been there.</param>
/// <param name="LookAt">When the groups are to be looked at again though nothing moved, because an old target still has to go; null: nothing is left to do.</param>
/// <param name="Registered">What was registered of groups that are still to be looked at.</param>
/// <param name="Refused">How often in a row something could not be registered.</param>
/// <param name="IsEventNoted">Whether the groups' tags tell of the event.</param>
public sealed record FollowProgress(
    ImmutableArray<SyncedGroup>? Groups,
    string Baseline,
    string Present,
    DateTimeOffset Since,
    DateTimeOffset? LookAt,
    Registrations? Registered = null,
    int Refused = 0,
    bool IsEventNoted = false)
{
    /// <summary>
    /// From one run to the next: a little over a third of the five seconds for which resolvers keep a database's name (Amazon RDS User Guide,
    /// "Switching a blue/green deployment"), so that every third question comes just when they ask afresh.
    /// </summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1.7);

    private const int MostCarried = 20;

    // Databases that move at once do not all come back at once.
    private const int Turns = 10;

    // A crowd is registered by the watch of names, one after the other; what keeps coming back only takes calls away from that.
    private const int MostRefused = 3;

    private static readonly TimeSpan MakesWay = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(60);
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private bool HasMoved => Present != Baseline;

    /// <summary>When the next run is due: beats count from the start, so that the time that a run takes does not make them drift.</summary>
    public static DateTimeOffset NextBeat(DateTimeOffset started, DateTimeOffset now) => started + (Beat * (Math.Floor((now - started) / Beat) + 1));

    /// <summary>After asking where the databases are.</summary>
    public static FollowProgress After(FollowProgress? before, ImmutableArray<SyncedGroup> groups, IReadOnlyDictionary<string, Whereabouts> where, DateTimeOffset now)
    {
        var present = Places(groups.Select(group => Sighting.After(group.Seen, where[group.Arn], now)));
        before ??= new(groups.Length <= MostCarried ? groups : null, Places(groups.Select(static group => group.Seen)), "", now, LookAt: now);
        return present == before.Present ? before : before with { Present = present, Since = now, LookAt = now, Refused = 0 };
    }

    /// <summary>As it travels.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Wire.Default.FollowProgress)!.AsObject();

    public bool IsLookDue(DateTimeOffset now) => LookAt is { } at && now >= at;

    /// <summary>After looking at the groups: as long as one still has a target to lose, they are looked at again.</summary>
    /// <param name="looks">What came of it.</param>
    /// <param name="registered">What is registered by now.</param>
    /// <param name="now">The time.</param>
    public FollowProgress Looked(ImmutableArray<GroupLook> looks, Registrations registered, DateTimeOffset now) => this with
    {
        // Since when a database has been where it is must outlive this run, or an old target that answers would never have stayed long enough.
        Groups = Groups is null ? null : [.. Groups.Value.Select(group => looks.FirstOrDefault(look => look.Group.Arn == group.Arn) is { } look ? group with { Seen = look.Seen, Places = look.Places } : group)],
        LookAt = looks.Select(look => NextLook(look, now)).Min(),
        Registered = new([.. registered.All.Where(one => looks.Any(look => look.Group.Arn == one.Arn && look.Mood is SyncMood.Busy))]),
        Refused = looks.Any(IsRefused) ? Refused + 1 : 0,
    };

    /// <summary>After trying to note the event in the groups' tags: what could not be done is tried again.</summary>
    public FollowProgress Noted(bool isDone, ImmutableArray<GroupLook> looks, DateTimeOffset now) =>
        this with { IsEventNoted = isDone, LookAt = isDone || looks.IsEmpty ? LookAt : LookAt ?? looks.Min(look => InTurn(look, now)) };

    /// <summary>The databases have moved and stayed, with nothing left to do, or they will not move any more.</summary>
    public bool IsDone(DateTimeOffset started, DateTimeOffset now) =>
        now - started >= Longest || (HasMoved && LookAt is null && now - Since >= Holds);

    // What could not be registered is tried at the next beat, a few times, and what a former writer still answers to always.
    // What else is left to do makes way for other databases that are to be registered.
    private DateTimeOffset? NextLook(GroupLook look, DateTimeOffset now) => look switch
    {
        { Mood: SyncMood.Busy } when IsRefused(look) => Refused < MostRefused ? now : InTurn(look, now),
        { Mood: SyncMood.Busy, Group.Kind: DatabaseKind.ClusterWriter } => now,
        { Mood: SyncMood.Busy } => InTurn(look, now),
        { Plan: { Leave.IsEmpty: false, Refusals.IsEmpty: true } } => now + (SyncLimits.Default.SettlesIn / 2),
        _ => null,
    };

    private static bool IsRefused(GroupLook look) => look is { Mood: SyncMood.Busy, Plan: null };

    private static DateTimeOffset InTurn(GroupLook look, DateTimeOffset now) => now + MakesWay + (Beat * (look.Group.Arn.Sum(static letter => letter) % Turns));

    private static string Places(IEnumerable<Sighting?> seen) => string.Join(' ', seen.Select(static one => one?.Fingerprint ?? "-"));
}
