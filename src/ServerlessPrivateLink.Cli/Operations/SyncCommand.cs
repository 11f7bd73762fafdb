using System.Globalization;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink.Cli.Operations;

/// <summary><c>privatelink sync</c>: the sync of a link's targets, now and not at the next minute.</summary>
internal static class SyncCommand
{
    public static async Task<int> RunAsync(StackSession session, string link, bool json, Screen screen, CancellationToken stop)
    {
        var done = await session.InvokeAsync<SyncTargetsInput, SyncTargetsOutput>(nameof(SyncTargets), new(link), stop);
        // The function looks at the groups of that name and finds none of another.
        if (done.Looked + done.Left == 0)
            throw new NothingToSyncException(link);
        await screen.Output.WriteLineAsync(json
            ? ReportJson.Write(new SyncedLink(link, done.Looked, done.Changed, done.Left))
            : string.Create(CultureInfo.InvariantCulture, $"{link}: looked at {done.Looked} database(s), changed {done.Changed}{(done.Left > 0 ? $", had no time for {done.Left}" : "")}."));
        return ExitCode.Done;
    }
}

/// <summary>No target group carries that link's name.</summary>
public sealed class NothingToSyncException(string link)
    : RefusedException($"LINK: found {link}, of which there is no target group; allowed: a link of the stack.", "See them: privatelink links");
