using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalAws.Monitoring;

/// <summary>What CloudWatch tells a topic (Amazon CloudWatch User Guide, "Notify users on alarm changes"; AWS Lambda Developer Guide's sample of such an event).</summary>
internal static class AlarmMessage
{
    private static readonly ImmutableDictionary<string, string> Names = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("eu-central-1", "EU (Frankfurt)"),
        KeyValuePair.Create("eu-west-1", "EU (Ireland)"),
        KeyValuePair.Create("us-east-1", "US East (N. Virginia)"),
        KeyValuePair.Create("us-west-2", "US West (Oregon)"),
    ]);

    public static string Subject(CloudOptions options, Alarm alarm)
    {
        const int Longest = 100;
        var subject = $"{alarm.State}: \"{alarm.Settings.Name}\" in {Region(options)}";
        return subject.Length <= Longest ? subject : subject[..(Longest - 3)] + "...";
    }

    public static string Write(CloudOptions options, Alarm alarm, string before, DateTimeOffset at)
    {
        var settings = alarm.Settings;
        return new JsonObject
        {
            ["AlarmName"] = settings.Name,
            ["AlarmDescription"] = settings.Description,
            ["AWSAccountId"] = options.AccountId,
            ["AlarmConfigurationUpdatedTimestamp"] = Time(alarm.ConfiguredAt),
            ["NewStateValue"] = alarm.State,
            ["NewStateReason"] = alarm.Reason,
            ["StateChangeTime"] = Time(at),
            ["Region"] = Region(options),
            ["AlarmArn"] = settings.Arn,
            ["OldStateValue"] = before,
            ["OKActions"] = Texts(settings.OkActions),
            ["AlarmActions"] = Texts(settings.AlarmActions),
            ["InsufficientDataActions"] = Texts(settings.InsufficientDataActions),
            ["Trigger"] = new JsonObject
            {
                ["MetricName"] = settings.Metric.Name,
                ["Namespace"] = settings.Metric.Namespace,
                ["StatisticType"] = "Statistic",
                ["Statistic"] = settings.Statistic.ToUpperInvariant(),
                ["Unit"] = null,
                ["Dimensions"] = new JsonArray([.. settings.Metric.Dimensions.Select(dimension => new JsonObject { ["value"] = dimension.Value, ["name"] = dimension.Key })]),
                ["Period"] = (int)settings.Period.TotalSeconds,
                ["EvaluationPeriods"] = settings.EvaluationPeriods,
                ["DatapointsToAlarm"] = settings.DatapointsToAlarm,
                ["ComparisonOperator"] = settings.Comparison,
                ["Threshold"] = settings.Threshold,
                ["TreatMissingData"] = settings.Missing,
                ["EvaluateLowSampleCountPercentile"] = "",
            },
        }.ToJsonString();
    }

    private static string Region(CloudOptions options) => Names.GetValueOrDefault(options.Region, options.Region);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000";

    private static JsonArray Texts(ImmutableArray<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
