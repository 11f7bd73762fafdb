using System.Collections.Immutable;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Reads what was published to the alert topic, as a subscriber has it.</summary>
internal static class SentAlerts
{
    /// <param name="deployed">Where it was published.</param>
    /// <param name="since">From when the seconds count.</param>
    /// <param name="place">How much had been published before, to all topics.</param>
    public static ImmutableArray<SentAlert> Of(DeployedStack deployed, DateTimeOffset since, int place) =>
    [
        .. deployed.Cloud.Sns.Published.Skip(place)
            .Where(message => message.TopicArn == deployed.AlertTopicArn)
            .Select(message => new SentAlert(Math.Round((message.At - since).TotalSeconds, 3), message.Subject ?? "", message.Message)),
    ];
}
