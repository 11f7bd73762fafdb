using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>Looks after one target group: reads its targets, decides, registers, deregisters, tells people and notes what it told.</summary>
public sealed partial class GroupSync(IAmazonElasticLoadBalancingV2 elb, AlertTopic alerts, TimeProvider clock, ILogger<GroupSync> log)
{
    public async Task<GroupLook> LookAsync(SyncedGroup group, Whereabouts where, SyncLimits limits, DateTimeOffset? announced, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var seen = Sighting.After(group.Seen, where, now);
        ImmutableArray<TargetState> targets = [.. (await elb.TargetsAsync(group.Arn, token)).Select(RegisterTargets.Read)];
        var plan = SyncPlan.For(new(group.Kind, group.Port, where, seen is null ? TimeSpan.Zero : now - seen.Since, targets), limits);
        await CarryOutAsync(group, plan, token);

        var look = new GroupLook(group, seen, MoodOf(plan, targets), plan.Refusals, "", plan, now, announced);
        await TellAsync(look, where, token);
        return look;
    }

    /// <summary>Tells that the group could not be looked after.</summary>
    public async Task<GroupLook> GiveUpAsync(SyncedGroup group, Exception failure, CancellationToken token)
    {
        LogFailed(log, group.Database, group.Link, failure);
        var look = new GroupLook(group, group.Seen, SyncMood.Failed, [], failure is RefusedException refused ? refused.Reason : failure.GetType().Name, Plan: null, clock.GetUtcNow());
        await TellAsync(look, Whereabouts.Of([]), token);
        return look;
    }

    private async Task CarryOutAsync(SyncedGroup group, SyncPlan plan, CancellationToken token)
    {
        foreach (var target in plan.Register) LogTarget(log, "Registers", target.Address, target.Port, group.Database, target.Reason);
        if (!plan.Register.IsEmpty)
        {
            await elb.RegisterTargetsAsync(
                new RegisterTargetsRequest { TargetGroupArn = group.Arn, Targets = [.. plan.Register.Select(target => Describe(group, target))] },
                token);
        }

        foreach (var target in plan.Deregister) LogTarget(log, "Deregisters", target.Address, target.Port, group.Database, target.Reason);
        if (!plan.Deregister.IsEmpty) await DeregisterAsync(group, plan.Deregister, token);
    }

    private async Task DeregisterAsync(SyncedGroup group, ImmutableArray<TargetDecision> targets, CancellationToken token)
    {
        try
        {
            await elb.DeregisterTargetsAsync(
                new DeregisterTargetsRequest { TargetGroupArn = group.Arn, Targets = [.. targets.Select(static target => new TargetDescription { Id = target.Address, Port = target.Port })] },
                token);
        }
        catch (InvalidTargetException)
        {
            // Another run was faster. What is left, if anything, the next look removes.
        }
    }

    private async Task TellAsync(GroupLook look, Whereabouts where, CancellationToken token)
    {
        if (!IsNew(look)) return;

        // The group was found by a search that lags behind, and another run may have told people in the meantime.
        var group = await ReadAsync(look.Group.Arn, token);
        look = look with { Group = group, Seen = Sighting.After(group.Seen, where, look.At) };
        if (!IsNew(look)) return;

        if (SyncNews.Of(look) is { } alert) await alerts.PublishAsync(alert, token);
        var tags = new List<Tag> { new() { Key = ResourceTags.Told, Value = look.Note.Text } };
        if (look.Seen is { } seen && seen != group.Seen)
        {
            tags.Add(new() { Key = ResourceTags.Addresses, Value = seen.Addresses });
            tags.Add(new() { Key = ResourceTags.Since, Value = SyncedGroup.Text(seen.Since) });
        }

        await elb.AddTagsAsync(new AddTagsRequest { ResourceArns = [group.Arn], Tags = tags }, token);
    }

    private static bool IsNew(GroupLook look) => look.Seen != look.Group.Seen || SyncNews.IsDue(look);

    private async Task<SyncedGroup> ReadAsync(string arn, CancellationToken token)
    {
        var tags = await elb.TagsAsync([arn], token);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Database} of {Link} could not be looked after")]
    private static partial void LogFailed(ILogger logger, string database, string link, Exception failure);
}
