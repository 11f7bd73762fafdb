using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Logging;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>Keeps the targets of all links of the stack where the databases are.</summary>
public sealed partial class SyncTargets(
    SyncedGroups groups,
    DatabaseCensus census,
    Registrar registrar,
    GroupSync sync,
    IAmazonElasticLoadBalancingV2 elb,
    EmbeddedMetrics metrics,
    TimeProvider clock,
    ILogger<SyncTargets> log)
{
    // Of so many that moved, all are registered before the old targets of the first are seen to.
    private const int Together = 50;

    // As many as AddTags takes.
    private const int MostTagged = 20;

    // What is begun is finished: a look takes a handful of calls, and the last one must still have time for them.
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(8);

    [LambdaFunction]
    public async Task<JsonObject> Handle(JsonElement asked, ILambdaContext context)
    {
        var input = SyncTargetsInput.Read(asked);
        using var deadline = context.Deadline(clock);
        var run = new SyncRun(
            input.MostRemovals is { } most ? SyncLimits.Default with { MostRemovals = most } : SyncLimits.Default,
            input.Follow?.Announced,
            clock.GetUtcNow(),
            IsRetried: input.OnlyMoved || input.Follow is not null,
            () => context.RemainingTime > Reserve,
            // What only looks after things leaves most of the account's calls to what follows a database.
            input.OnlyMoved || input.Follow is not null ? new Pace(clock, burst: 30, perSecond: 8) : new Pace(clock, burst: 10, perSecond: 6),
            ChangePace: new Pace(clock, burst: 15, perSecond: 3.5),
            deadline.Token);
        var output = input switch
        {
            { Follow: { } follow } => await FollowAsync(follow, run),
            { OnlyMoved: true } => await CatchUpAsync(input.Link, input.Registered?.Deserialize(Wire.Default.Registrations) ?? Registrations.None, run),
            _ => await SweepAsync(input.Link, run),
        };
        return output.ToJson();
    }

    private async Task<SyncTargetsOutput> SweepAsync(string? link, SyncRun run)
    {
        var found = await groups.FindAsync(link, [], run.Token);
        var where = await census.TakeAsync(found.Readable, run.Token);
        var now = clock.GetUtcNow();
        var round = SyncRound.Order(found.Readable, where, now);
        var (looks, _) = await LookAsync(round, where, Registrations.None, run);
        var left = round.Length - looks.Length;
        if (left > 0) await NoteAsync([round[looks.Length]], SyncedGroup.Text(now), run.Token);
        // Or the next runs would see to what was left once more each, and leave something else over for it.
        else await NoteAsync(SyncRound.Noted(found.Readable, now), "", run.Token);

        LogRun(log, looks.Length, found.Readable.Length, left);
        metrics.Write(SyncMeasures.OfRun(looks, left));
        return Result(looks, found.Unreadable, left) with { Done = true };
    }

    private async Task<SyncTargetsOutput> CatchUpAsync(string? link, Registrations before, SyncRun run)
    {
        var found = (await groups.FindAsync(link, [], run.Token)).Readable;
        var where = await census.TakeAsync(found, run.Token);
        var moved = found.Where(group => Registrar.HasMoved(group, where[group.Arn]) && before.Of(group, where[group.Arn]) is not { IsLookedAt: true }).ToImmutableArray();
        var (looks, registered) = await LookAsync(moved, where, before.StillTrue(found, where), run);
        var (left, waits) = (moved.Length - looks.Count(static look => look.Mood is not SyncMood.Busy), registered.All.Any(one => !one.IsLookedAt && !looks.Any(look => look.Group.Arn == one.Arn)));
        // As long as it comes again within seconds for some, what fails may fail once more; the last time says so.
        return left > 0 || waits
            ? Measured([.. looks.Where(static look => look.Mood is not SyncMood.Failed)], left) with { Progress = registered.ToJson() }
            : Result(looks, [], left) with { Progress = registered.ToJson(), Done = true };
    }

    private async Task<SyncTargetsOutput> FollowAsync(FollowInput follow, SyncRun run)
    {
        var again = FollowProgress.NextBeat(follow.Started, clock.GetUtcNow());
        var before = follow.Progress?.Deserialize(Wire.Default.FollowProgress);
        var known = before?.Groups is { } carried ? new FoundGroups(carried, []) : await groups.FindAsync(link: null, follow.Databases, run.Token);
        var where = await census.TakeAsync(known.Readable, run.Token);
        var now = clock.GetUtcNow();
        var progress = FollowProgress.After(before, known.Readable, where, now);
        if (!progress.IsLookDue(now)) return Result([], [], left: 0) with { Progress = progress.ToJson(), Done = progress.IsDone(follow.Started, now), Again = again };

        var earlier = (progress.Registered ?? Registrations.None).StillTrue(known.Readable, where);
        var (looks, registered) = await LookAsync(known.Readable, where, earlier, run with { HeldSince = progress.Since });
        progress = progress.Looked(looks, registered, now);
        if (looks.Length < known.Readable.Length) progress = progress with { LookAt = now };
        else if (!progress.IsEventNoted) progress = progress.Noted(await NoteEventAsync(looks, follow.Announced, run.Token), looks, now);
        return Result(looks, known.Unreadable, left: 0) with { Progress = progress.ToJson(), Done = progress.IsDone(follow.Started, now), Again = again };
    }

    // The watch of names may be faster than this run when the database moves, and is to say of which event that came.
    private async Task<bool> NoteEventAsync(ImmutableArray<GroupLook> looks, DateTimeOffset announced, CancellationToken token)
    {
        var note = new Tag { Key = ResourceTags.Event, Value = SyncedGroup.Text(announced) };
        try
        {
            foreach (var some in looks.Where(static look => look.Mood is not SyncMood.Gone).Select(static look => look.Group.Arn).Chunk(MostTagged))
                await elb.AddTagsAsync(new AddTagsRequest { ResourceArns = [.. some], Tags = [note] }, token);
            return true;
        }
        catch (AwsBusyException busy)
        {
            LogEventNotNoted(log, busy.Message);
            return false;
        }
    }

    private SyncTargetsOutput Result(ImmutableArray<GroupLook> looks, ImmutableArray<UnreadableGroup> unreadable, int left)
    {
        var output = Measured(looks, left);
        SyncIncompleteException.ThrowIf(looks, unreadable);
        return output;
    }

    private SyncTargetsOutput Measured(ImmutableArray<GroupLook> looks, int left)
    {
        foreach (var (link, measures) in SyncMeasures.OfLinks(looks)) metrics.WriteOf(link, measures);
        return new(looks.Length, looks.Count(static look => look.Plan is { ChangesNothing: false }), left, Progress: null, Done: false, Again: null);
    }

    private async Task<LookedRound> LookAsync(
        ImmutableArray<SyncedGroup> round,
        ImmutableDictionary<string, Whereabouts> where,
        Registrations registered,
        SyncRun run)
    {
        var looks = ImmutableArray.CreateBuilder<GroupLook>();
        foreach (var (at, some) in round.Chunk(run.IsRetried ? Math.Max(round.Length, 1) : Together).TakeWhile(_ => run.IsTimeLeft()).Index())
        {
            // A large stack's round takes half a minute, in which others may have followed a database that moves.
            if (at > 0) where = where.SetItems(await census.TakeAsync([.. some], run.Token));
            (registered, var busy) = await registrar.RegisterAsync([.. some], where, registered, run);
            foreach (var group in some.TakeWhile(_ => run.IsTimeLeft()))
            {
                var (place, early) = (where[group.Arn], registered.Of(group, where[group.Arn]));
                // Whoever comes again within seconds looks at nothing before all are registered, but for a former writer, which still answers.
                var isNext = busy.IsEmpty || (early is not null && group.Kind is DatabaseKind.ClusterWriter);
                var look = isNext ? await LookAsync(group, place, early, run) : Waiting(group, place, busy.Values.First(), early);
                looks.Add(look);
                if (run.IsRetried && look.Mood is not (SyncMood.Busy or SyncMood.Failed) && Registrations.For(group, place, look.ChangedAt, look.Plan?.Register ?? []) is { } over)
                    registered = registered.With(over with { IsLookedAt = true });
            }
        }

        return new(looks.ToImmutable(), registered);
    }

    private sealed record LookedRound(ImmutableArray<GroupLook> Looks, Registrations Registered);

    private GroupLook Waiting(SyncedGroup group, Whereabouts where, AwsBusyException busy, Registration? early) =>
        GroupLook.Busy(group, busy, clock.GetUtcNow()) with { Plan = early is null && Registrar.HasMoved(group, where) ? null : SyncPlan.Registered(early?.Targets ?? []) };

    // One link's trouble is not another's.
    private async Task<GroupLook> LookAsync(SyncedGroup group, Whereabouts where, Registration? early, SyncRun run)
    {
        try
        {
            return await sync.LookAsync(group, where, early, run);
        }
        catch (AwsBusyException busy) when (busy.Is("TargetGroupNotFound"))
        {
            // The search by tag hears of deletions late.
            LogGone(log, group.Database, group.Link, group.Arn);
            return new(group, group.Seen, SyncMood.Gone, [], "", Plan: null, clock.GetUtcNow());
        }
        catch (AwsBusyException busy) when (run.IsRetried)
        {
            // By the state machine, within seconds. Nobody is to be told of a throttle then, and what was done is found done.
            LogBusy(log, group.Database, group.Link, busy.Message);
            run.Pace.Exhaust();
            return Waiting(group, where, busy, early);
        }
        catch (Exception failure) when (!run.Token.IsCancellationRequested)
        {
            return await sync.GiveUpAsync(group, failure, run);
        }
    }

    private async Task NoteAsync(ImmutableArray<SyncedGroup> next, string value, CancellationToken token)
    {
        var note = new Tag { Key = ResourceTags.Next, Value = value };
        foreach (var some in next.Select(static group => group.Arn).Chunk(MostTagged)) await elb.AddTagsAsync(new AddTagsRequest { ResourceArns = [.. some], Tags = [note] }, token);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Looked at {Looked} of {All} target groups; there was no time for {Left}")]
    private static partial void LogRun(ILogger logger, int looked, int all, int left);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Arn} of {Database} of {Link} is found by its tags and exists no more")]
    private static partial void LogGone(ILogger logger, string database, string link, string arn);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Database} of {Link} is looked at again soon: {Busy}")]
    private static partial void LogBusy(ILogger logger, string database, string link, string busy);

    [LoggerMessage(Level = LogLevel.Information, Message = "The event is not noted: {Busy}")]
    private static partial void LogEventNotNoted(ILogger logger, string busy);
}

/// <summary>Makes the run a function error, after all that could be done was done.</summary>
public sealed class SyncIncompleteException(ImmutableArray<string> troubles)
    : RefusedException(
        $"Targets of {troubles.Length} databases could not be looked after: {string.Join("; ", troubles)}.",
        "The next run tries again within a minute. If this lasts, look at the log of SyncTargets.")
{
    public static void ThrowIf(ImmutableArray<GroupLook> looks, ImmutableArray<UnreadableGroup> unreadable)
    {
        ImmutableArray<string> troubles =
        [
            .. looks.Where(static look => look.Mood is SyncMood.Failed).Select(static look => $"{look.Group.Link}: {look.Group.Database}: {look.Trouble}"),
            .. unreadable.Select(static group => $"{group.Link}: {group.Why.Reason}"),
        ];
        if (!troubles.IsEmpty) throw new SyncIncompleteException(troubles);
    }
}
