using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.TargetSync;

/// <param name="Registered">What is registered now.</param>
/// <param name="Busy">What kept AWS busy, of the groups that wait for their turn.</param>
public sealed record RegistrationRound(Registrations Registered, ImmutableDictionary<string, AwsBusyException> Busy);

/// <summary>Registers the new addresses of databases that moved, of all of them before anything else is seen to.</summary>
public sealed partial class Registrar(GroupSync sync, TimeProvider clock, ILogger<Registrar> log)
{
    public static bool HasMoved(SyncedGroup group, Whereabouts where) => group.Seen is { } seen && Sighting.Moved(seen, where);

    /// <param name="some">The groups.</param>
    /// <param name="where">Where their databases are.</param>
    /// <param name="registered">What the runs before have registered.</param>
    /// <param name="run">The run.</param>
    public async Task<RegistrationRound> RegisterAsync(
        ImmutableArray<SyncedGroup> some,
        ImmutableDictionary<string, Whereabouts> where,
        Registrations registered,
        SyncRun run)
    {
        var busy = ImmutableDictionary.CreateBuilder<string, AwsBusyException>(StringComparer.Ordinal);
        var moved = some.Where(group => HasMoved(group, where[group.Arn])).ToImmutableArray();
        // Of one alone the look registers first as well; but whoever comes again within seconds is to know later what it registered.
        if (moved.Length < 2 && !run.IsRetried) return new(registered, busy.ToImmutable());

        foreach (var group in moved.Where(group => registered.Of(group, where[group.Arn]) is null).TakeWhile(_ => run.IsTimeLeft()))
        {
            try
            {
                var targets = await sync.RegisterAsync(group, where[group.Arn], run);
                if (Registrations.For(group, where[group.Arn], clock.GetUtcNow(), targets) is { } done) registered = registered.With(done);
            }
            catch (AwsBusyException throttled) when (run.IsRetried && !throttled.Is("TargetGroupNotFound"))
            {
                LogNotYet(log, group.Database, group.Link, throttled);
                run.ChangePace.Exhaust();
                busy[group.Arn] = throttled;
            }
            catch (Exception failure) when (!run.Token.IsCancellationRequested)
            {
                // Its look tries again, and tells what comes of it.
                LogNotYet(log, group.Database, group.Link, failure);
            }
        }

        return new(registered, busy.ToImmutable());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Database} of {Link} could not be registered yet")]
    private static partial void LogNotYet(ILogger logger, string database, string link, Exception failure);
}
