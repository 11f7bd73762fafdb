using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Ec2;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>The link is taken down by the deployed machine, while schedules go on, and then once more.</summary>
/// <param name="deployed">The stack, with the link.</param>
/// <param name="link">The link.</param>
/// <param name="start">From when the report counts.</param>
public sealed class ReleaseStory(DeployedStack deployed, Link link, DateTimeOffset start)
{
    /// <summary>Tells the whole story, once.</summary>
    public ReleaseReport Tell()
    {
        var (isUsed, place) = (IsUsed(), deployed.Cloud.Sns.Published.Count);
        var before = Parts();
        var first = Run("release", isUsed);
        var alerts = SentAlerts.Of(deployed, start, place);
        var calls = deployed.Cloud.Calls.Count;
        var second = Run("second-release", force: false);
        // Of the machine's own functions: schedules go on, for other links.
        var mutating = deployed.Cloud.Calls.Since(calls).Where(call => call.Mutates && second.States.Any(state => state.Name == call.Caller)).Select(static call => call.Action).ToImmutableArray();
        return new(
            StatusOf(first),
            Seconds(first),
            isUsed,
            before,
            Parts(),
            first.States,
            new(StatusOf(second), Seconds(second), mutating.Length, [.. mutating.Distinct(StringComparer.Ordinal)]),
            alerts);
    }

    private Execution Run(string name, bool force) => deployed.Release($"{link.Name}-{name}", new JsonObject { ["name"] = link.Name, ["force"] = force }.ToJsonString());

    private bool IsUsed() => deployed.Cloud.Ec2.All<EndpointConnection>()
        .Any(connection => connection.Service.Tags[ResourceTags.Link] == link.Name && connection.IsLiveAt(deployed.Cloud.Time.GetUtcNow()));

    private int Parts() => Resources.Of(deployed.Cloud.Time.Run(() => new LinkInspection(deployed.Aws, DeployedStack.StackName).ReadAsync(link))).Length;

    private static string StatusOf(Execution run) => run.HasSucceeded ? RehearsalReport.Done : RehearsalReport.Failed;

    private static double Seconds(Execution run) => Math.Round(run.Took.TotalSeconds, 3);
}
