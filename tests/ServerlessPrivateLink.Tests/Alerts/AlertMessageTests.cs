using System.Collections.Immutable;
using System.Text.Json;
using ServerlessPrivateLink.Alerts;
using Xunit;

namespace ServerlessPrivateLink.Tests.Alerts;

public sealed class AlertMessageTests
{
    private static readonly Alert Ready = new(
        "link.ready",
        Severity.Warning,
        "orders",
        "The link orders is ready.",
        ImmutableSortedDictionary<string, string>.Empty.Add("serviceName", "com.amazonaws.vpce.eu-central-1.vpce-svc-1"),
        "Send it to the consumers.");

    private static readonly AlertOrigin Here = new("prod", "111122223333", "eu-central-1", "aws", AlertFormat.Standard);

    [Fact]
    public void People_read_sentences()
    {
        var text = Part(AlertMessage.Of(Ready, Here), "default");

        Assert.Equal(
            "The link orders is ready.\n\nserviceName: com.amazonaws.vpce.eu-central-1.vpce-svc-1\n\nWhat to do: Send it to the consumers.\n\nStack prod, account 111122223333, eu-central-1",
            text);
    }

    [Theory]
    [InlineData("sqs")]
    [InlineData("lambda")]
    [InlineData("http")]
    [InlineData("https")]
    public void Machines_read_json(string protocol)
    {
        var document = JsonDocument.Parse(Part(AlertMessage.Of(Ready, Here), protocol)).RootElement;

        Assert.Equal(("1", "prod", "111122223333", "eu-central-1"), (Text(document, "version"), Text(document, "stack"), Text(document, "account"), Text(document, "region")));
        Assert.Equal("link.ready", document.GetProperty("event").GetString());
        Assert.Equal("warning", document.GetProperty("severity").GetString());
        Assert.Equal("orders", document.GetProperty("link").GetString());
        Assert.Equal("com.amazonaws.vpce.eu-central-1.vpce-svc-1", document.GetProperty("facts").GetProperty("serviceName").GetString());
        Assert.Equal("Send it to the consumers.", document.GetProperty("remedy").GetString());
    }

    [Fact]
    public void Subscriptions_can_filter_by_event_severity_and_link() =>
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["event"] = "link.ready", ["link"] = "orders", ["severity"] = "warning" },
            AlertMessage.Of(Ready, Here).Attributes);

    [Fact]
    public void An_unknown_link_is_left_out_because_sns_refuses_an_empty_attribute()
    {
        var message = AlertMessage.Of(Ready with { Link = "" }, Here);

        Assert.Equal(["event", "severity"], message.Attributes.Keys);
        Assert.Equal("[warning] link.ready", message.Subject);
    }

    [Fact]
    public void A_subject_is_ascii_and_shorter_than_a_hundred_characters()
    {
        var subject = AlertMessage.Of(Ready with { Link = new string('ü', 200) + "\n" }, Here).Subject;

        Assert.Equal(99, subject.Length);
        Assert.All(subject, static letter => Assert.InRange(letter, ' ', '~'));
    }

    [Fact]
    public void A_chat_channel_reads_a_custom_notification_and_other_machines_the_document()
    {
        var message = AlertMessage.Of(Ready with { Id = "0123" }, Here with { Format = AlertFormat.Chat });

        var notification = JsonDocument.Parse(Part(message, "https")).RootElement;
        Assert.Equal(("1.0", "custom", "0123"), (Text(notification, "version"), Text(notification, "source"), Text(notification, "id")));
        var content = notification.GetProperty("content");
        Assert.Equal(("client-markdown", ":warning: link.ready: orders"), (Text(content, "textType"), Text(content, "title")));
        Assert.StartsWith("The link orders is ready.\n\n*serviceName*: com.amazonaws.vpce", Text(content, "description"), StringComparison.Ordinal);
        Assert.Equal("Send it to the consumers.", Assert.Single(content.GetProperty("nextSteps").EnumerateArray()).GetString());
        Assert.Equal("prod/orders", Text(notification.GetProperty("metadata"), "threadId"));
        Assert.Equal(Part(AlertMessage.Of(Ready with { Id = "0123" }, Here), "sqs"), Part(message, "sqs"));
    }

    [Theory]
    [InlineData("aws", "https://eu-central-1.console.aws.amazon.com/")]
    [InlineData("aws-cn", "https://eu-central-1.console.amazonaws.cn/")]
    [InlineData("aws-us-gov", "https://eu-central-1.console.amazonaws-us-gov.com/")]
    public void What_a_fact_names_is_linked_in_the_partitions_console(string partition, string console)
    {
        var facts = Ready.Facts.Add("serviceId", "vpce-svc-1").Add("execution", "arn:e").Add("targetGroup", "arn:g");

        var links = ConsoleLinks.Of(facts, partition, "eu-central-1");

        Assert.Equal(["endpointService", "execution", "targetGroup"], links.Keys);
        Assert.All(links.Values, address => Assert.StartsWith(console, address, StringComparison.Ordinal));
        Assert.Contains(links["execution"], Part(AlertMessage.Of(Ready with { Facts = facts }, Here with { Partition = partition }), "default"), StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Part(AlertMessage message, string protocol) => JsonDocument.Parse(message.Message).RootElement.GetProperty(protocol).GetString()!;
}
