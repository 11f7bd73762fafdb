using System.Text.Json.Nodes;
using LocalAws.Events;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>Botocore agrees with every answer of EventBridge.</summary>
public sealed class EventsBotocoreTests
{
    private readonly Cloud cloud = new(CloudOptions.Default);
    private readonly RecordedAnswers answers;

    public EventsBotocoreTests() => answers = new(cloud);

    [SkippableFact]
    public void Botocore_understands_every_answer()
    {
        Python.Need();
        Call("PutRule", new() { ["Name"] = "mine", ["EventPattern"] = """{"source":["own"]}""" });
        Call("PutRule", new() { ["Name"] = "mine", ["EventPattern"] = "{}" });
        Call("PutTargets", new() { ["Rule"] = "mine", ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "1", ["Arn"] = "arn:aws:sqs:eu-central-1:111122223333:dead", ["DeadLetterConfig"] = new JsonObject { ["Arn"] = "arn:aws:sqs:eu-central-1:111122223333:dead" } }) });
        Call("DescribeRule", new() { ["Name"] = "mine" });
        Call("DescribeRule", new() { ["Name"] = "nobody" });
        Call("ListRules", new() { ["NamePrefix"] = "m", ["Limit"] = 1 });
        Call("ListTargetsByRule", new() { ["Rule"] = "mine" });
        var put = Call("PutEvents", new()
        {
            ["Entries"] = new JsonArray(
                new JsonObject { ["Source"] = "own", ["DetailType"] = "t", ["Detail"] = "{}" },
                new JsonObject { ["Source"] = "aws.rds", ["DetailType"] = "t", ["Detail"] = "{}" },
                new JsonObject { ["Source"] = "own", ["DetailType"] = "t", ["Detail"] = "[" }),
        });

        Assert.Equal(2, (int)put["FailedEntryCount"]!);
        Assert.Equal(["", "InvalidArgument", "MalformedDetail"], put["Entries"]!.AsArray().Select(entry => (string?)entry!["ErrorCode"] ?? ""));
        Assert.Equal("own", (string?)Assert.Single(cloud.Events.Events)["source"]);
        answers.AreUnderstood(new EventsApi(cloud.Events));
    }

    private JsonNode Call(string operation, JsonObject body) => answers.CallJson("events", "AWSEvents", operation, body);
}
