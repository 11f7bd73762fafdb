using Amazon.SimpleNotificationService.Model;
using LocalAws.Access;
using LocalAws.Templates;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Sns;

public sealed class PublishTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:alerts";
    private const string Key = "arn:aws:kms:eu-central-1:111122223333:key/1";

    private readonly ExampleAccount account = new();

    public PublishTests()
    {
        account.Cloud.Sns.Add(new TopicSettings("Alerts", "alerts", Topic, Key, null));
        account.Cloud.Access.Attach(Key, new("key", [new([new("AWS", "111122223333")], Allow("kms:*", "*"))]));
    }

    [Fact]
    public void What_is_published_is_kept()
    {
        var answer = account.Run(() => account.Sns.PublishAsync(new PublishRequest
        {
            TopicArn = Topic,
            Subject = "Link ready",
            Message = "{\"event\":\"LinkReady\"}",
            MessageAttributes = new() { ["severity"] = new() { DataType = "String", StringValue = "info" } },
        }));

        var kept = Assert.Single(account.Cloud.Sns.Published);
        Assert.Equal(answer.MessageId, kept.MessageId);
        Assert.Equal(("Link ready", "{\"event\":\"LinkReady\"}", "operator"), (kept.Subject, kept.Message, kept.Publisher));
        Assert.Equal("info", kept.Attributes["severity"].Text);
    }

    [Fact]
    public void A_message_by_protocol_needs_a_default()
    {
        Assert.Equal("InvalidParameter", account.ErrorOf(() => Publish("{\"email\":\"x\"}", structure: "json")));

        account.Run(() => Publish("{\"default\":\"short\",\"email\":\"long\"}", structure: "json"));
        Assert.Equal("short", Assert.Single(account.Cloud.Sns.Published).Message);
    }

    [Theory]
    [InlineData("Größe")]
    [InlineData("two\nlines")]
    [InlineData(" begins with a space")]
    public void A_subject_outside_the_rules_is_refused(string subject) => Assert.Equal("InvalidParameter", account.ErrorOf(() => Publish("text", subject)));

    [Fact]
    public void A_subject_of_more_than_a_hundred_characters_is_refused() => Assert.Equal("InvalidParameter", account.ErrorOf(() => Publish("text", new string('x', 101))));

    [Fact]
    public void A_message_of_more_than_256_kilobytes_is_refused() => Assert.Equal("InvalidParameter", account.ErrorOf(() => Publish(new string('x', (256 * 1024) + 1))));

    [Fact]
    public void A_topic_that_does_not_exist_is_not_found() =>
        Assert.Equal("NotFound", account.ErrorOf(() => account.Sns.PublishAsync(new PublishRequest { TopicArn = Topic + "2", Message = "text" })));

    [Fact]
    public void A_role_needs_the_topic_and_its_key()
    {
        Assert.Equal("AuthorizationError", Refused(Allow("kms:*", Key)));
        Assert.Equal("KMSAccessDenied", Refused(Allow("sns:Publish", Topic)));
        Assert.Equal("KMSAccessDenied", Refused(Allow("sns:Publish", Topic), Allow("kms:Decrypt", Key)));

        account.Run(() => As(Allow("sns:Publish", Topic), Allow("kms:Decrypt", Key), Allow("kms:GenerateDataKey*", Key)));
    }

    private string Refused(params Statement[] statements) => account.ErrorOf(() => As(statements));

    private Task<PublishResponse> As(params Statement[] statements)
    {
        var role = new Caller("arn:aws:sts::111122223333:assumed-role/step/1", "111122223333", "Step", [new("step", [.. statements])], ConditionKeys.None);
        return account.Clients(account.Cloud.Access.Issue(role, temporary: true)).Sns.PublishAsync(new PublishRequest { TopicArn = Topic, Message = "text" });
    }

    private static Statement Allow(string action, string resource) => new(action, false, [action], [resource], []);

    private Task<PublishResponse> Publish(string message, string? subject = null, string? structure = null) =>
        account.Sns.PublishAsync(new PublishRequest { TopicArn = Topic, Message = message, Subject = subject, MessageStructure = structure });
}
