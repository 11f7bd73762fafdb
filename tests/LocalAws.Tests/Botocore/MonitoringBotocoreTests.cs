using System.Text.Json.Nodes;
using LocalAws.Monitoring;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>Botocore agrees with every answer of CloudWatch.</summary>
public sealed class MonitoringBotocoreTests
{
    private const string Period = "StartTime=2026-01-01T07:00:00Z&EndTime=2026-01-01T09:00:00Z";
    private const string Errors = "MetricDataQueries.member.1.Id=e&MetricDataQueries.member.1.MetricStat.Metric.Namespace=AWS/Lambda&MetricDataQueries.member.1.MetricStat.Metric.MetricName=Errors"
        + "&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name=FunctionName&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value=sync"
        + "&MetricDataQueries.member.1.MetricStat.Period=60&MetricDataQueries.member.1.MetricStat.Stat=Sum";

    private const string ErrorsInJson =
        """
        {
          "MetricDataQueries": [{
            "Id": "e",
            "MetricStat": { "Metric": { "Namespace": "AWS/Lambda", "MetricName": "Errors", "Dimensions": [{ "Name": "FunctionName", "Value": "sync" }] }, "Period": 60, "Stat": "Sum" },
            "ReturnData": true
          }],
          "StartTime": 1767250800,
          "EndTime": 1767258000.5
        }
        """;

    private readonly Cloud cloud = new(CloudOptions.Default);
    private readonly RecordedAnswers answers;

    public MonitoringBotocoreTests() => answers = new(cloud);

    [SkippableFact]
    public void Botocore_understands_every_answer()
    {
        Python.Need();
        var metric = MetricId.Of("AWS/Lambda", "Errors", ("FunctionName", "sync"));
        cloud.CloudWatch.Add(new("failing", cloud.Arn("cloudwatch", "alarm:failing"), "It fails.", metric, "Sum", TimeSpan.FromMinutes(1), 3, 2, 0.5, "GreaterThanOrEqualToThreshold", "notBreaching", [cloud.Arn("sns", "alerts")], [], []));
        cloud.CloudWatch.Put(metric, cloud.Time.GetUtcNow(), 1, "Count");
        cloud.CloudWatch.Put(metric, cloud.Time.GetUtcNow() + TimeSpan.FromMinutes(1), 2.5, "Count");

        Assert.Equal("failing", Call("DescribeAlarms", "AlarmNames.member.1=failing", "AlarmName"));
        Call("DescribeAlarms", "StateValue=ALARM");
        Call("DescribeAlarms", "NextToken=none");
        Assert.Equal("Complete", Call("GetMetricData", $"{Errors}&{Period}", "StatusCode"));
        Assert.Equal("PartialData", Call("GetMetricData", $"{Errors}&{Period}&MaxDatapoints=1", "StatusCode"));
        Call("GetMetricData", Period);
        var (names, numbers) = (new JsonObject { ["AlarmNames"] = new JsonArray("failing"), ["MaxRecords"] = 1 }, JsonNode.Parse(ErrorsInJson)!.AsObject());
        Assert.Equal(0.5, (double)CallJson("DescribeAlarms", names)["MetricAlarms"]![0]!["Threshold"]!);
        var series = CallJson("GetMetricData", numbers)["MetricDataResults"]![0]!;
        Assert.Equal([2.5, 1], series["Values"]!.AsArray().Select(static value => (double)value!));
        Assert.Equal([1767254460, 1767254400], series["Timestamps"]!.AsArray().Select(static value => (double)value!));
        Assert.Equal("InvalidNextToken", (string?)CallJson("DescribeAlarms", new() { ["NextToken"] = "none" })["__type"]);
        Assert.Equal("InvalidAction", (string?)CallJson("PutMetricAlarm", [])["__type"]);
        answers.AreUnderstood(new CloudWatchApi(cloud.CloudWatch));
    }

    private JsonNode CallJson(string operation, JsonObject body) => answers.CallJson("monitoring", "GraniteServiceVersion20100801", operation, body);

    private string Call(string operation, string parameters, string? pick = null) => answers.Call("monitoring", operation, parameters, pick);
}
