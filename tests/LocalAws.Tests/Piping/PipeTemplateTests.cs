using LocalAws.Piping;
using LocalAws.Sqs;
using Xunit;

namespace LocalAws.Tests.Piping;

/// <summary>The rules of "Amazon EventBridge Pipes input transformation", sentence by sentence.</summary>
public sealed class PipeTemplateTests
{
    private const string Object = """{"key":"a value","list":[1,{"deep-name":"x"}],"flag":true,"none":null}""";

    [Theory]
    [InlineData("""{"a": <$.body.key>}""", """{"a": "a value"}""")]
    [InlineData("""{"a": "<$.body.key>"}""", """{"a": "a value"}""")]
    [InlineData("""{"a": "is <$.body.key>!"}""", """{"a": "is a value!"}""")]
    [InlineData("""{"a": <$.body.list>}""", """{"a": [1,{"deep-name":"x"}]}""")]
    [InlineData("""{"a": <$.body.list[1].deep-name>}""", """{"a": "x"}""")]
    [InlineData("""{"a": <$.body.list[*]>}""", """{"a": [1,{"deep-name":"x"}]}""")]
    [InlineData("""{"a": <$.body.list[0]>, "b": <$.body.flag>, "c": <$.body.none>}""", """{"a": 1, "b": true, "c": null}""")]
    [InlineData("""{"a": <$.attributes.SenderId>}""", """{"a": "me"}""")]
    [InlineData("""{"a": "Body is <$.body.list>"}""", """{"a": "Body is [1,{deep-name:x}]"}""")]
    [InlineData("<$.body.list>", "\"[1,{deep-name:x}]\"")]
    [InlineData(" <$.body.key> ", " \"a value\" ")]
    [InlineData("""{"a": <$.body.nowhere>, "b": "<$.nowhere[9]>."}""", """{"a": "", "b": "."}""")]
    [InlineData("""{"a": <aws.pipes.pipe-name>, "b": "<aws.pipes.pipe-arn>"}""", """{"a": "link", "b": "arn:aws:pipes:eu-central-1:111122223333:pipe/link"}""")]
    [InlineData("""{"a": <aws.pipes.source-arn>, "b": <aws.pipes.target-arn>}""", """{"a": "arn:aws:sqs:eu-central-1:111122223333:work", "b": "arn:aws:events:eu-central-1:111122223333:event-bus/default"}""")]
    [InlineData("""{"a": <aws.pipes.event.ingestion-time>}""", """{"a": "2026-01-02T03:04:05.006Z"}""")]
    [InlineData("""{"a": "1 < 2 > <other>"}""", """{"a": "1 < 2 > <other>"}""")]
    public void A_place_is_filled(string template, string expected) => Assert.Equal(expected, PipeTemplate.Fill(template, Record(Object)));

    [Theory]
    [InlineData("""{"a": <$.body>}""", "say \"no\"", """{"a": "say "no""}""")]
    [InlineData("""{"a": <$.body>}""", "a\nb", "{\"a\": \"a\nb\"}")]
    [InlineData("""{"a": <$.body>}""", "{\"broken\":", """{"a": "{"broken":"}""")]
    [InlineData("""{"a": <$.body.key>}""", "text", """{"a": ""}""")]
    [InlineData("""{"a": <aws.pipes.event.json>}""", "text", """{"a": ""}""")]
    [InlineData("""{"a": <$.body>}""", "17", """{"a": 17}""")]
    public void A_body_that_is_no_object_is_written_as_it_is(string template, string body, string expected) => Assert.Equal(expected, PipeTemplate.Fill(template, Record(body)));

    [Fact]
    public void The_whole_record_is_json_as_a_value_and_escaped_as_a_text()
    {
        var filled = System.Text.Json.Nodes.JsonNode.Parse(PipeTemplate.Fill("""{"decoded": <aws.pipes.event.json>, "text": <aws.pipes.event>, "same": "<aws.pipes.event>"}""", Record(Object)))!;

        Assert.Equal("a value", (string)filled["decoded"]!["body"]!["key"]!);
        Assert.Equal(Object, (string)System.Text.Json.Nodes.JsonNode.Parse((string)filled["text"]!)!["body"]!);
        Assert.Equal((string)filled["text"]!, (string)filled["same"]!);
    }

    private static PipeRecord Record(string body) => PipeRecord.Of(
        PipeWorld.Settings(PipeWorld.Usual),
        "eu-central-1",
        new("id", body, MessageAttributes.None, "me", DateTimeOffset.UnixEpoch) { ReceiveCount = 1, FirstReceivedAt = DateTimeOffset.UnixEpoch },
        new(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero));
}
