using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Wire;

namespace LocalAws.Monitoring;

/// <summary>
/// Amazon CloudWatch on the wire, API version 2010-08-01: what is looked at. Of its protocols (Amazon CloudWatch User Guide, "FAQs on CloudWatch
/// supported protocols") query and JSON are spoken, and CBOR is not.
/// </summary>
public sealed class CloudWatchApi(CloudWatchState state) : ServiceApi
{
    private const int UsualRecords = 50;
    private const int MostRecords = 100;
    private const string OfMetrics = "MetricAlarm";

    private readonly QueryCompatibleJsonProtocol json = new("GraniteServiceVersion20100801", "1.0", "StartTime", "EndTime");

    /// <inheritdoc/>
    public override string SigningName => "monitoring";

    /// <inheritdoc/>
    public override string IamPrefix => "cloudwatch";

    /// <inheritdoc/>
    public override WireProtocol Protocol { get; } = new QueryProtocol("http://monitoring.amazonaws.com/doc/2010-08-01/");

    /// <inheritdoc/>
    public override WireProtocol ProtocolOf(WireRequest request) => json.IsSpokenIn(request) ? json : Protocol;

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
        return Answer.Of(TypedJson.Object(("MetricAlarms", TypedJson.List(page.Items, Write)), ("CompositeAlarms", new JsonArray()), ("NextToken", page.Next)));
    }

    private Answer GetMetricData(ApiCall call)
    {
        call.Demand("*");
        var asked = MetricDataRequest.Read(call.Form);
        var all = asked.Queries.SelectMany(query => asked.Points(query, state).Select(point => (Query: query, Point: point))).ToImmutableArray();
        var page = Page.Of(all, asked.MostPoints, call.Form.Text("NextToken"), BadToken);
        var last = page.Next is null ? null : page.Items[^1].Query;
        return Answer.Of(TypedJson.Object(
            ("MetricDataResults", TypedJson.List(asked.Queries, query =>
            {
                var points = page.Items.Where(item => item.Query == query).Select(static item => item.Point).ToImmutableArray();
                return TypedJson.Object(
                    ("Id", query.Id),
                    ("Label", query.Label),
                    ("Timestamps", TypedJson.List(points, static point => point.At)),
                    ("Values", TypedJson.List(points, static point => point.Value)),
                    ("StatusCode", query == last ? "PartialData" : "Complete"));
            })),
            ("NextToken", page.Next),
            ("Messages", new JsonArray())));
    }

    private static JsonObject Write(Alarm alarm)
    {
        var settings = alarm.Settings;
        return TypedJson.Object(
            ("AlarmName", settings.Name),
            ("AlarmArn", settings.Arn),
            ("AlarmDescription", settings.Description),
            ("AlarmConfigurationUpdatedTimestamp", alarm.ConfiguredAt),
            ("ActionsEnabled", settings.ActionsEnabled),
            ("OKActions", Texts(settings.OkActions)),
            ("AlarmActions", Texts(settings.AlarmActions)),
            ("InsufficientDataActions", Texts(settings.InsufficientDataActions)),
            ("StateValue", alarm.State),
            ("StateReason", alarm.Reason),
            ("StateUpdatedTimestamp", alarm.ChangedAt),
            ("StateTransitionedTimestamp", alarm.ChangedAt),
            ("MetricName", settings.Metric.Name),
            ("Namespace", settings.Metric.Namespace),
            ("Statistic", settings.Statistic),
            ("Dimensions", TypedJson.List(settings.Metric.Dimensions, static dimension => TypedJson.Object(("Name", dimension.Key), ("Value", dimension.Value)))),
            ("Period", (int)settings.Period.TotalSeconds),
            ("EvaluationPeriods", settings.EvaluationPeriods),
            ("DatapointsToAlarm", settings.DatapointsToAlarm),
            ("Threshold", settings.Threshold),
            ("ComparisonOperator", settings.Comparison),
            ("TreatMissingData", settings.Missing));
    }

    private static JsonArray Texts(ImmutableArray<string> texts) => TypedJson.List(texts, static text => text);

    private static IEnumerable<string> Actions(AlarmSettings settings) => [.. settings.OkActions, .. settings.AlarmActions, .. settings.InsufficientDataActions];

    private static AwsErrorException BadToken() => new("InvalidNextToken", "The token is not one that was given out.");

    internal static AwsErrorException Invalid(string value, string name, string constraint) =>
        new("ValidationError", $"1 validation error detected: Value '{value}' at '{name}' failed to satisfy constraint: {constraint}");
}
