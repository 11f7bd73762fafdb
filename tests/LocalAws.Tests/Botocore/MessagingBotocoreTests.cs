using System.Text.Json.Nodes;
using LocalAws.Sns;
using LocalAws.Sqs;
using LocalAws.Templates;
using LocalAws.Tests.Lambda;
using LocalAws.Tests.Sqs;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>Botocore agrees with every answer of the services that carry messages.</summary>
public sealed class MessagingBotocoreTests
{
    private readonly Cloud cloud = new(CloudOptions.Default);
    private readonly RecordedAnswers answers;

    public MessagingBotocoreTests() => answers = new(cloud);

    [SkippableFact]
    public void Botocore_understands_every_answer_of_Sqs()
    {
        Python.Need();
        CallQueues();
        CallMessages();
        Sqs("DeleteQueue", SqsWorld.On("work"));
        Sqs("SendMessage", SqsWorld.On("work", ("MessageBody", "text")));
        Sqs("CreateEverything", []);

        answers.AreUnderstood(new SqsApi(cloud.Sqs));
    }

    [SkippableFact]
    public void Botocore_understands_every_answer_of_Sns()
    {
        const string Topic = "TopicArn=arn:aws:sns:eu-central-1:111122223333:news";
        Python.Need();
        cloud.Sns.Add(new TopicSettings("News", "news", Topic[9..], "arn:aws:kms:eu-central-1:111122223333:key/1", null));
        var arn = "SubscriptionArn=" + Sns("Subscribe", $"{Topic}&Protocol=sqs&Endpoint={SqsWorld.Arn("work")}", "SubscriptionArn");
        Sns("SetSubscriptionAttributes", $"{arn}&AttributeName=FilterPolicy&AttributeValue={{\"a\":[1]}}");
        Sns("GetSubscriptionAttributes", arn);
        Sns("Subscribe", $"{Topic}&Protocol=email&Endpoint=me@example.org");
        Sns("ListSubscriptions", "");
        Sns("ListSubscriptionsByTopic", Topic);
        Sns("ConfirmSubscription", $"{Topic}&Token={cloud.Sns.Subscriptions.Last().Token}");
        Sns("Unsubscribe", arn);
        Sns("GetTopicAttributes", Topic);
        Sns("ListTopics", "");
        Sns("Publish", $"{Topic}&Message=text");
        Sns("PublishBatch", $"{Topic}&PublishBatchRequestEntries.member.1.Id=a&PublishBatchRequestEntries.member.1.Message=one&PublishBatchRequestEntries.member.2.Id=b&PublishBatchRequestEntries.member.2.Message=");
        Sns("Publish", Topic);

        answers.AreUnderstood(new SnsApi(cloud.Sns));
    }

    [SkippableFact]
    public void Botocore_understands_every_answer_of_Lambda()
    {
        Python.Need();
        var world = new LambdaWorld();
        var lambda = new RecordedAnswers(world.Cloud);
        var full = world.Add("full", (_, _) => Task.FromResult("null"));
        world.Cloud.Lambda.Add(full with { ReservedConcurrency = 1, DeadLetterArn = SqsWorld.Arn("dead"), Async = AsyncSettings.Usual with { OnFailure = SqsWorld.Arn("dead") } });
        world.Add("bad", (_, _) => throw new InvalidOperationException("broken"));
        lambda.CallRest("lambda", "ListFunctions", "GET", "/2015-03-31/functions");
        foreach (var name in new[] { "full", "bad", "none" })
        {
            lambda.CallRest("lambda", "GetFunction", "GET", $"/2015-03-31/functions/{name}");
            lambda.CallRest("lambda", "GetFunctionConfiguration", "GET", $"/2015-03-31/functions/{name}/configuration");
            lambda.CallRest("lambda", "GetFunctionConcurrency", "GET", $"/2019-09-30/functions/{name}/concurrency");
            lambda.CallRest("lambda", "GetFunctionEventInvokeConfig", "GET", $"/2019-09-25/functions/{name}/event-invoke-config");
            lambda.CallRest("lambda", "Invoke", "POST", $"/2015-03-31/functions/{name}/invocations");
        }

        lambda.AreUnderstood(world.Cloud.Lambda.Api);
    }

    private string Sns(string operation, string parameters, string? pick = null) => answers.Call("sns", operation, parameters, pick);

    private void CallQueues()
    {
        Sqs("ListQueues", []);
        Sqs("CreateQueue", new() { ["QueueName"] = "dead" });
        Sqs("CreateQueue", new() { ["QueueName"] = "work", ["Attributes"] = SqsWorld.Map(("VisibilityTimeout", "0")) });
        Sqs("GetQueueUrl", new() { ["QueueName"] = "work" });
        Sqs("ListQueues", new() { ["MaxResults"] = 1 });
        Sqs("SetQueueAttributes", SqsWorld.On("work", ("Attributes", SqsWorld.Map(
            ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{SqsWorld.Arn("dead")}}","maxReceiveCount":3}"""),
            ("KmsMasterKeyId", "alias/aws/sqs")))));
        Sqs("GetQueueAttributes", SqsWorld.On("work", ("AttributeNames", new JsonArray("All"))));
        Sqs("GetQueueAttributes", SqsWorld.On("work"));
    }

    private void CallMessages()
    {
        Sqs("SendMessage", SqsWorld.On("work", ("MessageBody", "text"),
            ("MessageAttributes", new JsonObject { ["name"] = new JsonObject { ["DataType"] = "Binary", ["BinaryValue"] = "AQI=" } }),
            ("MessageSystemAttributes", new JsonObject { ["AWSTraceHeader"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "Root=1" } })));
        var entry = new JsonObject { ["Id"] = "a", ["MessageBody"] = "text" };
        Sqs("SendMessageBatch", SqsWorld.On("work", ("Entries", new JsonArray(entry, new JsonObject { ["Id"] = "b", ["MessageBody"] = "" }))));
        var all = new[] { ("AttributeNames", (JsonNode)new JsonArray("All")), ("MessageAttributeNames", new JsonArray("All")), ("MaxNumberOfMessages", 10), ("VisibilityTimeout", 30) };
        var received = Sqs("ReceiveMessage", SqsWorld.On("work", all))["Messages"]!.AsArray();
        Sqs("ReceiveMessage", SqsWorld.On("work"));
        JsonNode Receipt(int at) => received[at]!["ReceiptHandle"]!.DeepClone();
        Sqs("ChangeMessageVisibility", SqsWorld.On("work", ("ReceiptHandle", Receipt(0)), ("VisibilityTimeout", 10)));
        Sqs("ChangeMessageVisibilityBatch", SqsWorld.On("work", ("Entries", new JsonArray(new JsonObject { ["Id"] = "a", ["ReceiptHandle"] = Receipt(0), ["VisibilityTimeout"] = 5 }))));
        Sqs("DeleteMessage", SqsWorld.On("work", ("ReceiptHandle", Receipt(0))));
        Sqs("DeleteMessageBatch", SqsWorld.On("work", ("Entries", new JsonArray(new JsonObject { ["Id"] = "a", ["ReceiptHandle"] = Receipt(1) }, new JsonObject { ["Id"] = "b", ["ReceiptHandle"] = "x" }))));
        Sqs("PurgeQueue", SqsWorld.On("work"));
    }

    private JsonNode Sqs(string operation, JsonObject body) => answers.CallJson("sqs", "AmazonSQS", operation, body);
}
