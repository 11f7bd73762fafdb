using System.Text.Json.Nodes;
using LocalAws.Templates;
using LocalAws.Tests.Doors;
using LocalAws.Tests.Sqs;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>The AWS CLI itself, through the second door.</summary>
public sealed class CommandLineTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:news";

    [SkippableFact]
    public void What_is_published_or_put_by_the_AWS_CLI_is_received_by_it()
    {
        Python.Need();
        Skip.If(Python.Run("-c", "import awscli").ExitCode != 0, "python3 has no awscli here");
        using var open = new OpenDoor();
        open.OnPump(() =>
        {
            open.Cloud.Sns.Add(new TopicSettings("News", "news", Topic, null, null));
            open.Cloud.Sqs.Add(new("Heard", "heard", SqsWorld.Arn("heard"), SqsWorld.Url("heard"), LocalAws.Sqs.QueueAttributes.Default));
            open.Cloud.Access.Attach(SqsWorld.Arn("heard"), new("heard", [new([new("Service", "sns.amazonaws.com")], new("Sns", false, ["sqs:SendMessage"], [SqsWorld.Arn("heard")], []))]));
            return true;
        });

        Assert.StartsWith(Topic, (string?)Aws("sns", "subscribe", "--topic-arn", Topic, "--protocol", "sqs", "--notification-endpoint", SqsWorld.Arn("heard"))["SubscriptionArn"], StringComparison.Ordinal);
        Aws("sns", "publish", "--topic-arn", Topic, "--message", "one word");
        var message = Assert.Single(Aws("sqs", "receive-message", "--queue-url", SqsWorld.Url("heard"), "--wait-time-seconds", "20")["Messages"]!.AsArray());
        Assert.Equal("one word", (string?)JsonNode.Parse((string)message!["Body"]!)!["Message"]);
        var put = Aws("events", "put-events", "--entries", """[{"Source":"mine","DetailType":"a type","Detail":"{\"a\":1}"}]""");
        Assert.Equal((string?)put["Entries"]![0]!["EventId"], open.OnPump(() => (string?)open.Cloud.Events.Events[^1]["id"]));
        Assert.Empty(Aws("ec2", "describe-vpc-endpoint-connections")["VpcEndpointConnections"]!.AsArray());
        Assert.Empty(open.Failures);

        JsonNode Aws(params string[] arguments)
        {
            var (exitCode, output) = Python.RunAs(open.Cloud.Operator, ["-m", "awscli", "--endpoint-url", open.Endpoint.AbsoluteUri, "--region", "eu-central-1", "--output", "json", .. arguments]);
            Assert.True(exitCode == 0, output);
            return JsonNode.Parse(output)!;
        }
    }
}
