using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Monitoring;

/// <summary>Amazon CloudWatch on the wire, API version 2010-08-01, in the query protocol: what is looked at.</summary>
public sealed class CloudWatchApi(CloudWatchState state) : ServiceApi
{
    private const int UsualRecords = 50;
    private const int MostRecords = 100;
    private const string OfMetrics = "MetricAlarm";

    /// <inheritdoc/>
    public override string SigningName => "monitoring";

    /// <inheritdoc/>
    public override string IamPrefix => "cloudwatch";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new QueryProtocol("http://monitoring.amazonaws.com/doc/2010-08-01/");

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Describe() =>
    [
        Operation.Reads("DescribeAlarms", DescribeAlarms),
        Operation.Reads("GetMetricData", GetMetricData),
    ];

    /// <summary>
    /// Whatever it asks for, the caller must be allowed all alarms (Amazon CloudWatch User Guide, "Amazon CloudWatch permissions reference";
    /// the denial names <c>alarm:*</c>, github.com/aws-samples/amazon-cloudwatch-auto-alarms issue 1).
    /// </summary>
    private Answer DescribeAlarms(ApiCall call)
    {
        call.Demand(call.Cloud.Arn("cloudwatch", "alarm:*"));
        var (form, names, prefix) = (call.Form, call.Form.Texts("AlarmNames.member"), call.Form.Text("AlarmNamePrefix"));
        if (form.Names.FirstOrDefault(static name => name is "ChildrenOfAlarmName" or "ParentsOfAlarmName") is { } relation)
            throw new AwsErrorException("InvalidParameterValue", $"{relation} is not imitated here: there are no composite alarms.");
        if (names.Length > MostRecords)
            throw Invalid($"[{string.Join(", ", names)}]", "alarmNames", $"Member must have length less than or equal to {MostRecords}");
        if (!names.IsEmpty && prefix is not null)
            throw new AwsErrorException("InvalidParameterCombination", "AlarmNames and AlarmNamePrefix cannot be specified together.");
        var size = form.Number("MaxRecords") ?? UsualRecords;
        if (size is < 1 or > MostRecords)
            throw Invalid($"{size}", "maxRecords", size < 1 ? "Member must have value greater than or equal to 1" : $"Member must have value less than or equal to {MostRecords}");
        var types = form.Texts("AlarmTypes.member");
        if (types.FirstOrDefault(static type => type is not (OfMetrics or "CompositeAlarm")) is { } other)
            throw Invalid($"[{other}]", "alarmTypes", "Member must satisfy enum value set: [CompositeAlarm, MetricAlarm]");
        var wanted = form.Text("StateValue");
        if (wanted is not (null or Alarm.Ok or Alarm.Alarming or Alarm.Insufficient))
            throw Invalid(wanted, "stateValue", $"Member must satisfy enum value set: [{Alarm.Insufficient}, {Alarm.Alarming}, {Alarm.Ok}]");
        var action = form.Text("ActionPrefix");
        var page = Page.Of(
            state.Alarms
                .Where(_ => types.IsEmpty || types.Contains(OfMetrics, StringComparer.Ordinal))
                .Where(alarm => names.IsEmpty || names.Contains(alarm.Settings.Name, StringComparer.Ordinal))
                .Where(alarm => prefix is null || alarm.Settings.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Where(alarm => wanted is null || alarm.State == wanted)
                .Where(alarm => action is null || Actions(alarm.Settings).Any(arn => arn.StartsWith(action, StringComparison.Ordinal))),
            size,
            form.Text("NextToken"),
            BadToken);
        return Answer.Of(Xml.List("MetricAlarms", "member", page.Items, Write), Xml.Node("CompositeAlarms"), Xml.Of("NextToken", page.Next));
    }

    private Answer GetMetricData(ApiCall call)
    {
        call.Demand("*");
        var asked = MetricDataRequest.Read(call.Form);
        var all = asked.Queries.SelectMany(query => asked.Points(query, state).Select(point => (Query: query, Point: point))).ToImmutableArray();
        var page = Page.Of(all, asked.MostPoints, call.Form.Text("NextToken"), BadToken);
        var last = page.Next is null ? null : page.Items[^1].Query;
        return Answer.Of(
            Xml.List("MetricDataResults", "member", asked.Queries, query =>
            {
                var points = page.Items.Where(item => item.Query == query).Select(static item => item.Point).ToImmutableArray();
                return
                [
                    Xml.Of("Id", query.Id),
                    Xml.Of("Label", query.Label),
                    new("Timestamps", points.Select(static point => Xml.Of("member", point.At))),
                    new("Values", points.Select(static point => Number("member", point.Value))),
                    Xml.Of("StatusCode", query == last ? "PartialData" : "Complete"),
                ];
            }),
            Xml.Of("NextToken", page.Next),
            Xml.Node("Messages"));
    }

    private static IEnumerable<XElement?> Write(Alarm alarm)
    {
        var settings = alarm.Settings;
        return
        [
            Xml.Of("AlarmName", settings.Name),
            Xml.Of("AlarmArn", settings.Arn),
            Xml.Of("AlarmDescription", settings.Description),
            Xml.Of("AlarmConfigurationUpdatedTimestamp", alarm.ConfiguredAt),
            Xml.Of("ActionsEnabled", settings.ActionsEnabled),
            Xml.Texts("OKActions", "member", settings.OkActions),
            Xml.Texts("AlarmActions", "member", settings.AlarmActions),
            Xml.Texts("InsufficientDataActions", "member", settings.InsufficientDataActions),
            Xml.Of("StateValue", alarm.State),
            Xml.Of("StateReason", alarm.Reason),
            Xml.Of("StateUpdatedTimestamp", alarm.ChangedAt),
            Xml.Of("StateTransitionedTimestamp", alarm.ChangedAt),
            Xml.Of("MetricName", settings.Metric.Name),
            Xml.Of("Namespace", settings.Metric.Namespace),
            Xml.Of("Statistic", settings.Statistic),
            Xml.List("Dimensions", "member", settings.Metric.Dimensions, static dimension => [Xml.Of("Name", dimension.Key), Xml.Of("Value", dimension.Value)]),
            Xml.Of("Period", (int)settings.Period.TotalSeconds),
            Xml.Of("EvaluationPeriods", settings.EvaluationPeriods),
            Xml.Of("DatapointsToAlarm", settings.DatapointsToAlarm),
            Number("Threshold", settings.Threshold),
            Xml.Of("ComparisonOperator", settings.Comparison),
            Xml.Of("TreatMissingData", settings.Missing),
        ];
    }

    private static IEnumerable<string> Actions(AlarmSettings settings) => [.. settings.OkActions, .. settings.AlarmActions, .. settings.InsufficientDataActions];

    private static XElement Number(string name, double value) => new(name, value.ToString("0.0###############", CultureInfo.InvariantCulture));

    private static AwsErrorException BadToken() => new("InvalidNextToken", "The token is not one that was given out.");

    internal static AwsErrorException Invalid(string value, string name, string constraint) =>
        new("ValidationError", $"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: {constraint}");
}
