using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>What is known of a target group when its sync is decided.</summary>
/// <param name="Kind">What kind of database it serves.</param>
/// <param name="Port">The database's port.</param>
/// <param name="Where">Where the database is.</param>
/// <param name="HeldFor">How long it has been there, as far as that is noted.</param>
/// <param name="Registered">The group's targets.</param>
/// <param name="Standby">The address of an instance's standby, which is kept beside its own; null: none is known, or none is to be kept.</param>
public sealed record GroupState(
    DatabaseKind Kind,
    int Port,
    Whereabouts Where,
    TimeSpan HeldFor,
    ImmutableArray<TargetState> Registered,
    string? Standby = null);

/// <summary>What a run may do to one target group.</summary>
/// <param name="MostRemovals">Targets that still serve which it may remove. What serves nobody may always go.</param>
/// <param name="SettlesIn">How long an answer must have held before a target that still serves is removed for it: DNS flaps during a failover.</param>
public sealed record SyncLimits(int MostRemovals, TimeSpan SettlesIn)
{
    public static readonly SyncLimits Default = new(MostRemovals: 3, SettlesIn: TimeSpan.FromSeconds(15));
}

/// <summary>A target, and why it is added, removed or left.</summary>
public sealed record TargetDecision(string Address, int Port, string Reason);

/// <summary>
/// What to do about one target group. All of <paramref name="Register"/> comes before any of <paramref name="Deregister"/>:
/// the group never has fewer targets that could serve than it would have without the run, but for those that the database has left.
/// </summary>
/// <param name="Register">Targets to add.</param>
/// <param name="Deregister">Targets to remove, once all of the others are registered.</param>
/// <param name="Leave">Targets that the database does not need and that stay for now.</param>
/// <param name="Keep">The standby's target, which stays for as long as it is the standby's.</param>
/// <param name="Refusals">The rules that kept the run from doing more.</param>
public sealed record SyncPlan(
    ImmutableArray<TargetDecision> Register,
    ImmutableArray<TargetDecision> Deregister,
    ImmutableArray<TargetDecision> Leave,
    ImmutableArray<TargetDecision> Keep,
    ImmutableArray<Doubt> Refusals)
{
    /// <summary>What was carried out of a plan whose rest is still to come.</summary>
    public static SyncPlan Registered(ImmutableArray<TargetDecision> targets) => new(targets, [], [], [], []);

    public bool ChangesNothing => Register.IsEmpty && Deregister.IsEmpty;

    public static SyncPlan For(GroupState group, SyncLimits limits)
    {
        var present = group.Registered.Where(static target => !target.IsDraining).DistinctBy(static target => (target.Address, target.Port)).ToImmutableArray();
        var wanted = group.Where.Addresses.Distinct(StringComparer.Ordinal).ToImmutableArray();
        var register = wanted
            .Where(address => !present.Any(target => target.Address == address && target.Port == group.Port))
            .Select(address => new TargetDecision(address, group.Port, "the database is there"))
            .ToImmutableArray();

        var serving = present.Where(target => IsWanted(target, wanted, group.Port)).ToImmutableArray();
        var decided = present
            .Where(target => !IsWanted(target, wanted, group.Port))
            .Select(target => (Target: target, Verdict: Judge(target, group, limits, canServe: !register.IsEmpty || serving.Any(CouldServe), serving)))
            .ToImmutableArray();
        var remove = decided.Where(static one => one.Verdict.Goes).ToImmutableArray();
        var excess = remove.Count(static one => CouldServe(one.Target)) > limits.MostRemovals;
        var goes = excess ? [.. remove.Where(static one => !CouldServe(one.Target))] : remove;
        return new(
            register,
            [.. goes.Select(static one => new TargetDecision(one.Target.Address, one.Target.Port, one.Verdict.Reason))],
            [.. decided.Where(static one => !one.Verdict.IsKept).Except(goes).Select(one => new TargetDecision(one.Target.Address, one.Target.Port, one.Verdict.Goes ? "more than one run may remove" : one.Verdict.Reason))],
            [.. decided.Where(static one => one.Verdict.IsKept).Select(static one => new TargetDecision(one.Target.Address, one.Target.Port, one.Verdict.Reason))],
            excess ? group.Where.Doubts.Add(TooMany(remove.Count(static one => CouldServe(one.Target)), limits)) : group.Where.Doubts);
    }

    /// <summary>Whether Elastic Load Balancing may send somebody there. One that is still in its first checks gets connections while none is healthy.</summary>
    public static bool CouldServe(TargetState target) => !target.IsDraining && !target.IsSick;

    private static bool IsWanted(TargetState target, ImmutableArray<string> wanted, int port) => target.Port == port && wanted.Contains(target.Address, StringComparer.Ordinal);

    private static Verdict Judge(TargetState target, GroupState group, SyncLimits limits, bool canServe, ImmutableArray<TargetState> serving)
    {
        if (group.Where.Addresses.IsEmpty) return Stays("it is not known where the database is");
        if (!group.Where.Doubts.IsEmpty) return Stays("not every question about the database was answered");

        // A standby does not answer. One that does is about to be the primary, or has been none.
        var isStandby = group.Kind is DatabaseKind.Instance && target.Address == group.Standby && target.Port == group.Port;
        if (isStandby && !GroupHealth.IsHealthy(target)) return new(Goes: false, "it is the standby's address", IsKept: true);

        // RDS itself says who writes. The former writer still answers, and everything that it answers to a writer's consumer is wrong.
        if (group.Kind is DatabaseKind.ClusterWriter) return Goes("it is not the cluster's writer");
        if (!CouldServe(target)) return Goes("the database has left it, and nothing answers there");
        if (!canServe) return Stays("it is the last target that could serve");
        if (group.HeldFor < limits.SettlesIn) return Stays("the database has moved only just now");

        // A name of somebody's own may list a host before it listens; an instance's name may still be that of the primary that a standby has taken over from.
        if ((group.Kind is DatabaseKind.Host || isStandby) && !serving.Any(GroupHealth.IsHealthy)) return Stays("none of the new targets is healthy yet");
        return Goes("the database has left it");
    }

    private static Doubt TooMany(int removals, SyncLimits limits) => new(
        SyncRule.TooManyRemovals,
        string.Create(CultureInfo.InvariantCulture, $"{removals} targets that still serve would be removed, and a run may remove {limits.MostRemovals}"));

    private static Verdict Goes(string reason) => new(Goes: true, reason);

    private static Verdict Stays(string reason) => new(Goes: false, reason);

    private sealed record Verdict(bool Goes, string Reason, bool IsKept = false);
}
