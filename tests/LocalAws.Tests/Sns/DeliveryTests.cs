using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws.Tests.Lambda;
using Xunit;

namespace LocalAws.Tests.Sns;

public sealed class DeliveryTests
{
    private readonly SnsWorld world = new();

    [Fact]
    public void A_queue_gets_the_message_in_its_envelope()
    {
        var arn = world.Subscribe("sqs", SnsWorld.Work);
        world.Publish("text", "Subject=Hello", SnsWorld.Attribute(1, "severity", "String", "info"));

        var notification = world.Notification();

        Assert.Equal(
            ["Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL", "UnsubscribeURL", "MessageAttributes"],
            notification.AsObject().Select(field => field.Key));
        Assert.Equal(("Notification", SnsWorld.Topic, "Hello", "text"), (Field(notification, "Type"), Field(notification, "TopicArn"), Field(notification, "Subject"), Field(notification, "Message")));
        Assert.Equal("{\"severity\":{\"Type\":\"String\",\"Value\":\"info\"}}", notification["MessageAttributes"]!.ToJsonString());
        Assert.EndsWith("?Action=Unsubscribe&SubscriptionArn=" + arn, Field(notification, "UnsubscribeURL"), StringComparison.Ordinal);
        Assert.Matches(@"^2026-01-01T08:00:00\.\d{3}Z$", Field(notification, "Timestamp"));
    }

    [Fact]
    public void Without_subject_and_attributes_the_envelope_has_neither()
    {
        world.Subscribe("sqs", SnsWorld.Work);
        world.Publish("text");

        Assert.Null(world.Notification()["Subject"]);
        Assert.Null(world.Notification()["MessageAttributes"]);
    }

    [Fact]
    public void Raw_delivery_brings_the_bare_text_with_its_attributes()
    {
        world.Subscribe("sqs", SnsWorld.Work, ("RawMessageDelivery", "true"));
        world.Publish("text", SnsWorld.Attribute(1, "severity", "String", "info"));

        var message = Assert.Single(world.Cloud.Sqs.Messages(SnsWorld.Work));
        Assert.Equal(("text", "info"), (message.Body, message.Attributes["severity"].Text));
    }

    [Fact]
    public void Each_protocol_gets_its_own_text()
    {
        world.Subscribe("sqs", SnsWorld.Work, ("RawMessageDelivery", "true"));
        world.Publish("""{"default":"short","sqs":"{\"for\":\"machines\"}","email":"long"}""", "MessageStructure=json");

        Assert.Equal("{\"for\":\"machines\"}", Assert.Single(world.In(SnsWorld.Work)));
        Assert.Equal("short", world.Cloud.Sns.Published[0].Message);
    }

    [Theory]
    [InlineData("""{"severity":["warning"]}""", 1)]
    [InlineData("""{"severity":["info"]}""", 0)]
    public void A_filter_policy_decides_what_comes(string policy, int comes)
    {
        world.Subscribe("sqs", SnsWorld.Work, ("FilterPolicy", policy));
        world.Publish("text", SnsWorld.Attribute(1, "severity", "String", "warning"));

        Assert.Equal(comes, world.In(SnsWorld.Work).Count);
    }

    [Fact]
    public void A_filter_policy_may_look_at_the_body()
    {
        world.Subscribe("sqs", SnsWorld.Work, ("FilterPolicyScope", "MessageBody"), ("FilterPolicy", """{"link":{"name":["orders"]}}"""));
        world.Publish("""{"link":{"name":"orders"}}""");
        world.Publish("""{"link":{"name":"ledger"}}""");
        world.Publish("no JSON");

        Assert.Equal("""{"link":{"name":"orders"}}""", Field(world.Notification(), "Message"));
    }

    [Fact]
    public void What_the_queue_does_not_admit_goes_to_the_dead_letters()
    {
        const string Closed = "arn:aws:sqs:eu-central-1:111122223333:closed";
        world.AddQueue("closed");
        world.Subscribe("sqs", Closed, ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{SnsWorld.Work}}"}"""));

        world.Publish("text");

        Assert.Empty(world.In(Closed));
        Assert.Equal("text", Field(world.Notification(), "Message"));
    }

    [Fact]
    public void A_queue_under_the_managed_key_gets_nothing_from_a_topic()
    {
        var queue = world.Cloud.Sqs.Find(SnsWorld.Work)!;
        queue.Attributes = queue.Attributes.With([KeyValuePair.Create("KmsMasterKeyId", "alias/aws/sqs")]);
        world.Subscribe("sqs", SnsWorld.Work);

        world.Publish("text");

        Assert.Empty(world.In(SnsWorld.Work));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 0)]
    public void Raw_delivery_to_a_queue_takes_ten_attributes(int attributes, int comes)
    {
        world.Subscribe("sqs", SnsWorld.Work, ("RawMessageDelivery", "true"));
        world.Publish("text", [.. Enumerable.Range(1, attributes).Select(at => SnsWorld.Attribute(at, $"a{at}", "String", "x"))]);

        Assert.Equal(comes, world.In(SnsWorld.Work).Count);
    }

    [Fact]
    public void A_function_gets_an_event_when_its_policy_lets_SNS()
    {
        var lambda = new LambdaWorld();
        var sns = new SnsWorld(lambda.Cloud);
        var events = new List<string>();
        var function = lambda.Add("hear", (payload, _) =>
        {
            events.Add(payload);
            return Task.FromResult("null");
        });
        var arn = sns.Subscribe("lambda", function.Arn);
        sns.Publish("unheard");
        sns.Let(function.Arn, "lambda:InvokeFunction");
        sns.Publish("heard");

        var record = JsonNode.Parse(Assert.Single(events))!["Records"]![0]!;
        Assert.Equal(("aws:sns", "1.0", arn), (Field(record, "EventSource"), Field(record, "EventVersion"), Field(record, "EventSubscriptionArn")));
        Assert.Equal("heard", Field(record["Sns"]!, "Message"));
        Assert.True(record["Sns"]!.AsObject().ContainsKey("Subject"));
        Assert.NotNull(record["Sns"]!["SigningCertUrl"]);
    }

    [Fact]
    public void A_web_server_on_the_loopback_confirms_and_is_tried_again()
    {
        var seen = new List<(string Type, string Body)>();
        var statuses = new Queue<int>([200, 500, 500, 200]);
        world.Cloud.Sns.Http = (_, headers, body, _) =>
        {
            seen.Add((headers["x-amz-sns-message-type"], body));
            return Task.FromResult(statuses.Dequeue());
        };
        world.Subscribe("http", "http://127.0.0.1:8080/hook");
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(1));
        world.Query("ConfirmSubscription", $"TopicArn={SnsWorld.Topic}&Token={JsonNode.Parse(seen[0].Body)!["Token"]}");

        world.Publish("text");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["SubscriptionConfirmation", "Notification", "Notification", "Notification"], seen.Select(request => request.Type));
        Assert.Equal("text", Field(JsonNode.Parse(seen[3].Body)!, "Message"));
    }

    [Fact]
    public void A_web_server_that_never_takes_it_leaves_it_to_the_dead_letters()
    {
        var tries = 0;
        world.Cloud.Sns.Http = (_, _, _, _) => ++tries > 0 ? throw new HttpRequestException("refused") : Task.FromResult(0);
        var made = world.Cloud.Sns.Subscribe(new(SnsWorld.Topic, "http", "http://localhost/")
        {
            Attributes = LocalAws.Sns.SubscriptionAttributes.None.With("http", [KeyValuePair.Create("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{SnsWorld.Work}}"}""")]),
        });
        world.Cloud.Sns.Confirm(SnsWorld.Topic, made.Token!);
        tries = 0;

        world.Publish("text");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("text", Field(world.Notification(), "Message"));
        Assert.InRange(tries, 4, 5);
    }

    [Fact]
    public void Mail_is_dropped_as_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("mail-").FullName;
        var other = new SnsWorld(new(CloudOptions.Default with { MailFolder = folder }));
        other.Subscribe("email", "me@example.org");
        other.Cloud.Sns.Confirm(SnsWorld.Topic, other.Cloud.Sns.Subscriptions.Single().Token!);

        other.Publish("line one\nline two", "Subject=Hello");
        var letters = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToImmutableArray();
        Directory.Delete(folder, recursive: true);

        Assert.Contains(letters, letter => letter.Contains("\r\nTo: me@example.org\r\nSubject: Hello\r\n", StringComparison.Ordinal) && letter.Contains("line one\r\nline two", StringComparison.Ordinal));
    }

    [Fact]
    public void A_batch_publishes_each_message_that_it_may()
    {
        world.Subscribe("sqs", SnsWorld.Work, ("RawMessageDelivery", "true"));
        var answer = world.Query("PublishBatch", $"TopicArn={SnsWorld.Topic}&PublishBatchRequestEntries.member.1.Id=a&PublishBatchRequestEntries.member.1.Message=one&PublishBatchRequestEntries.member.2.Id=b&PublishBatchRequestEntries.member.2.Message=");
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["a", "b"], answer.Descendants().Where(element => element.Name.LocalName == "Id").Select(element => element.Value));
        Assert.Equal("InvalidParameter", SnsWorld.Text(answer, "Code"));
        Assert.Equal("one", Assert.Single(world.In(SnsWorld.Work)));
        Assert.Equal("BatchEntryIdsNotDistinct", world.Error("PublishBatch", $"TopicArn={SnsWorld.Topic}&PublishBatchRequestEntries.member.1.Id=a&PublishBatchRequestEntries.member.1.Message=x&PublishBatchRequestEntries.member.2.Id=a&PublishBatchRequestEntries.member.2.Message=x"));
    }

    private static string Field(JsonNode node, string name) => node[name]!.GetValue<string>();
}
