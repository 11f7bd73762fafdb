using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Monitoring;
using LocalAws.Templates;
using LocalAws.Tests.Wire;
using Xunit;

namespace LocalAws.Tests.Monitoring;

public sealed class AlarmTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:alerts";

    private static readonly MetricId Errors = MetricId.Of("AWS/Lambda", "Errors", ("FunctionName", "sync"));
    private static readonly AlarmSettings Settings = new(
        "failing", "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:failing", "It fails.", Errors, "Sum", TimeSpan.FromMinutes(1), 3, 2, 1, "GreaterThanOrEqualToThreshold", "notBreaching", [Topic], [Topic], []);

    private readonly Cloud cloud = new(CloudOptions.Default);

    public AlarmTests() => cloud.Sns.Add(new TopicSettings("Alerts", "alerts", Topic, null, null));

    /// <summary>The newest first; X breaches, 0 does not, - is missing. As the table of the user guide, "How alarms treat missing data".</summary>
    [Theory]
    [InlineData("0XX", "missing", "ALARM")]
    [InlineData("00X", "missing", "OK")]
    [InlineData("---", "missing", "INSUFFICIENT_DATA")]
    [InlineData("---", "ignore", "ALARM")]
    [InlineData("---", "breaching", "ALARM")]
    [InlineData("---", "notBreaching", "OK")]
    [InlineData("--0", "missing", "OK")]
    [InlineData("--0", "ignore", "OK")]
    [InlineData("--0", "breaching", "ALARM")]
    [InlineData("--X", "missing", "ALARM")]
    [InlineData("--X", "ignore", "ALARM")]
    [InlineData("--X", "notBreaching", "OK")]
    [InlineData("X--", "missing", "OK")]
    public void Missing_data_is_treated_as_asked(string newestFirst, string missing, string expected)
    {
        ImmutableArray<double?> values = [.. newestFirst.Select(letter => letter switch { 'X' => 5d, '0' => 0d, _ => (double?)null })];

        Assert.Equal(expected, Alarm.Judge(Settings with { Missing = missing }, "ALARM", values));
    }

    [Fact]
    public void It_looks_only_when_started_and_says_each_change_once()
    {
        Admit();
        cloud.CloudWatch.Add(Settings);
        Assert.Null(cloud.Time.NextDue);
        cloud.CloudWatch.Start();
        Pass(2);
        Fail();
        Pass(1);
        Fail();
        Pass(1);
        Fail();
        Pass(1);
        Pass(5);
        cloud.CloudWatch.Stop();

        Assert.Equal(["INSUFFICIENT_DATA>OK", "OK>ALARM", "ALARM>OK"], cloud.CloudWatch.Changes.Select(change => $"{change.From}>{change.To}"));
        Assert.Equal(3, cloud.Sns.Published.Count);
        Assert.Null(cloud.Time.NextDue);
    }

    [Fact]
    public void One_whose_actions_are_off_changes_and_tells_nobody()
    {
        Admit();
        cloud.CloudWatch.Add(Settings with { ActionsEnabled = false });
        cloud.CloudWatch.Start();
        Pass(2);

        Assert.Equal("OK", Assert.Single(cloud.CloudWatch.Changes).To);
        Assert.Empty(cloud.Sns.Published);
    }

    [Fact]
    public void Its_message_says_what_is_documented()
    {
        Admit();
        cloud.CloudWatch.Add(Settings);
        cloud.CloudWatch.Start();
        Fail();
        Pass(1);
        Fail();
        Pass(2);

        var published = cloud.Sns.Published.Single(message => message.Message.Contains("\"NewStateValue\":\"ALARM\"", StringComparison.Ordinal));
        Assert.Equal("ALARM: \"failing\" in EU (Frankfurt)", published.Subject);
        var message = JsonNode.Parse(published.Message)!;
        Assert.Equal(("failing", "111122223333", "EU (Frankfurt)", "It fails."), ((string)message["AlarmName"]!, (string)message["AWSAccountId"]!, (string)message["Region"]!, (string)message["AlarmDescription"]!));
        Assert.StartsWith("Threshold Crossed: 2 out of the last 3 datapoints [1.0, 1.0]", (string)message["NewStateReason"]!, StringComparison.Ordinal);
        Assert.Equal(("Errors", "SUM", "FunctionName", "sync"), ((string)message["Trigger"]!["MetricName"]!, (string)message["Trigger"]!["Statistic"]!, (string)message["Trigger"]!["Dimensions"]![0]!["name"]!, (string)message["Trigger"]!["Dimensions"]![0]!["value"]!));
        Assert.Matches(@"^2026-01-01T08:0\d:\d\d\.\d{3}\+0000$", (string)message["StateChangeTime"]!);
    }

    [Fact]
    public void A_topic_that_does_not_admit_it_hears_nothing()
    {
        cloud.CloudWatch.Add(Settings);
        cloud.CloudWatch.Start();
        Pass(3);

        Assert.Equal("OK", Assert.Single(cloud.CloudWatch.Changes).To);
        Assert.Empty(cloud.Sns.Published);
    }

    [Fact]
    public void Silence_can_be_an_alarm_and_queues_are_counted()
    {
        new RawCaller(cloud).Call("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = "dead" });
        cloud.Access.Attach(cloud.Arn("sqs", "dead"), new("p", [new([new("Service", "events.amazonaws.com")], new("s", false, ["sqs:SendMessage"], ["*"], []))]));
        cloud.CloudWatch.Add(Settings with { Name = "silent", Metric = MetricId.Of("AWS/Lambda", "Invocations", ("FunctionName", "sync")), Comparison = "LessThanThreshold", Missing = "breaching", EvaluationPeriods = 1, DatapointsToAlarm = 1 });
        cloud.CloudWatch.Add(Settings with { Name = "letters", Metric = MetricId.Of("AWS/SQS", "ApproximateNumberOfMessagesVisible", ("QueueName", "dead")), Statistic = "Maximum", EvaluationPeriods = 1, DatapointsToAlarm = 1 });
        cloud.CloudWatch.Start();
        Pass(2);
        cloud.Sqs.SendAs("events.amazonaws.com", "arn:any", cloud.Arn("sqs", "dead"), "letter", LocalAws.Sqs.MessageAttributes.None);
        Pass(2);

        Assert.Equal(["silent ALARM", "letters OK", "letters ALARM"], cloud.CloudWatch.Changes.Select(change => $"{change.Name} {change.To}"));
    }

    private void Admit() => cloud.Access.Attach(Topic, new("p", [new(
        [new("Service", "cloudwatch.amazonaws.com")],
        new("s", false, ["sns:Publish"], [Topic], [new("ArnLike", "aws:SourceArn", ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:*"])]))]));

    private void Fail() => cloud.CloudWatch.Put(Errors, cloud.Time.GetUtcNow(), 1, "Count");

    private void Pass(int minutes) => cloud.Time.Advance(TimeSpan.FromMinutes(minutes));
}
