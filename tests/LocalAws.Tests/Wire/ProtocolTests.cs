using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Wire;

public sealed class ProtocolTests
{
    private static readonly JsonProtocol Json = new("AWSStepFunctions", "1.0");

    [Fact]
    public void A_query_answer_wraps_its_result()
    {
        var answer = new QueryProtocol("urn:q").Write("DescribeThings", Answer.Of(new XElement("Things", new XElement("member", "a"))), "id");

        Assert.Equal(
            """<?xml version="1.0" encoding="UTF-8"?>|<DescribeThingsResponse xmlns="urn:q"><DescribeThingsResult><Things><member>a</member></Things></DescribeThingsResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DescribeThingsResponse>""",
            Text(answer));
    }

    [Fact]
    public void An_ec2_answer_has_its_members_at_the_root()
    {
        var answer = new Ec2Protocol("urn:e").Write("DescribeThings", Answer.Of(new XElement("thingSet", new XElement("item", "a"))), "id");

        Assert.Equal(
            """<?xml version="1.0" encoding="UTF-8"?>|<DescribeThingsResponse xmlns="urn:e"><requestId>id</requestId><thingSet><item>a</item></thingSet></DescribeThingsResponse>""",
            Text(answer));
    }

    [Fact]
    public void A_json_request_names_its_operation_in_the_target()
    {
        var message = Json.Read(Request("AWSStepFunctions.StartExecution", """{"name":"x"}"""));

        Assert.Equal("StartExecution", message.Operation);
        Assert.Equal("x", message.Body?["name"]?.ToString());
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    public void A_body_that_is_no_object_is_refused(string body) =>
        Assert.Equal("SerializationException", Assert.Throws<AwsErrorException>(() => Json.Read(Request("AWSStepFunctions.StartExecution", body))).Code);

    [Fact]
    public void A_refusal_carries_code_message_and_status()
    {
        var refusal = new AwsErrorException("ThingNotFound", "There is no such thing", System.Net.HttpStatusCode.NotFound);
        var written = Json.Write(refusal, "id");

        Assert.Equal(404, written.Status);
        Assert.Equal("ThingNotFound", JsonNode.Parse(written.Body.Span)?["__type"]?.ToString());
        Assert.Contains("<Code>ThingNotFound</Code><Message>There is no such thing</Message>", Text(new Ec2Protocol("urn:e").Write(refusal, "id")), StringComparison.Ordinal);
        Assert.Contains("<Type>Sender</Type><Code>ThingNotFound</Code>", Text(new QueryProtocol("urn:q").Write(refusal, "id")), StringComparison.Ordinal);
    }

    private static string Text(WireResponse answer) => Encoding.UTF8.GetString(answer.Body.Span).Replace('\n', '|');

    private static WireRequest Request(string target, string body) => new(
        "POST",
        "/",
        "",
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add("X-Amz-Target", target),
        Encoding.UTF8.GetBytes(body));
}
