using System.Text;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class LambdaWireTests
{
    [Fact]
    public async Task An_invocation_is_its_payload_and_the_rest_travels_around_it()
    {
        var transport = new Transport(Answer.Of(200, """{"errorMessage":"no"}""",
            ("X-Amz-Function-Error", "Unhandled"), ("X-Amz-Executed-Version", "7"), ("x-amzn-RequestId", "request-5")));
        using var client = transport.Lambda();

        var answer = await client.InvokeAsync(new InvokeRequest
        {
            FunctionName = "arn:aws:lambda:eu-central-1:111122223333:function:resolve",
            Qualifier = "live",
            InvocationType = InvocationType.RequestResponse,
            ClientContext = """{"a":1}""",
            Payload = """{"host":"ä"}""",
        });

        Assert.Equal(HttpMethod.Post, transport.Only.Method);
        Assert.Equal("https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A111122223333%3Afunction%3Aresolve/invocations?Qualifier=live", transport.Only.Uri.AbsoluteUri);
        Assert.Equal(("RequestResponse", "eyJhIjoxfQ=="), (transport.Only.Headers["x-amz-invocation-type"], transport.Only.Headers["x-amz-client-context"]));
        Assert.Equal("""{"host":"ä"}""", transport.Only.Text);
        Assert.Equal((200, "Unhandled", "7", "request-5"), (answer.StatusCode, answer.FunctionError, answer.ExecutedVersion, answer.ResponseMetadata.RequestId));
        Assert.Equal("""{"errorMessage":"no"}""", Encoding.UTF8.GetString(answer.Payload.ToArray()));
        Assert.Equal(0, answer.Payload.Position);
    }

    [Fact]
    public async Task An_invocation_without_a_payload_has_an_empty_body()
    {
        var transport = new Transport(Answer.Of(202, ""));
        using var client = transport.Lambda();

        var answer = await client.InvokeAsync(new InvokeRequest { FunctionName = "resolve", InvocationType = InvocationType.Event });

        Assert.Empty(transport.Only.Body);
        Assert.Equal((202, 0), (answer.StatusCode, answer.Payload.Length));
        Assert.Null(answer.FunctionError);
    }

    [Fact]
    public void Text_and_stream_are_two_views_of_one_payload()
    {
        var request = new InvokeRequest { PayloadStream = new MemoryStream(Encoding.UTF8.GetBytes("one")), ClientContextBase64 = "dHdv" };

        Assert.Equal(("one", "two"), (request.Payload, request.ClientContext));
        request.Payload = null;
        Assert.Null(request.PayloadStream);
    }

    [Fact]
    public async Task A_missing_function_name_is_refused_before_anything_is_sent()
    {
        var transport = new Transport(Answer.Ok("{}"));
        using var client = transport.Lambda();

        await Assert.ThrowsAsync<AmazonLambdaException>(() => client.InvokeAsync(new InvokeRequest()));

        Assert.Empty(transport.Sent);
    }
}
