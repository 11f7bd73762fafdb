using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>Looks after one target group: reads its targets, decides, registers, deregisters, tells people and notes what it told.</summary>
public sealed partial class GroupSync(
    IAmazonElasticLoadBalancingV2 elb,
    Lazy<IAmazonEC2> ec2,
    AlertTopic alerts,
    StackSettings settings,
    TimeProvider clock,
    ILogger<GroupSync> log)
{
    // Who asked for the network interfaces of RDS's instances, as EC2 shows it.
    private const string Rds = "amazon-rds";

    /// <summary>
    /// Registers what is missing, and no more. Where many databases move at once, reading what each has would use the account's calls up
    /// before the last is registered: who follows them registers unread, which changes nothing of a target that is registered already. Where a standby is kept, the new primary mostly is.
    /// </summary>
    public async Task<ImmutableArray<TargetDecision>> RegisterAsync(SyncedGroup group, Whereabouts where, SyncRun run)
    {
        var now = clock.GetUtcNow();
        var state = group.KeepsStandby || !run.IsRetried
            ? await ReadAsync(group, where, Sighting.After(group.Seen, where, now), now, run)
            : new GroupState(group.Kind, group.Port, where, TimeSpan.Zero, []);
        var missing = SyncPlan.For(state, run.Limits).Register;
        await RegisterAsync(group, missing, run);
        return missing;
    }

    /// <param name="group">The group.</param>
    /// <param name="where">Where its database is.</param>
    /// <param name="early">What this run or one before it has registered already; null: nothing.</param>
    /// <param name="run">The run.</param>
    public async Task<GroupLook> LookAsync(SyncedGroup group, Whereabouts where, Registration? early, SyncRun run)
    {
        var now = clock.GetUtcNow();
        var seen = Sighting.After(group.Seen, where, early?.At ?? now);
        var state = await ReadAsync(group, where, seen, now, run);
        ImmutableArray<TargetDecision> registered = early?.Targets ?? [];
        // Its own registrations may not be shown yet. Of an earlier run's, what is not shown may have been taken away by another.
        await RegisterAsync(group, [.. SyncPlan.For(state, run.Limits).Register.Except(early?.At >= run.Began ? registered : [])], run);

        // After the registration, which waits for no other service.
        var standby = await StandbyAsync(group, where, state.Registered, run.Token);
        var plan = SyncPlan.For(state with { Standby = standby.Address }, run.Limits);
        plan = plan with { Register = [.. registered.Union(plan.Register)] };
        await DeregisterAsync(group, plan.Deregister, run);

        var look = new GroupLook(group, seen, MoodOf(plan, state.Registered), plan.Refusals, "", plan, now, run.Announced ?? group.EventBehind(early?.At ?? now), standby.Places, early?.At);
        await TellAsync(look, where, run);
        return look;
    }

    /// <summary>Tells that the group could not be looked after.</summary>
    public async Task<GroupLook> GiveUpAsync(SyncedGroup group, Exception failure, SyncRun run)
    {
        LogFailed(log, group.Database, group.Link, failure);
        var look = new GroupLook(group, group.Seen, SyncMood.Failed, [], failure is RefusedException refused ? refused.Reason : failure.GetType().Name, Plan: null, clock.GetUtcNow(), Places: group.Places);
        try
        {
            await TellAsync(look, Whereabouts.Of([]), run);
        }
        catch (Exception untold) when (!run.Token.IsCancellationRequested)
        {
            // What kept the group from being looked after may keep people from being told. Nothing was noted, so the next run tells them.
            LogUntold(log, group.Database, group.Link, untold);
        }

        return look;
    }

    private async Task<GroupState> ReadAsync(SyncedGroup group, Whereabouts where, Sighting? seen, DateTimeOffset now, SyncRun run)
    {
        await run.Pace.NextAsync(run.Token);
        var targets = await elb.TargetsAsync(group.Arn, run.Token);
        var since = seen?.Since > run.HeldSince ? seen.Since : run.HeldSince ?? seen?.Since ?? now;
        return new(group.Kind, group.Port, where, now - since, [.. targets.Select(RegisterTargets.Read)]);
    }

    private async Task<KnownStandby> StandbyAsync(SyncedGroup group, Whereabouts where, ImmutableArray<TargetState> targets, CancellationToken token)
    {
        var asked = group.KeepsStandby ? StandbyRule.Asked(group.Places, where) : [];
        if (asked.IsEmpty) return new(group.Places, null);

        var found = await ec2.Value.NetworkInterfacesAsync([Ec2Reads.Filter("vpc-id", settings.VpcId), Ec2Reads.Filter("private-ip-address", asked)], token);
        return StandbyRule.Of(
            group.Places,
            where,
            [.. targets.Where(target => target.Port == group.Port)],
            [.. found.Where(static face => face.RequesterId == Rds).Select(static face => new Place(face.NetworkInterfaceId, face.PrivateIpAddress))]);
    }

    private async Task RegisterAsync(SyncedGroup group, ImmutableArray<TargetDecision> targets, SyncRun run)
    {
        if (targets.IsEmpty) return;

        foreach (var target in targets) LogTarget(log, "Registers", target.Address, target.Port, group.Database, target.Reason);
        await run.ChangePace.NextAsync(run.Token);
        await run.Pace.NextAsync(run.Token);
        await elb.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = group.Arn, Targets = [.. targets.Select(target => Describe(group, target))] }, run.Token);
    }

    private async Task DeregisterAsync(SyncedGroup group, ImmutableArray<TargetDecision> targets, SyncRun run)
    {
        if (targets.IsEmpty) return;

        foreach (var target in targets) LogTarget(log, "Deregisters", target.Address, target.Port, group.Database, target.Reason);
        await run.ChangePace.NextAsync(run.Token);
        await run.Pace.NextAsync(run.Token);
        await elb.DeregisterTargetsAsync(
            new DeregisterTargetsRequest { TargetGroupArn = group.Arn, Targets = [.. targets.Select(static target => new TargetDescription { Id = target.Address, Port = target.Port })] },
            run.Token);
    }

    private async Task TellAsync(GroupLook look, Whereabouts where, SyncRun run)
    {
        if (!IsNew(look)) return;

        // The group was found by a search that lags behind, and another run may have told people in the meantime.
        var group = await ReadAgainAsync(look.Group.Arn, run);
        look = look with { Group = group, Event = look.Event ?? group.EventBehind(look.ChangedAt), Seen = Sighting.After(group.Seen, where, look.ChangedAt), Places = look.Places == look.Group.Places ? group.Places : look.Places };
        if (!IsNew(look)) return;

        if (SyncNews.Of(look) is { } alert) await alerts.PublishAsync(alert, run.Token);
        var tags = new List<Tag> { new() { Key = ResourceTags.Told, Value = look.Note.Text } };
        if (look.Seen is { } seen && seen != group.Seen)
        {
            tags.Add(new() { Key = ResourceTags.Addresses, Value = seen.Addresses });
            tags.Add(new() { Key = ResourceTags.Since, Value = SyncedGroup.Text(seen.Since) });
        }

        if (look.Places is { } places && places != group.Places) tags.Add(new() { Key = ResourceTags.Places, Value = places.Text });

        await run.Pace.NextAsync(run.Token);
        await elb.AddTagsAsync(new AddTagsRequest { ResourceArns = [group.Arn], Tags = tags }, run.Token);
    }

    private static bool IsNew(GroupLook look) => look.Seen != look.Group.Seen || look.Places != look.Group.Places || SyncNews.IsDue(look);

    private async Task<SyncedGroup> ReadAgainAsync(string arn, SyncRun run)
    {
        await run.Pace.NextAsync(run.Token);
        var tags = await elb.TagsAsync([arn], run.Token);
        return SyncedGroup.Read(arn, tags.GetValueOrDefault(arn, ImmutableDictionary<string, string>.Empty));
    }

    private static TargetDescription Describe(SyncedGroup group, TargetDecision target) => new()
    {
        Id = target.Address,
        Port = target.Port,
        // Outside its VPC, where only a host may be, Elastic Load Balancing cannot tell the zone.
        AvailabilityZone = IsOutside(group, target.Address) ? "all" : null,
    };

    private static bool IsOutside(SyncedGroup group, string address) =>
        Ipv4Block.TryParseAddress(address, out var number) && group.AllowedCidrs.Any(cidr => Ipv4Block.TryParse(cidr, out var block) && block.Contains(number));

    /// <summary>Unhealthy is only what has been checked: a new target may answer yet, and one without a listener is asked by nobody.</summary>
    private static SyncMood MoodOf(SyncPlan plan, ImmutableArray<TargetState> targets)
    {
        var present = targets.Where(static target => !target.IsDraining).ToImmutableArray();
        if (plan.Register.IsEmpty && !present.IsEmpty && present.All(static target => target.State.StartsWith("unhealthy", StringComparison.OrdinalIgnoreCase))) return SyncMood.Unhealthy;
        return plan.Refusals.IsEmpty ? SyncMood.Following : SyncMood.Refused;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{What} {Address} port {Port} of {Database}: {Reason}")]
    private static partial void LogTarget(ILogger logger, string what, string address, int port, string database, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "That {Database} of {Link} could not be looked after could not be told")]
    private static partial void LogUntold(ILogger logger, string database, string link, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Database} of {Link} could not be looked after")]
    private static partial void LogFailed(ILogger logger, string database, string link, Exception failure);
}
