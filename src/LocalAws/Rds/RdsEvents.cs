using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalAws.Rds;

/// <summary>Events as RDS puts them on the default bus (Amazon RDS User Guide, "Overview of events for Amazon RDS" and "Amazon RDS event categories and event messages").</summary>
internal static class RdsEvents
{
    public static JsonObject Make(Cloud cloud, Failover failover, Announcement told, string target)
    {
        var (detailType, sourceType, kind) = failover.Course.Kind switch
        {
            FailoverKind.Instance => ("RDS DB Instance Event", "DB_INSTANCE", "db"),
            FailoverKind.Cluster => ("RDS DB Cluster Event", "CLUSTER", "cluster"),
            _ => ("RDS Blue Green Deployment Event", "BLUE_GREEN_DEPLOYMENT", "deployment"),
        };
        var at = failover.BeganAt + told.HappensAfter;
        var source = failover.Course.Kind is FailoverKind.BlueGreen ? $"bgd-{Math.Abs(failover.Database.Aggregate(17, (mixed, letter) => unchecked((mixed * 31) + letter))):x8}" : failover.Database;
        var arn = cloud.Arn("rds", $"{kind}:{source}");
        var (category, message) = Words(told.EventId, failover, target);
        var detail = new JsonObject
        {
            ["EventCategories"] = new JsonArray(category),
            ["SourceType"] = sourceType,
            ["SourceArn"] = arn,
            ["Date"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["Message"] = message,
            ["SourceIdentifier"] = (told.HasPrefix ? "rds:" : "") + source,
        };
        if (told.SaysId)
            detail["EventID"] = told.EventId;
        return cloud.Events.Describe("aws.rds", detailType, at, detail, arn);
    }

    private static (string Category, string Message) Words(string id, Failover failover, string target) => id switch
    {
        "RDS-EVENT-0006" => ("availability", "DB instance restarted"),
        "RDS-EVENT-0013" => ("failover", "Multi-AZ instance failover started."),
        "RDS-EVENT-0015" => ("failover", "Multi-AZ failover to standby complete - DNS propagation may take a few minutes"),
        "RDS-EVENT-0049" => ("failover", "Multi-AZ instance failover completed"),
        "RDS-EVENT-0071" => ("failover", $"Completed failover to DB instance: {target}"),
        "RDS-EVENT-0072" => ("failover", $"Started same AZ failover to DB instance: {target}"),
        "RDS-EVENT-0073" => ("failover", $"Started cross AZ failover to DB instance: {target}"),
        "RDS-EVENT-0247" => ("notification", $"Switchover from {failover.Database} to {target} was initiated."),
        "RDS-EVENT-0248" => ("notification", "Switchover completed on blue/green deployment."),
        _ => throw new ArgumentException($"{id} is no event of a failover.", nameof(id)),
    };
}
