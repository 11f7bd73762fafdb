using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2.Model;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Provisioning;

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
            var seen = ImmutableArray.CreateBuilder<DatabaseAddresses>();
            foreach (var group in groups.Where(static group => !PlannedCalls.IsMade(group.Arn)))
            {
                var tags = await session.Aws.LoadBalancing.DescribeTagsAsync(new DescribeTagsRequest { ResourceArns = [group.Arn] }, stop);
                if (tags.TagDescriptions[0].Tags?.Find(static tag => tag.Key == ResourceTags.Addresses)?.Value is { Length: > 0 } text && !text.StartsWith("sha256:", StringComparison.Ordinal))
                    seen.Add(new(group.Database, [.. text.Split(' ')]));
                else
                    skipped = skipped.Add($"targets of {group.Database}: no sync has noted yet where it is.");
            }

            return seen.ToImmutable();
        }
    }
}
