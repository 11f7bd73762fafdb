using System.Xml.Linq;
using Amazon;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using LocalAws.Access;
using LocalAws.Monitoring;
using LocalAws.Tests.Wire;
using Xunit;

namespace LocalAws.Tests.Monitoring;

public sealed class CloudWatchApiTests
{
    private const string Series = "MetricDataQueries.member.1.Id=e&MetricDataQueries.member.1.MetricStat.Metric.Namespace=own&MetricDataQueries.member.1.MetricStat.Metric.MetricName=Errors";
    private const string Hour = "StartTime=2026-01-01T08:00:00Z&EndTime=2026-01-01T09:00:00Z";

    private static readonly MetricId Errors = MetricId.Of("own", "Errors", ("Stack", "prod"));
    private static readonly DateTimeOffset Start = CloudOptions.Default.Start;

    private readonly Cloud cloud = new(CloudOptions.Default);

    [Fact]
    public void Alarms_are_found_by_name_prefix_state_and_action()
    {
        Add("a-1", topic: "one");
        Add("a-2");
        Add("b-1");
        cloud.CloudWatch.Start();
        cloud.CloudWatch.Put(Errors with { Name = "a-2" }, Start, 1, "Count");
        cloud.Time.Advance(TimeSpan.FromMinutes(1.5));

        Assert.Equal(["a-1", "a-2", "b-1"], Names(""));
        Assert.Equal(["a-2", "b-1"], Names("AlarmNames.member.1=b-1&AlarmNames.member.2=a-2&AlarmNames.member.3=none"));
        Assert.Equal(["a-1", "a-2"], Names("AlarmNamePrefix=a-"));
        Assert.Equal(["a-2"], Names("StateValue=ALARM"));
        Assert.Equal(["a-1"], Names($"ActionPrefix={cloud.Arn("sns", "one")}"));
        Assert.Equal(["a-1", "a-2", "b-1"], Names("AlarmTypes.member.1=MetricAlarm"));
        Assert.Empty(Names("AlarmTypes.member.1=CompositeAlarm"));
    }

    [Fact]
    public void An_alarm_says_how_it_stands_since_when_and_why()
    {
        Add("a-2");
        cloud.CloudWatch.Put(Errors with { Name = "a-2" }, Start, 1, "Count");
        cloud.CloudWatch.Start();
        cloud.Time.Advance(TimeSpan.FromMinutes(3));

        var alarm = Assert.Single(Run(client => client.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = ["a-2"] })).MetricAlarms);

        Assert.Equal((StateValue.OK, "What it means.", cloud.Arn("cloudwatch", "alarm:a-2")), (alarm.StateValue, alarm.AlarmDescription, alarm.AlarmArn));
        Assert.Equal(Start.UtcDateTime + TimeSpan.FromSeconds(135), alarm.StateTransitionedTimestamp!.Value.ToUniversalTime());
        Assert.Contains("no datapoints were received", alarm.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Alarms_come_in_pages()
    {
        for (var at = 0; at < 51; at++)
            Add($"a-{at}");

        var (first, few) = (Query("DescribeAlarms", ""), Query("DescribeAlarms", "MaxRecords=20"));

        Assert.Equal((50, 20), (Members(first).Length, Members(few).Length));
        Assert.Equal(["a-50"], Names($"NextToken={Text(first, "NextToken")}"));
        Assert.Equal("a-20", Names($"NextToken={Text(few, "NextToken")}&MaxRecords=20")[0]);
    }

    [Theory]
    [InlineData("DescribeAlarms", "NextToken=none", "InvalidNextToken")]
    [InlineData("DescribeAlarms", "MaxRecords=0", "ValidationError")]
    [InlineData("DescribeAlarms", "MaxRecords=101", "ValidationError")]
    [InlineData("DescribeAlarms", "StateValue=BAD", "ValidationError")]
    [InlineData("DescribeAlarms", "AlarmTypes.member.1=Alarm", "ValidationError")]
    [InlineData("DescribeAlarms", "AlarmNames.member.1=a&AlarmNamePrefix=a", "InvalidParameterCombination")]
    [InlineData("DescribeAlarms", "ParentsOfAlarmName=a", "InvalidParameterValue")]
    [InlineData("GetMetricData", Hour, "MissingParameter")]
    [InlineData("GetMetricData", "EndTime=2026-01-01T09:00:00Z", "MissingParameter")]
    [InlineData("GetMetricData", $"{Series}&StartTime=2026-01-01T09:00:00Z&EndTime=2026-01-01T09:00:00Z", "ValidationError")]
    [InlineData("GetMetricData", $"{Series}&{Hour}&MetricDataQueries.member.1.MetricStat.Stat=Sum", "MissingParameter")]
    [InlineData("GetMetricData", $"{Series}&{Hour}&MetricDataQueries.member.1.MetricStat.Stat=Sum&MetricDataQueries.member.1.MetricStat.Period=90", "ValidationError")]
    [InlineData("GetMetricData", $"{Series}&{Hour}&MetricDataQueries.member.1.MetricStat.Stat=p99&MetricDataQueries.member.1.MetricStat.Period=60", "InvalidParameterValue")]
    [InlineData("GetMetricData", $"{Hour}&MetricDataQueries.member.1.Id=E", "ValidationError")]
    [InlineData("GetMetricData", $"{Hour}&MetricDataQueries.member.1.Id=e&MetricDataQueries.member.1.Expression=1", "InvalidParameterValue")]
    public void What_cannot_be_is_refused(string operation, string parameters, string code) => Assert.Equal(code, Text(Query(operation, parameters), "Code"));

    [Fact]
    public void More_names_than_fit_are_refused() => Assert.Equal(
        "ValidationError",
        Text(Query("DescribeAlarms", string.Join('&', Enumerable.Range(1, 101).Select(static at => $"AlarmNames.member.{at}=a{at}"))), "Code"));

    [Fact]
    public void Numbers_are_summed_up_by_periods_that_follow_the_start_and_the_newest_comes_first()
    {
        foreach (var (seconds, value) in new[] { (-1, 64d), (0, 1d), (59, 2d), (60, 4d), (185, 8d), (239, 16d), (240, 32d) })
            cloud.CloudWatch.Put(Errors, Start.AddSeconds(seconds), value, "Count");

        var sums = Points(Run(client => client.GetMetricDataAsync(Ask(Start.AddSeconds(30), Start.AddMinutes(4), One("sum", "Sum", 60)))), "sum");
        var fives = Points(Run(client => client.GetMetricDataAsync(Ask(Start.AddMinutes(-3), Start.AddMinutes(5), One("count", "SampleCount", 300)))), "count");

        Assert.Equal([(3, 24), (1, 4), (0, 3)], sums);
        Assert.Equal([(2, 3), (-3, 4)], fives);
    }

    [Fact]
    public void Several_series_are_told_apart_and_one_of_which_nothing_is_known_is_empty()
    {
        cloud.CloudWatch.Put(Errors, Start, 5, "Count");

        var answer = Run(client => client.GetMetricDataAsync(Ask(Start, Start.AddMinutes(5), One("errors", "Maximum", 60), One("others", "Sum", 60, "staging"))));

        Assert.Equal(["errors", "others"], answer.MetricDataResults.Select(static result => result.Id));
        Assert.Equal([(0, 5)], Points(answer, "errors"));
        Assert.Empty(Points(answer, "others"));
    }

    [Fact]
    public void Numbers_come_in_pages_too()
    {
        foreach (var minute in Enumerable.Range(0, 5))
            cloud.CloudWatch.Put(Errors, Start.AddMinutes(minute), minute, "Count");
        var ask = $"{Series}&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name=Stack&MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value=prod"
            + $"&MetricDataQueries.member.1.MetricStat.Stat=Sum&MetricDataQueries.member.1.MetricStat.Period=60&{Hour}&ScanBy=TimestampAscending&MaxDatapoints=3";

        var first = Query("GetMetricData", ask);
        var second = Query("GetMetricData", $"{ask}&NextToken={Text(first, "NextToken")}");

        Assert.Equal(["0.0", "1.0", "2.0"], Values(first));
        Assert.Equal(["3.0", "4.0"], Values(second));
        Assert.Equal(("PartialData", "Complete"), (Text(first, "StatusCode"), Text(second, "StatusCode")));
    }

    [Theory]
    [InlineData("cloudwatch:DescribeAlarms", "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:*", true, false)]
    [InlineData("cloudwatch:DescribeAlarms", "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:a-1", false, false)]
    [InlineData("cloudwatch:GetMetricData", "*", false, true)]
    [InlineData("cloudwatch:GetMetricData", "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:*", false, false)]
    public void Looking_needs_its_permission(string action, string resource, bool alarms, bool numbers)
    {
        var caller = new Caller("arn:aws:iam::111122223333:user/limited", "111122223333", "limited", [new("own", [new("Own", false, [action], [resource], [])])], ConditionKeys.None);
        var key = cloud.Access.Issue(caller, temporary: false);

        Assert.Equal(alarms, May(client => client.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = ["a-1"] })));
        Assert.Equal(numbers, May(client => client.GetMetricDataAsync(Ask(Start, Start.AddMinutes(1), One("sum", "Sum", 60)))));

        bool May<T>(Func<AmazonCloudWatchClient, Task<T>> call)
        {
            try
            {
                Run(call, key);
                return true;
            }
            catch (AmazonCloudWatchException denied) when (denied.ErrorCode == "AccessDenied")
            {
                return false;
            }
        }
    }

    [Fact]
    public void More_calls_in_a_second_than_the_quota_allows_are_throttled()
    {
        var codes = cloud.Time.Run(async () =>
        {
            using var client = Client(cloud.Operator);
            return await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CodeAsync(client)));
        });

        Assert.Equal(3, codes.Count(static code => code == "Throttling"));

        static async Task<string> CodeAsync(AmazonCloudWatchClient client)
        {
            try
            {
                await client.DescribeAlarmsAsync(new DescribeAlarmsRequest());
                return "";
            }
            catch (AmazonCloudWatchException refused)
            {
                return refused.ErrorCode;
            }
        }
    }

    private static MetricDataQuery One(string id, string statistic, int period, string stack = "prod") => new()
    {
        Id = id,
        MetricStat = new() { Metric = new() { Namespace = "own", MetricName = "Errors", Dimensions = [new() { Name = "Stack", Value = stack }] }, Period = period, Stat = statistic },
    };

    private static GetMetricDataRequest Ask(DateTimeOffset from, DateTimeOffset to, params MetricDataQuery[] queries) =>
        new() { StartTime = from.UtcDateTime, EndTime = to.UtcDateTime, MetricDataQueries = [.. queries] };

    /// <summary>Minutes from the start, and values.</summary>
    private static (double Minute, double Value)[] Points(GetMetricDataResponse answer, string id)
    {
        var result = answer.MetricDataResults.Single(one => one.Id == id);
        return [.. (result.Timestamps ?? []).Zip(result.Values ?? [], static (at, value) => ((at.ToUniversalTime() - Start.UtcDateTime).TotalMinutes, value))];
    }

    private void Add(string name, string topic = "other") => cloud.CloudWatch.Add(new AlarmSettings(
        name, cloud.Arn("cloudwatch", $"alarm:{name}"), "What it means.", Errors with { Name = name }, "Sum", TimeSpan.FromMinutes(1), 1, 1, 1, "GreaterThanOrEqualToThreshold", "notBreaching", [], [cloud.Arn("sns", topic)], [])
    {
        ActionsEnabled = false,
    });

    private T Run<T>(Func<AmazonCloudWatchClient, Task<T>> call, IssuedKey? key = null) => cloud.Time.Run(async () =>
    {
        using var client = Client(key ?? cloud.Operator);
        return await call(client);
    });

    private AmazonCloudWatchClient Client(IssuedKey key) => new(
        new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey),
        new AmazonCloudWatchConfig { RegionEndpoint = RegionEndpoint.EUCentral1, HttpClientFactory = cloud.Door, MaxErrorRetry = 0 });

    private XElement Query(string operation, string parameters) => new RawCaller(cloud).Query("monitoring", operation, parameters);

    private string[] Names(string parameters) => [.. Members(Query("DescribeAlarms", parameters)).Select(static alarm => Text(alarm, "AlarmName"))];

    private static XElement[] Members(XElement answer) => [.. answer.Descendants().Single(static element => element.Name.LocalName == "MetricAlarms").Elements()];

    private static string[] Values(XElement answer) => [.. answer.Descendants().Single(static element => element.Name.LocalName == "Values").Elements().Select(static value => value.Value)];

    private static string Text(XElement answer, string name) => answer.Descendants().First(element => element.Name.LocalName == name).Value;
}
