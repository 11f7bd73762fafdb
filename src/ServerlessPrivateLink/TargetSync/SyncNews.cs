using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>What a look at a target group found and did.</summary>
/// <param name="Group">As its tags described it before.</param>
/// <param name="Seen">Where the database is, as far as that is known.</param>
/// <param name="Mood">How the sync stands now.</param>
/// <param name="Doubts">Which rules refused, for <see cref="SyncMood.Refused"/>.</param>
/// <param name="Trouble">Why it failed, for <see cref="SyncMood.Failed"/>.</param>
/// <param name="Plan">What was carried out; null: nothing was.</param>
/// <param name="At">When.</param>
/// <param name="Event">When the failover was announced that it belongs to; null: it is not known of any.</param>
/// <param name="Places">Where its instance lives, if its standby is kept.</param>
/// <param name="RegisteredAt">When what the plan names was registered, if that was before this look.</param>
public sealed record GroupLook(
    SyncedGroup Group,
    Sighting? Seen,
    SyncMood Mood,
    ImmutableArray<Doubt> Doubts,
    string Trouble,
    SyncPlan? Plan,
    DateTimeOffset At,
    DateTimeOffset? Event = null,
    NotedPlaces? Places = null,
    DateTimeOffset? RegisteredAt = null)
{
    /// <summary>When the targets were changed, if they were.</summary>
    public DateTimeOffset ChangedAt => RegisteredAt ?? At;

    /// <summary>Of a group that is looked at again within seconds, because AWS was busy.</summary>
    public static GroupLook Busy(SyncedGroup group, AwsBusyException busy, DateTimeOffset now) => new(group, group.Seen, SyncMood.Busy, [], busy.Message, Plan: null, now, Places: group.Places);

    public Told Note => new(Mood, Mood is SyncMood.Refused && !Doubts.IsEmpty ? Doubts[0].Rule : null, Seen?.Fingerprint ?? "", At);
}

/// <summary>What people are to be told of a look: one alert per change of state, and none while nothing changes.</summary>
public static class SyncNews
{
    public const string Changed = "targets.changed";
    public const string Refused = "sync.refused";
    public const string Unhealthy = "targets.unhealthy";
    public const string Failed = "sync.failed";
    public const string Recovered = "sync.recovered";

    /// <summary>Whether the note on the group is to be written anew.</summary>
    public static bool IsDue(GroupLook look) => look.Group.Told is not { } before || !before.SaysTheSameAs(look.Note);

    /// <summary>Null: nothing has changed, or a link is being followed for the first time.</summary>
    public static Alert? Of(GroupLook look)
    {
        if (!IsDue(look)) return null;
        var before = look.Group.Told;
        return look.Mood switch
        {
            SyncMood.Following when before is null => null,
            SyncMood.Following when before.Mood is not SyncMood.Following => Recovery(look),
            SyncMood.Following => Change(look),
            SyncMood.Refused => Refusal(look),
            SyncMood.Unhealthy => Sickness(look),
            _ => Failure(look),
        };
    }

    private static Alert Change(GroupLook look) => Alert(
        look,
        Changed,
        Severity.Info,
        $"{look.Group.Database} has moved, and the link {look.Group.Link} follows it.",
        "Nothing. Sessions to the old address are closed; consumers connect again.");

    private static Alert Recovery(GroupLook look) => Alert(
        look,
        Recovered,
        Severity.Info,
        $"The targets of {look.Group.Database} in the link {look.Group.Link} are right again.",
        "Nothing.");

    private static Alert Refusal(GroupLook look) => Alert(
        look,
        Refused,
        Severity.Warning,
        $"The targets of {look.Group.Database} in the link {look.Group.Link} are kept as they are: {string.Join("; ", look.Doubts.Select(static doubt => doubt.Reason))}.",
        Remedy(look.Doubts));

    private static Alert Sickness(GroupLook look) => Alert(
        look,
        Unhealthy,
        Severity.Critical,
        $"No target of {look.Group.Database} in the link {look.Group.Link} answers.",
        "Check that the database is available and listens on its port, and that its security group and the network ACLs of its subnets let the load balancer in.");

    private static Alert Failure(GroupLook look) => Alert(
        look,
        Failed,
        Severity.Critical,
        $"The targets of {look.Group.Database} in the link {look.Group.Link} could not be looked after: {look.Trouble}",
        "The next run tries again within a minute. If this lasts, look at the log of SyncTargets.");

    private static string Remedy(ImmutableArray<Doubt> doubts) => doubts.IsEmpty ? "" : doubts[0].Rule switch
    {
        SyncRule.DatabaseUnknown => "If the database is gone for good, take it out of the link's document and provision again; else wait until RDS shows it again.",
        SyncRule.NameWithoutAddress => "Check the name in the VPC's DNS; if the database is gone for good, take it out of the link's document and provision again.",
        SyncRule.ResolverSilent => "Check the VPC's DHCP options and the network ACLs of the stack's subnets.",
        SyncRule.AddressNotAllowed => "If the database really is there, list the block in \"allowedCidrs\" (for a host), or turn on the VPC's DNS resolution and DNS host names; else find out who changed the name.",
        _ => "If so many targets are to go, invoke SyncTargets once with {\"Link\": \"NAME\", \"MostRemovals\": N}.",
    };

    private static Alert Alert(GroupLook look, string name, Severity severity, string sentence, string remedy)
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        facts["database"] = look.Group.Database;
        facts["targetGroup"] = look.Group.Arn;
        facts["wasAt"] = look.Group.Seen?.Addresses ?? "unknown";
        facts["isAt"] = look.Seen?.Addresses ?? "unknown";
        if (look.Plan is { } plan)
        {
            facts["registered"] = List(plan.Register);
            facts["removed"] = List(plan.Deregister);
            if (!plan.Keep.IsEmpty) facts["keptStandby"] = List(plan.Keep);
        }

        if (look.Event is { } announced) facts["secondsSinceEvent"] = (look.ChangedAt - announced).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return new(name, severity, look.Group.Link, sentence, facts.ToImmutable(), remedy) { Id = Id(look) };
    }

    private static string List(ImmutableArray<TargetDecision> targets) =>
        targets.IsEmpty ? "none" : string.Join(", ", targets.Select(static target => string.Create(CultureInfo.InvariantCulture, $"{target.Address}:{target.Port}")));

    // A run that dies between publishing and noting leaves the same note before: the next alert has the same id.
    private static string Id(GroupLook look) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        look.Group.Arn,
        look.Group.Told?.Text ?? "",
        look.Mood,
        look.Note.Rule,
        look.Note.Where))))[..32];
}
