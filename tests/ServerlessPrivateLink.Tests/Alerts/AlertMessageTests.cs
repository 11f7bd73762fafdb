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

    [Fact]
    public void People_read_sentences()
    {
        var text = Part(AlertMessage.Of(Ready), "default");

        Assert.Equal("The link orders is ready.\n\nserviceName: com.amazonaws.vpce.eu-central-1.vpce-svc-1\n\nWhat to do: Send it to the consumers.", text);
    }

    [Theory]
    [InlineData("sqs")]
    [InlineData("lambda")]
    [InlineData("http")]
    [InlineData("https")]
    public void Machines_read_json(string protocol)
    {
        var document = JsonDocument.Parse(Part(AlertMessage.Of(Ready), protocol)).RootElement;

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
            AlertMessage.Of(Ready).Attributes);

    [Fact]
    public void An_unknown_link_is_left_out_because_sns_refuses_an_empty_attribute()
    {
        var message = AlertMessage.Of(Ready with { Link = "" });

        Assert.Equal(["event", "severity"], message.Attributes.Keys);
        Assert.Equal("[warning] link.ready", message.Subject);
    }

    [Fact]
    public void A_subject_is_ascii_and_shorter_than_a_hundred_characters()
    {
        var subject = AlertMessage.Of(Ready with { Link = new string('ü', 200) + "\n" }).Subject;

        Assert.Equal(99, subject.Length);
        Assert.All(subject, static letter => Assert.InRange(letter, ' ', '~'));
    }

    private static string Part(AlertMessage message, string protocol) => JsonDocument.Parse(message.Message).RootElement.GetProperty(protocol).GetString()!;
}
