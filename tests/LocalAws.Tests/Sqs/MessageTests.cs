using System.Text.Json.Nodes;
using Xunit;

namespace LocalAws.Tests.Sqs;

public sealed class MessageTests
{
    private readonly SqsWorld world = new();

    public MessageTests() => world.Create("work");

    [Fact]
    public void A_message_that_is_sent_is_received_with_its_digest()
    {
        var sent = world.Put("work", "This is a test message");
        var received = world.ReceiveOne("work");

        Assert.Equal("fafb00f5732ab283681e124bf8747ed1", sent["MD5OfMessageBody"]!.GetValue<string>());
        Assert.Equal("fafb00f5732ab283681e124bf8747ed1", received["MD5OfBody"]!.GetValue<string>());
        Assert.Equal(sent["MessageId"]!.GetValue<string>(), received["MessageId"]!.GetValue<string>());
        Assert.Equal("This is a test message", received["Body"]!.GetValue<string>());
        Assert.Null(received["Attributes"]);
    }

    [Fact]
    public void A_message_is_invisible_until_its_time_is_over_and_then_counts_on()
    {
        world.Put("work", "text");
        world.ReceiveOne("work");
        world.Pass(29);
        Assert.Empty(world.Receive("work"));
        world.Pass(1);

        var again = world.ReceiveOne("work", ("AttributeNames", new JsonArray("All")));

        Assert.Equal("2", again["Attributes"]!["ApproximateReceiveCount"]!.GetValue<string>());
    }

    [Fact]
    public void What_is_deleted_does_not_come_back()
    {
        world.Put("work", "text");
        world.Call("DeleteMessage", SqsWorld.On("work", ("ReceiptHandle", world.ReceiveOne("work")["ReceiptHandle"]!.GetValue<string>())));
        world.Pass(60);

        Assert.Empty(world.Receive("work"));
    }

    [Fact]
    public void An_older_receipt_deletes_nothing()
    {
        world.Put("work", "text");
        var first = world.ReceiveOne("work", ("VisibilityTimeout", 0))["ReceiptHandle"]!.GetValue<string>();
        world.ReceiveOne("work", ("VisibilityTimeout", 0));

        world.Call("DeleteMessage", SqsWorld.On("work", ("ReceiptHandle", first)));

        Assert.Single(world.Receive("work"));
    }

    [Fact]
    public void A_long_poll_ends_when_a_message_comes()
    {
        var start = world.Cloud.Time.GetUtcNow();
        var answer = world.Cloud.Time.Run(async () =>
        {
            var polling = world.SendAsync("ReceiveMessage", SqsWorld.On("work", ("WaitTimeSeconds", 20)));
            await world.Cloud.Time.Delay(TimeSpan.FromSeconds(3), CancellationToken.None).ConfigureAwait(false);
            await world.SendAsync("SendMessage", SqsWorld.On("work", ("MessageBody", "text"))).ConfigureAwait(false);
            return await polling.ConfigureAwait(false);
        });

        Assert.Single(answer.Body["Messages"]!.AsArray());
        Assert.InRange((world.Cloud.Time.GetUtcNow() - start).TotalSeconds, 3, 3.2);
    }

    [Fact]
    public void A_long_poll_sees_a_message_become_visible_again()
    {
        world.Put("work", "text");
        world.ReceiveOne("work", ("VisibilityTimeout", 5));

        Assert.Single(world.Receive("work", ("WaitTimeSeconds", 20)));
        Assert.Empty(world.Receive("work", ("WaitTimeSeconds", 2)));
    }

    [Fact]
    public void A_delayed_message_comes_late()
    {
        world.Call("SendMessage", SqsWorld.On("work", ("MessageBody", "text"), ("DelaySeconds", 10)));

        Assert.Equal("1", world.Attribute("work", "ApproximateNumberOfMessagesDelayed"));
        Assert.Empty(world.Receive("work", ("WaitTimeSeconds", 9)));
        Assert.Single(world.Receive("work", ("WaitTimeSeconds", 2)));
    }

    [Fact]
    public void What_is_received_too_often_goes_to_the_dead_letters()
    {
        world.Create("dead");
        world.Create("often", ("VisibilityTimeout", "0"), ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{SqsWorld.Arn("dead")}}","maxReceiveCount":"2"}"""));
        var id = world.Put("often", "poison")["MessageId"]!.GetValue<string>();

        Assert.Equal([1, 1, 0], Enumerable.Range(0, 3).Select(_ => world.Receive("often").Count));
        var dead = world.ReceiveOne("dead", ("MessageSystemAttributeNames", new JsonArray("DeadLetterQueueSourceArn")));
        Assert.Equal(id, dead["MessageId"]!.GetValue<string>());
        Assert.Equal(SqsWorld.Arn("often"), dead["Attributes"]!["DeadLetterQueueSourceArn"]!.GetValue<string>());
    }

    [Fact]
    public void What_nobody_fetches_is_thrown_away_in_the_end()
    {
        world.Create("short", ("MessageRetentionPeriod", "60"));
        world.Put("short", "text");
        world.Pass(59);
        Assert.Equal("1", world.Attribute("short", "ApproximateNumberOfMessages"));
        world.Pass(1);

        Assert.Equal("0", world.Attribute("short", "ApproximateNumberOfMessages"));
    }

    [Fact]
    public void The_time_in_flight_can_be_changed_while_it_lasts()
    {
        world.Put("work", "text");
        var receipt = world.ReceiveOne("work")["ReceiptHandle"]!.GetValue<string>();
        world.Call("ChangeMessageVisibility", SqsWorld.On("work", ("ReceiptHandle", receipt), ("VisibilityTimeout", 100)));
        world.Pass(99);
        Assert.Empty(world.Receive("work"));
        Assert.Equal("1", world.Attribute("work", "ApproximateNumberOfMessagesNotVisible"));
        world.Pass(2);

        Assert.Equal("MessageNotInflight", world.Send("ChangeMessageVisibility", SqsWorld.On("work", ("ReceiptHandle", receipt), ("VisibilityTimeout", 5))).Error);
    }

    [Fact]
    public void Attributes_of_a_message_come_when_they_are_asked_for()
    {
        world.Call("SendMessage", SqsWorld.On("work", ("MessageBody", "text"), ("MessageAttributes", new JsonObject
        {
            ["timestamp"] = new JsonObject { ["DataType"] = "Number", ["StringValue"] = "1493147359900" },
            ["other"] = new JsonObject { ["DataType"] = "Binary.png", ["BinaryValue"] = "AQI=" },
        })));

        var received = world.ReceiveOne("work", ("MessageAttributeNames", new JsonArray("time.*")));

        Assert.Equal("235c5c510d26fb653d073faed50ae77c", received["MD5OfMessageAttributes"]!.GetValue<string>());
        Assert.Equal("1493147359900", Assert.Single(received["MessageAttributes"]!.AsObject()).Value!["StringValue"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("MessageBody", "", "MissingRequiredParameterException")]
    [InlineData("MessageBody", "a\u0001b", "InvalidMessageContents")]
    [InlineData("MessageGroupId", "g", "UnsupportedOperation")]
    public void A_message_outside_the_rules_is_refused(string field, string value, string error)
    {
        var body = SqsWorld.On("work", ("MessageBody", "text"));
        body[field] = value;

        Assert.Equal(error, world.Send("SendMessage", body).Error);
    }

    [Fact]
    public void A_message_may_have_a_mebibyte_and_no_more()
    {
        world.Put("work", new string('x', 1_048_576));

        Assert.Equal("InvalidParameterValueException", world.Send("SendMessage", SqsWorld.On("work", ("MessageBody", new string('x', 1_048_577)))).Error);
    }

    [Fact]
    public void A_handle_that_was_never_given_out_is_invalid() =>
        Assert.Equal("ReceiptHandleIsInvalid", world.Send("DeleteMessage", SqsWorld.On("work", ("ReceiptHandle", "made up"))).Error);

    [Fact]
    public void A_batch_says_of_each_entry_what_became_of_it()
    {
        var answer = world.Call("SendMessageBatch", SqsWorld.On("work", ("Entries", new JsonArray(
            new JsonObject { ["Id"] = "good", ["MessageBody"] = "text" },
            new JsonObject { ["Id"] = "bad", ["MessageBody"] = "\u0001" }))));

        Assert.Equal("good", Assert.Single(answer["Successful"]!.AsArray())!["Id"]!.GetValue<string>());
        Assert.Equal(("bad", "InvalidMessageContents"), (answer["Failed"]![0]!["Id"]!.GetValue<string>(), answer["Failed"]![0]!["Code"]!.GetValue<string>()));
        Assert.Equal("EmptyBatchRequest", world.Send("SendMessageBatch", SqsWorld.On("work", ("Entries", new JsonArray()))).Error);
        Assert.Equal("BatchEntryIdsNotDistinct", world.Send("DeleteMessageBatch", SqsWorld.On("work", ("Entries", new JsonArray(
            new JsonObject { ["Id"] = "a", ["ReceiptHandle"] = "x" },
            new JsonObject { ["Id"] = "a", ["ReceiptHandle"] = "y" })))).Error);
    }
}
