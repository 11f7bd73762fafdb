using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>That a target group got its database's new addresses before anything else was seen to.</summary>
/// <param name="Arn">The target group.</param>
/// <param name="Left">Since when the database had been where it was.</param>
/// <param name="Where">Where it is now, in few letters.</param>
/// <param name="At">When they were registered.</param>
/// <param name="Targets">What was registered.</param>
/// <param name="IsLookedAt">Whether all the rest was seen to as well.</param>
public sealed record Registration(string Arn, DateTimeOffset Left, string Where, DateTimeOffset At, ImmutableArray<TargetDecision> Targets, bool IsLookedAt = false);

/// <summary>
/// What one run after the other has registered of databases that moved. It travels through the state machine: the search by tag hears late of what was noted,
/// and where many move at once, registering one of them twice delays another.
/// </summary>
public sealed record Registrations(ImmutableArray<Registration> All)
{
    public static readonly Registrations None = new([]);

    // A state's input has at most 262,144 bytes (AWS Step Functions Developer Guide, "Service quotas"), and names travel with these.
    private const int MostCarried = 300;

    /// <summary>What was registered for the move that a group's tags do not tell of yet; null: nothing was.</summary>
    public Registration? Of(SyncedGroup group, Whereabouts where) =>
        group.Seen is { } seen ? All.FirstOrDefault(one => one.Arn == group.Arn && one.Left == seen.Since && one.Where == Sighting.FingerprintOf(where)) : null;

    /// <summary>Those of databases that still are where they were registered, as far as that is known.</summary>
    public Registrations StillTrue(ImmutableArray<SyncedGroup> groups, IReadOnlyDictionary<string, Whereabouts> where) =>
        new([.. All.Where(one => groups.Any(group => group.Arn == one.Arn) && (!where[one.Arn].Doubts.IsEmpty || one.Where == Sighting.FingerprintOf(where[one.Arn])))]);

    /// <summary>Null for a database of which it is not known where it was.</summary>
    public static Registration? For(SyncedGroup group, Whereabouts where, DateTimeOffset at, ImmutableArray<TargetDecision> targets) =>
        group.Seen is { } seen ? new(group.Arn, seen.Since, Sighting.FingerprintOf(where), at, targets) : null;

    /// <summary>With another one, which takes the place of what is known of the same group.</summary>
    public Registrations With(Registration registration) => new([.. All.Where(one => one.Arn != registration.Arn).TakeLast(MostCarried - 1), registration]);

    /// <summary>As they travel.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Wire.Default.Registrations)!.AsObject();
}
