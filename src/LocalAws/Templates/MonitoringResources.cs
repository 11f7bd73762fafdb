using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAws.Monitoring;

namespace LocalAws.Templates;

/// <summary>Alarms on one metric, and dashboards (AWS CloudFormation Template Reference, "AWS::CloudWatch::Alarm" and "AWS::CloudWatch::Dashboard").</summary>
internal static class MonitoringResources
{
    private const int MostActions = 5;

    public static Made Alarm(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("AlarmName") ?? deployment.NewName(id, 255);
        var arn = deployment.Cloud.Arn("cloudwatch", $"alarm:{name}");
        var periods = properties.Number("EvaluationPeriods", 1, 8640) ?? throw new TemplateException(properties.At("EvaluationPeriods"), "nothing", "a whole number");
        properties.OptionalText("Unit");
        deployment.Made.Alarms.Add(new(
            name,
            arn,
            properties.OptionalText("AlarmDescription"),
            MetricId.Of(properties.Text("Namespace"), properties.Text("MetricName"), properties.Groups("Dimensions").Select(dimension => (dimension.Text("Name"), dimension.Text("Value")))),
            properties.OptionalText("Statistic") is { } statistic && Statistics.Names.Contains(statistic, StringComparer.Ordinal) ? statistic : throw new TemplateException(properties.At("Statistic"), properties.OptionalText("Statistic") ?? "nothing", string.Join(", ", Statistics.Names)),
            TimeSpan.FromSeconds(Period(properties)),
            periods,
            properties.Number("DatapointsToAlarm", 1, periods) ?? periods,
            Threshold(properties),
            properties.Text("ComparisonOperator") is var comparison && Statistics.Comparisons.Contains(comparison, StringComparer.Ordinal) ? comparison : throw new TemplateException(properties.At("ComparisonOperator"), properties.Text("ComparisonOperator"), string.Join(", ", Statistics.Comparisons)),
            properties.Word("TreatMissingData", "missing", "breaching", "notBreaching", "ignore"),
            Actions(properties, "AlarmActions"),
            Actions(properties, "OKActions"),
            Actions(properties, "InsufficientDataActions"))
        {
            ActionsEnabled = properties.OptionalText("ActionsEnabled") is not "false",
            Tags = properties.TagList("Tags").With(StackTags.OfCloudFormation(deployment.StackName, deployment.StackId, id)),
        });
        return Made.Of(name, ("Arn", arn));
    }

    public static Made Dashboard(Deployment deployment, string id, Properties properties)
    {
        var name = properties.OptionalText("DashboardName") ?? deployment.NewName(id, 255);
        var body = properties.Text("DashboardBody");
        try
        {
            if (JsonNode.Parse(body)?["widgets"] is not JsonArray)
                throw new TemplateException(properties.At("DashboardBody"), "no widgets", "a list of widgets");
        }
        catch (JsonException error)
        {
            throw new TemplateException(properties.At("DashboardBody"), error.Message, "JSON");
        }

        return Made.Of(name);
    }

    private static int Period(Properties properties)
    {
        var period = properties.Number("Period", 10, 86_400) ?? throw new TemplateException(properties.At("Period"), "nothing", "a whole number");
        return period is 10 or 20 or 30 || period % 60 == 0 ? period : throw new TemplateException(properties.At("Period"), $"{period}", "10, 20, 30 or a multiple of 60");
    }

    private static double Threshold(Properties properties) =>
        double.TryParse(properties.Text("Threshold"), NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) ? threshold : throw new TemplateException(properties.At("Threshold"), properties.Text("Threshold"), "a number");

    private static ImmutableArray<string> Actions(Properties properties, string name)
    {
        var actions = properties.Texts(name);
        if (actions.Length > MostActions)
            throw new TemplateException(properties.At(name), $"{actions.Length} actions", $"{MostActions} at most");
        return actions.FirstOrDefault(action => action.Split(':') is not ["arn", _, "sns", ..]) is { } other
            ? throw new TemplateException(properties.At(name), other, "topics; other actions are not imitated here")
            : actions;
    }
}
