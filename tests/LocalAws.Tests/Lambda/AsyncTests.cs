using System.Text.Json.Nodes;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using LocalAws.Sqs;
using LocalAws.Templates;
using Xunit;

namespace LocalAws.Tests.Lambda;

public sealed class AsyncTests
{
    private const string Dead = "arn:aws:sqs:eu-central-1:111122223333:dead";
    private const string Done = "arn:aws:sqs:eu-central-1:111122223333:done";

    private readonly LambdaWorld world = new();
    private readonly List<double> starts = [];

    public AsyncTests()
    {
        world.Cloud.Sqs.Add(new("Dead", "dead", Dead, "", QueueAttributes.Default));
        world.Cloud.Sqs.Add(new("Done", "done", Done, "", QueueAttributes.Default));
    }

    [Fact]
    public void A_function_that_fails_is_tried_again_after_one_and_after_two_minutes()
    {
        Send(Failing(known => known));

        Assert.Equal(3, starts.Count);
        Assert.InRange(starts[1] - starts[0], 60, 61);
        Assert.InRange(starts[2] - starts[1], 120, 121);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void The_retries_can_be_fewer(int retries, int attempts)
    {
        Send(Failing(known => known with { Async = AsyncSettings.Usual with { MaximumRetryAttempts = retries } }));

        Assert.Equal(attempts, starts.Count);
    }

    [Fact]
    public void What_failed_for_good_is_a_dead_letter_with_its_reason()
    {
        var id = Send(Failing(known => known with { DeadLetterArn = Dead }), "{\"order\":1}");

        var letter = Assert.Single(world.Cloud.Sqs.Messages(Dead));
        Assert.Equal("{\"order\":1}", letter.Body);
        Assert.Equal((id, "200", "broken"), (letter.Attributes["RequestID"].Text, letter.Attributes["ErrorCode"].Text, letter.Attributes["ErrorMessage"].Text));
        Assert.Equal("Number", letter.Attributes["ErrorCode"].DataType);
    }

    [Fact]
    public void A_role_that_may_not_send_loses_the_letter()
    {
        Send(Failing(known => known with { DeadLetterArn = Dead, Role = LambdaWorld.Role("bad", LambdaWorld.Allow("sqs:SendMessage", Done)) }));

        Assert.Empty(world.Cloud.Sqs.Messages(Dead));
    }

    [Fact]
    public void A_destination_gets_the_record_of_a_success()
    {
        var function = world.Add("good", (_, _) => Task.FromResult("{\"answer\":42}"));
        var id = Send(Deploy(function with { Async = AsyncSettings.Usual with { OnSuccess = Done, OnFailure = Dead } }), "{\"order\":1}");

        var record = JsonNode.Parse(Assert.Single(world.Cloud.Sqs.Messages(Done)).Body)!.AsObject();
        Assert.Matches(@"^2026-01-01T08:00:0\d\.\d{3}Z$", record["timestamp"]!.GetValue<string>());
        record.Remove("timestamp");
        Assert.Equal(
            $$$"""{"version":"1.0","requestContext":{"requestId":"{{{id}}}","functionArn":"{{{function.Arn}}}:$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":{"order":1},"responseContext":{"statusCode":200,"executedVersion":"$LATEST"},"responsePayload":{"answer":42}}""",
            record.ToJsonString());
        Assert.Empty(world.Cloud.Sqs.Messages(Dead));
    }

    [Fact]
    public void A_destination_gets_the_record_of_a_failure()
    {
        Send(Failing(known => known with { Async = AsyncSettings.Usual with { OnSuccess = Done, OnFailure = Dead } }));

        var record = JsonNode.Parse(Assert.Single(world.Cloud.Sqs.Messages(Dead)).Body)!;
        Assert.Equal(("RetriesExhausted", 3), Condition(record));
        Assert.Equal("Unhandled", record["responseContext"]!["functionError"]!.GetValue<string>());
        Assert.Equal("InvalidOperationException", record["responsePayload"]!["errorType"]!.GetValue<string>());
        Assert.Empty(world.Cloud.Sqs.Messages(Done));
    }

    [Fact]
    public void A_topic_and_a_function_are_destinations_too()
    {
        const string Topic = "arn:aws:sns:eu-central-1:111122223333:done";
        var heard = new List<string>();
        var listener = world.Add("listener", (payload, _) =>
        {
            heard.Add(payload);
            return Task.FromResult("null");
        });
        world.Cloud.Sns.Add(new TopicSettings("Done", "done", Topic, null, null));
        Send(Failing(known => known with { Async = new(0, TimeSpan.FromHours(1), null, listener.Arn), DeadLetterArn = Topic }));

        Assert.Equal(("RetriesExhausted", 1), Condition(JsonNode.Parse(Assert.Single(heard))!));
        var published = Assert.Single(world.Cloud.Sns.Published);
        Assert.Equal(("{}", "broken"), (published.Message, published.Attributes["ErrorMessage"].Text));
    }

    [Fact]
    public void A_role_that_may_not_invoke_the_destination_does_not()
    {
        var heard = 0;
        var listener = world.Add("listener", (_, _) => Task.FromResult($"{++heard}"));

        Send(Failing(known => known with { Async = AsyncSettings.Usual with { OnFailure = listener.Arn }, Role = LambdaWorld.Role("bad", LambdaWorld.Allow("sqs:SendMessage", Done)) }));

        Assert.Equal(0, heard);
    }

    [Fact]
    public void An_event_that_grows_too_old_is_given_up()
    {
        Send(Failing(known => known with { Async = new(2, TimeSpan.FromSeconds(90), null, Dead) }));

        Assert.Equal(2, starts.Count);
        Assert.Equal(("EventAgeExceeded", 2), Condition(JsonNode.Parse(Assert.Single(world.Cloud.Sqs.Messages(Dead)).Body)!));
    }

    [Fact]
    public void A_throttled_event_waits_ever_longer_until_there_is_room()
    {
        var function = Deploy(Slow(100) with { ReservedConcurrency = 1 });
        Send(function, advance: 0);
        Send(function, advance: 600);

        Assert.Equal(2, starts.Count);
        Assert.InRange(starts[1], 127, 129);
    }

    [Fact]
    public void A_throttled_event_is_given_up_when_it_is_too_old()
    {
        var function = Deploy(Slow(400) with { ReservedConcurrency = 1, Async = new(2, TimeSpan.FromSeconds(60), null, Dead) });
        Send(function, advance: 0);
        Send(function, advance: 60);

        var record = JsonNode.Parse(Assert.Single(world.Cloud.Sqs.Messages(Dead)).Body)!;
        Assert.Equal(("EventAgeExceeded", 0), Condition(record));
        Assert.Null(record["responseContext"]);
    }

    [Fact]
    public void A_function_without_any_concurrency_is_never_invoked()
    {
        Send(Failing(known => known with { ReservedConcurrency = 0, Async = AsyncSettings.Usual with { OnFailure = Dead } }), advance: 1);

        Assert.Empty(starts);
        Assert.Equal(("ZeroReservedConcurrency", 0), Condition(JsonNode.Parse(Assert.Single(world.Cloud.Sqs.Messages(Dead)).Body)!));
    }

    [Fact]
    public void An_event_may_have_a_mebibyte_and_no_more()
    {
        var function = world.Add("good", (_, _) => Task.FromResult("null"));
        Send(function, $"\"{new string('x', (1024 * 1024) - 2)}\"");

        Assert.Equal("RequestTooLargeException", Assert.ThrowsAny<AmazonLambdaException>(() => Send(function, $"\"{new string('x', (1024 * 1024) - 1)}\"")).ErrorCode);
    }

    private static (string Condition, int Count) Condition(JsonNode record) =>
        (record["requestContext"]!["condition"]!.GetValue<string>(), record["requestContext"]!["approximateInvokeCount"]!.GetValue<int>());

    private FunctionSettings Failing(Func<FunctionSettings, FunctionSettings> change) => Deploy(change(world.Add("bad", (_, _) =>
    {
        starts.Add(Now());
        throw new InvalidOperationException("broken");
    }) with
    { Role = LambdaWorld.Role("bad", LambdaWorld.Allow("sqs:SendMessage", Dead) with { Actions = ["sqs:SendMessage", "sns:Publish", "lambda:InvokeFunction"], Resources = ["*"] }) }));

    private FunctionSettings Slow(int seconds) => world.Add("slow", async (_, _) =>
    {
        starts.Add(Now());
        await world.Cloud.Time.Delay(TimeSpan.FromSeconds(seconds), CancellationToken.None).ConfigureAwait(false);
        return "null";
    }, timeoutSeconds: 900) with
    { Role = LambdaWorld.Role("slow", LambdaWorld.Allow("sqs:SendMessage", "*")) };

    private FunctionSettings Deploy(FunctionSettings function)
    {
        var allowed = function.Role.Policies[0].Statements is [] ? function with { Role = LambdaWorld.Role(function.FunctionName, LambdaWorld.Allow("sqs:SendMessage", "*")) } : function;
        world.Cloud.Lambda.Add(allowed);
        return allowed;
    }

    private string Send(FunctionSettings function, string payload = "{}", int advance = 600)
    {
        var answer = world.Call(new InvokeRequest { FunctionName = function.FunctionName, InvocationType = InvocationType.Event, Payload = payload });
        Assert.Equal(202, answer.StatusCode);
        world.Cloud.Time.Advance(TimeSpan.FromSeconds(advance));
        return answer.ResponseMetadata.RequestId;
    }

    private double Now() => (world.Cloud.Time.GetUtcNow() - world.Cloud.Time.Start).TotalSeconds;
}
