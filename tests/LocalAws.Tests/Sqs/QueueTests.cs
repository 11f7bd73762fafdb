using System.Text.Json.Nodes;
using Xunit;

namespace LocalAws.Tests.Sqs;

public sealed class QueueTests
{
    private const string Key = "arn:aws:kms:eu-central-1:111122223333:key/1";

    private readonly SqsWorld world = new();

    [Fact]
    public void A_queue_is_made_once_and_found_by_its_name()
    {
        Assert.Equal(SqsWorld.Url("work"), world.Create("work", ("DelaySeconds", "5")));
        Assert.Equal(SqsWorld.Url("work"), world.Create("work", ("DelaySeconds", "5")));
        Assert.Equal(SqsWorld.Url("work"), world.Call("GetQueueUrl", new() { ["QueueName"] = "work" })["QueueUrl"]!.GetValue<string>());
        Assert.Equal("5", world.Attribute("work", "DelaySeconds"));

        Assert.Equal("QueueNameExists", world.Send("CreateQueue", new() { ["QueueName"] = "work", ["Attributes"] = SqsWorld.Map(("DelaySeconds", "6")) }).Error);
    }

    [Fact]
    public void A_queue_that_is_not_there_is_named_in_both_protocols()
    {
        var answer = world.Send("SendMessage", SqsWorld.On("nowhere", ("MessageBody", "text")));

        Assert.Equal((400, "QueueDoesNotExist"), (answer.Status, answer.Error));
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue;Sender", answer.Response.Headers["x-amzn-query-error"]);
    }

    [Fact]
    public void Queues_are_listed_in_pages()
    {
        foreach (var name in new[] { "c", "a", "b", "other" })
            world.Create(name);

        var first = world.Call("ListQueues", new() { ["MaxResults"] = 3 });
        var rest = world.Call("ListQueues", new() { ["MaxResults"] = 3, ["NextToken"] = first["NextToken"]!.DeepClone() });

        Assert.Equal([SqsWorld.Url("a"), SqsWorld.Url("b"), SqsWorld.Url("c")], first["QueueUrls"]!.AsArray().Select(url => url!.GetValue<string>()));
        Assert.Equal(SqsWorld.Url("other"), Assert.Single(rest["QueueUrls"]!.AsArray())!.GetValue<string>());
        Assert.Null(rest["NextToken"]);
        Assert.Single(world.Call("ListQueues", new() { ["QueueNamePrefix"] = "ot" })["QueueUrls"]!.AsArray());
    }

    [Theory]
    [InlineData("VisibilityTimeout", "43201", "InvalidAttributeValue")]
    [InlineData("MessageRetentionPeriod", "59", "InvalidAttributeValue")]
    [InlineData("Policy", "{", "InvalidAttributeValue")]
    [InlineData("RedrivePolicy", "{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-central-1:111122223333:no\",\"maxReceiveCount\":1}", "InvalidParameterValueException")]
    [InlineData("RedrivePolicy", "{\"maxReceiveCount\":1}", "InvalidAttributeValue")]
    [InlineData("FifoQueue", "true", "UnsupportedOperation")]
    [InlineData("Colour", "red", "InvalidAttributeName")]
    public void An_attribute_outside_the_rules_is_refused(string name, string value, string error)
    {
        world.Create("work");

        Assert.Equal(error, world.Send("SetQueueAttributes", SqsWorld.On("work", ("Attributes", SqsWorld.Map((name, value))))).Error);
    }

    [Fact]
    public void A_purge_empties_the_queue_once_a_minute()
    {
        world.Create("work");
        world.Put("work", "text");
        world.Call("PurgeQueue", SqsWorld.On("work"));

        Assert.Empty(world.Receive("work"));
        Assert.Equal("PurgeQueueInProgress", world.Send("PurgeQueue", SqsWorld.On("work")).Error);
        world.Pass(60);
        world.Call("PurgeQueue", SqsWorld.On("work"));
    }

    [Fact]
    public void A_name_is_free_again_a_minute_after_its_queue_was_deleted()
    {
        world.Create("work");
        world.Call("DeleteQueue", SqsWorld.On("work"));

        Assert.Equal("QueueDeletedRecently", world.Send("CreateQueue", new() { ["QueueName"] = "work" }).Error);
        world.Pass(60);
        world.Create("work");
    }

    [Fact]
    public void A_role_needs_a_permission_of_its_own_or_of_the_queue()
    {
        world.Create("work");
        var send = SqsWorld.On("work", ("MessageBody", "text"));
        Assert.Equal("AccessDeniedException", world.Send("SendMessage", send, world.Role()).Error);
        Assert.Equal(200, world.Send("SendMessage", send, world.Role(SqsWorld.Allow("sqs:SendMessage", SqsWorld.Arn("work")))).Status);
        Assert.Equal("AccessDeniedException", world.Send("ReceiveMessage", SqsWorld.On("work"), world.Role(SqsWorld.Allow("sqs:SendMessage", SqsWorld.Arn("work")))).Error);

        world.Call("SetQueueAttributes", SqsWorld.On("work", ("Attributes", SqsWorld.Map(("Policy", Policy("arn:aws:iam::111122223333:role/step"))))));

        Assert.Equal(200, world.Send("SendMessage", send, world.Role()).Status);
    }

    [Fact]
    public void An_encrypted_queue_needs_its_key()
    {
        world.Cloud.Access.Attach(Key, new("key", [new([new("AWS", "111122223333")], SqsWorld.Allow("kms:*", "*"))]));
        world.Create("work", ("KmsMasterKeyId", Key));
        var role = world.Role(SqsWorld.Allow("sqs:*", "*"), SqsWorld.Allow("kms:GenerateDataKey", Key));

        var refused = world.Send("SendMessage", SqsWorld.On("work", ("MessageBody", "text")), role);

        Assert.Equal("KmsAccessDenied", refused.Error);
        Assert.Equal(200, world.Send("SendMessage", SqsWorld.On("work", ("MessageBody", "text")), world.Role(SqsWorld.Allow("sqs:*", "*"), SqsWorld.Allow("kms:*", Key))).Status);
        Assert.Equal("KmsAccessDenied", world.Send("ReceiveMessage", SqsWorld.On("work"), role).Error);
    }

    private static string Policy(string principal) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = principal },
            ["Action"] = "sqs:SendMessage",
            ["Resource"] = SqsWorld.Arn("work"),
        },
    }.ToJsonString();
}
