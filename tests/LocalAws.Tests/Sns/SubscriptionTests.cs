using Xunit;

namespace LocalAws.Tests.Sns;

public sealed class SubscriptionTests
{
    private readonly SnsWorld world = new();

    [Fact]
    public void A_queue_is_subscribed_at_once_and_once_only()
    {
        var arn = world.Subscribe("sqs", SnsWorld.Work);

        Assert.StartsWith(SnsWorld.Topic + ":", arn, StringComparison.Ordinal);
        Assert.Equal(arn, world.Subscribe("sqs", SnsWorld.Work));
        Assert.Equal("InvalidParameter", world.Error("Subscribe", $"TopicArn={SnsWorld.Topic}&Protocol=sqs&Endpoint={SnsWorld.Work}&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true"));
        Assert.Equal(arn, SnsWorld.Text(world.Query("ListSubscriptions", ""), "SubscriptionArn"));
    }

    [Fact]
    public void A_reader_of_mail_is_asked_first()
    {
        Assert.Equal("pending confirmation", world.Subscribe("email", "me@example.org"));
        world.Publish("too early");
        var mail = Assert.Single(world.Cloud.Sns.SentMail);
        Assert.Equal("PendingConfirmation", SnsWorld.Text(world.Query("ListSubscriptionsByTopic", $"TopicArn={SnsWorld.Topic}"), "SubscriptionArn"));
        var token = mail.Body.Split("Token=")[1].Split('\n')[0];

        Assert.Equal("InvalidParameter", world.Error("ConfirmSubscription", $"TopicArn={SnsWorld.Topic}&Token=made-up"));
        world.Query("ConfirmSubscription", $"TopicArn={SnsWorld.Topic}&Token={token}");
        world.Publish("in time", "Subject=Hello");

        Assert.Equal(("me@example.org", "Hello"), (world.Cloud.Sns.SentMail[1].To, world.Cloud.Sns.SentMail[1].Subject));
        Assert.StartsWith("in time\n", world.Cloud.Sns.SentMail[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unsubscribed_hears_nothing_more()
    {
        world.Query("Unsubscribe", $"SubscriptionArn={world.Subscribe("sqs", SnsWorld.Work)}");
        world.Publish("text");

        Assert.Empty(world.In(SnsWorld.Work));
    }

    [Fact]
    public void Its_attributes_can_be_read_and_changed()
    {
        var arn = world.Subscribe("sqs", SnsWorld.Work);
        world.Query("SetSubscriptionAttributes", $"SubscriptionArn={arn}&AttributeName=RawMessageDelivery&AttributeValue=true");

        var attributes = world.Query("GetSubscriptionAttributes", $"SubscriptionArn={arn}").Descendants()
            .Where(element => element.Name.LocalName == "entry").ToDictionary(entry => entry.Elements().First().Value, entry => entry.Elements().Last().Value);

        Assert.Equal(("true", "false", SnsWorld.Work), (attributes["RawMessageDelivery"], attributes["PendingConfirmation"], attributes["Endpoint"]));
        Assert.Equal("NotFound", world.Error("GetSubscriptionAttributes", $"SubscriptionArn={SnsWorld.Topic}:none"));
    }

    [Theory]
    [InlineData("sqs", "work")]
    [InlineData("sqs", "arn:aws:sqs:eu-central-1:999988887777:work")]
    [InlineData("lambda", SnsWorld.Work)]
    [InlineData("email", "nobody")]
    [InlineData("https", "https://127.0.0.1/")]
    [InlineData("http", "http://example.org/")]
    [InlineData("http", "http://127.0.0.1.example.org/")]
    [InlineData("sms", "+49170")]
    public void An_endpoint_that_is_not_imitated_is_refused(string protocol, string endpoint)
    {
        world.Cloud.Sns.Http = (_, _, _, _) => Task.FromResult(200);

        Assert.Equal("InvalidParameter", world.Error("Subscribe", $"TopicArn={SnsWorld.Topic}&Protocol={protocol}&Endpoint={endpoint}"));
    }

    [Fact]
    public void Where_nobody_sends_over_HTTP_it_is_refused() =>
        Assert.Equal("InvalidParameter", world.Error("Subscribe", $"TopicArn={SnsWorld.Topic}&Protocol=http&Endpoint=http://127.0.0.1/"));

    [Fact]
    public void Mail_is_never_raw() =>
        Assert.Equal("InvalidParameter", world.Error("Subscribe", $"TopicArn={SnsWorld.Topic}&Protocol=email&Endpoint=me@example.org&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true"));

    [Theory]
    [InlineData("FilterPolicy", "{")]
    [InlineData("FilterPolicyScope", "Body")]
    [InlineData("RawMessageDelivery", "yes")]
    [InlineData("RedrivePolicy", "{\"deadLetterTargetArn\":\"arn:aws:sns:x:y:z\"}")]
    [InlineData("Colour", "red")]
    public void An_attribute_outside_the_rules_is_refused(string name, string value) =>
        Assert.Equal("InvalidParameter", world.Error("SetSubscriptionAttributes", $"SubscriptionArn={world.Subscribe("sqs", SnsWorld.Work)}&AttributeName={name}&AttributeValue={value}"));

    [Fact]
    public void Topics_and_subscriptions_come_in_pages()
    {
        for (var at = 0; at < 100; at++)
            world.Cloud.Sns.Subscribe(new(SnsWorld.Topic, "sqs", $"{SnsWorld.Work}{at}"));
        world.Subscribe("sqs", SnsWorld.Work);

        var token = SnsWorld.Text(world.Query("ListSubscriptions", ""), "NextToken");

        Assert.Equal(SnsWorld.Work, SnsWorld.Text(world.Query("ListSubscriptions", $"NextToken={token}"), "Endpoint"));
    }
}
