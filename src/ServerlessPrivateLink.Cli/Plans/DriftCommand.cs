using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.TargetSync;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary><c>privatelink drift</c>: shows what people changed by hand since a link was provisioned last. Reads only, and invokes nothing.</summary>
internal static class DriftCommand
{
    public static async Task<int> RunAsync(StackSession session, string link, bool json, Screen screen, TimeProvider clock, CancellationToken stop)
    {
        var last = await LastRun.FindAsync(session, link, stop);
        ImmutableArray<string> skipped = [];
        var changes = await new Planner(session, clock).RunAsync(last.Plan, LocateAsync, stop);
        var report = new PlanReport(link, changes, [], skipped, null, null);
        PlanText.Show(report, $"The link {link} is as its last run left it ({last.Arn}).", json, screen.Output);
        return report.ExitCode;

        // Where the sync saw the databases last; it looks every minute.
        async Task<ImmutableArray<DatabaseAddresses>?> LocateAsync(ImmutableArray<ExposedTargetGroup> groups)
        {
            var standing = groups.Where(static group => !PlannedCalls.IsMade(group.Arn)).ToImmutableArray();
            var tags = await new LinkInspection(session.Aws, session.Stack.Name).TagsAsync([.. standing.Select(static group => group.Arn)]);
            var seen = standing.ToLookup(group => Sighting.Read(tags[group.Arn])?.Listed is { IsDefaultOrEmpty: false });
            skipped = [.. seen[false].Select(static group => $"targets of {group.Database}: no sync has noted yet where it is.")];
            return [.. seen[true].Select(group => new DatabaseAddresses(group.Database, Sighting.Read(tags[group.Arn])!.Listed))];
        }
    }
}
