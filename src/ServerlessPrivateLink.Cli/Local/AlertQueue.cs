using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Sqs;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Cli.Local;

/// <summary>A queue of the local AWS that is subscribed to the alerts, so that the AWS CLI can read them as a subscriber does.</summary>
internal static class AlertQueue
{
    public const string Name = "privatelink-alerts";

    public static void Open(DeployedStack deployed)
    {
        var (cloud, arn) = (deployed.Cloud, deployed.Cloud.Arn("sqs", Name));
        var policy = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(new JsonObject
            {
                ["Effect"] = "Allow",
                ["Principal"] = new JsonObject { ["Service"] = "sns.amazonaws.com" },
                ["Action"] = "sqs:SendMessage",
                ["Resource"] = arn,
                ["Condition"] = new JsonObject { ["ArnEquals"] = new JsonObject { ["aws:SourceArn"] = deployed.AlertTopicArn } },
            }),
        };
        var attributes = new QueueAttributes(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("Policy", policy.ToJsonString()));
        cloud.Sqs.Add(new QueueSettings(Name, Name, arn, $"https://sqs.{cloud.Options.Region}.{cloud.Options.DnsSuffix}/{cloud.Options.AccountId}/{Name}", attributes));
        cloud.Sns.Subscribe(new SubscriptionSettings(deployed.AlertTopicArn, "sqs", arn));
    }
}
