using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda;
using Amazon.Lambda.Core;
using Amazon.Lambda.Model;
using LocalAws.Faults;
using LocalAws.Lambda;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Lambda;

public sealed class InvocationTests
{
    private readonly LambdaWorld world = new();

    [Fact]
    public void A_function_gets_bytes_and_gives_bytes()
    {
        var function = world.Add("echo", (payload, _) => Task.FromResult(payload));

        var invocation = world.Invoke(function, "{\"a\":1}");

        Assert.Null(invocation.FunctionError);
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(invocation.Payload.Span));
    }

    [Fact]
    public void Only_the_first_invocation_is_cold()
    {
        var function = world.Add("echo", (payload, _) => Task.FromResult(payload));
        var times = Enumerable.Range(0, 3).Select(_ => Timed(() => world.Invoke(function))).ToList();

        Assert.Equal(1, world.Loads);
        Assert.True(times[0] > TimeSpan.FromMilliseconds(200));
        Assert.All(times[1..], time => Assert.True(time < TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void Invocations_at_once_need_an_environment_each()
    {
        var function = world.Add("slow", Slow(1));

        world.Cloud.Time.Run(() => Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.Cloud.Lambda.InvokeAsync(function, default, "id"))));

        Assert.Equal(3, world.Loads);
    }

    [Fact]
    public void An_exception_is_described_by_its_short_name()
    {
        var error = world.Error(world.Add("bad", (_, _) => throw new InvalidOperationException("outer", new FormatException("inner"))));

        Assert.Equal("InvalidOperationException", error["errorType"]!.GetValue<string>());
        Assert.Equal("outer", error["errorMessage"]!.GetValue<string>());
        Assert.NotEmpty(error["stackTrace"]!.AsArray());
        Assert.Equal("FormatException", error["cause"]!["errorType"]!.GetValue<string>());
    }

    [Fact]
    public void A_function_over_its_time_is_given_up_with_its_environment()
    {
        var function = world.Add("slow", Slow(60));

        var error = world.Error(function);

        Assert.Equal("Sandbox.Timedout", error["errorType"]!.GetValue<string>());
        Assert.Equal("RequestId: id Error: Task timed out after 30.00 seconds", error["errorMessage"]!.GetValue<string>());
        world.Error(function);
        Assert.Equal(2, world.Loads);
    }

    [Fact]
    public void The_remaining_time_is_simulated_time()
    {
        var left = new List<double>();
        var function = world.Add("watch", async (_, context) =>
        {
            left.Add(context.RemainingTime.TotalSeconds);
            await world.Cloud.Time.Delay(TimeSpan.FromSeconds(10), CancellationToken.None).ConfigureAwait(false);
            left.Add(context.RemainingTime.TotalSeconds);
            return "null";
        });

        world.Invoke(function);

        Assert.Equal([30, 20], left);
    }

    [Fact]
    public void A_caller_that_dies_takes_its_invocation_with_it()
    {
        var went = false;
        var function = world.Load("caller", surroundings => async (_, _) =>
        {
            using var client = new Amazon.SecurityToken.AmazonSecurityTokenServiceClient(LambdaWorld.Credentials(surroundings.Credentials), world.Through(new Amazon.SecurityToken.AmazonSecurityTokenServiceConfig()));
            await client.GetCallerIdentityAsync(new()).ConfigureAwait(false);
            went = true;
            return "null";
        });
        world.Cloud.Faults.Plan(FaultKind.CallerDiesAfter, call => call.Caller.Name == "callerId");

        var error = world.Error(function);

        Assert.Equal("Runtime.ExitError", error["errorType"]!.GetValue<string>());
        Assert.False(went);
        Assert.Null(world.Invoke(function).FunctionError);
        Assert.True(went);
        Assert.Equal(2, world.Loads);
    }

    [Fact]
    public void A_function_finds_its_surroundings()
    {
        FunctionSurroundings? seen = null;
        world.Invoke(world.Load("look", surroundings =>
        {
            seen = surroundings;
            return (_, _) => Task.FromResult("null");
        }));

        Assert.Equal("value", seen!.Environment["OWN"]);
        Assert.Equal("eu-central-1", seen.Environment["AWS_REGION"]);
        Assert.Equal("look", seen.Environment["AWS_LAMBDA_FUNCTION_NAME"]);
        Assert.Equal(seen.Credentials.AccessKeyId, seen.Environment["AWS_ACCESS_KEY_ID"]);
        Assert.Same(world.Cloud.Time, seen.Time);
        Assert.Equal("arn:aws:lambda:eu-central-1:111122223333:function:look", Assert.Single(world.Cloud.Access.Find(seen.Credentials.AccessKeyId)!.Value.Caller.Facts.Values["lambda:SourceFunctionArn"]));
    }

    [Fact]
    public void What_a_function_logs_is_kept()
    {
        world.Invoke(world.Add("talk", (_, context) =>
        {
            context.Logger.LogLine("plain");
            context.Logger.LogWarning("{Count} of {All}", 2, 3);
            context.Logger.LogError(new InvalidOperationException("broken"), "sad");
            context.Logger.Log(LogLevel.Debug, "detail");
            return Task.FromResult("null");
        }));

        var lines = world.Cloud.Lambda.Logs("talk");

        Assert.Equal(["plain", "2 of 3", "sad\nSystem.InvalidOperationException: broken", "detail"], lines.Select(line => line.Message));
        Assert.Equal(["Information", "Warning", "Error", "Debug"], lines.Select(line => line.Level));
    }

    [Fact]
    public void Invoke_answers_over_the_wire()
    {
        world.Add("echo", (payload, context) =>
        {
            context.Logger.LogLine("heard");
            return Task.FromResult(payload);
        });

        var answer = world.Call(new InvokeRequest { FunctionName = "arn:aws:lambda:eu-central-1:111122223333:function:echo", Payload = "[1]", LogType = LogType.Tail });

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal("$LATEST", answer.ExecutedVersion);
        Assert.Null(answer.FunctionError);
        Assert.Equal("[1]", Encoding.UTF8.GetString(answer.Payload.ToArray()));
        Assert.Contains("heard", Encoding.UTF8.GetString(Convert.FromBase64String(answer.LogResult)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_functions_error_is_a_header_of_an_answer_that_succeeded()
    {
        world.Add("bad", (_, _) => throw new FormatException("no"));

        var answer = world.Call(new InvokeRequest { FunctionName = "bad" });

        Assert.Equal((200, "Unhandled"), (answer.StatusCode, answer.FunctionError));
    }

    [Fact]
    public void An_event_is_queued_and_tried_three_times()
    {
        var tries = 0;
        world.Add("bad", (_, _) =>
        {
            tries++;
            throw new FormatException("no");
        });

        Assert.Equal(202, world.Call(new InvokeRequest { FunctionName = "bad", InvocationType = InvocationType.Event }).StatusCode);
        Assert.Equal(204, world.Call(new InvokeRequest { FunctionName = "bad", InvocationType = InvocationType.DryRun }).StatusCode);
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(3, tries);
    }

    [Fact]
    public void What_cannot_be_invoked_is_refused_in_lambdas_words()
    {
        world.Add("echo", (payload, _) => Task.FromResult(payload));

        Assert.Equal("Function not found: arn:aws:lambda:eu-central-1:111122223333:function:nope", Assert.Throws<Amazon.Lambda.Model.ResourceNotFoundException>(() => world.Call(new InvokeRequest { FunctionName = "nope" })).Message);
        Assert.Throws<InvalidRequestContentException>(() => world.Call(new InvokeRequest { FunctionName = "echo", Payload = "{" }));
        Assert.Throws<RequestTooLargeException>(() => world.Call(new InvokeRequest { FunctionName = "echo", Payload = new string(' ', 6_291_457) }));
    }

    [Fact]
    public void Invoking_needs_the_permission_on_the_function()
    {
        world.Add("echo", (payload, _) => Task.FromResult(payload));
        world.Add("other", (payload, _) => Task.FromResult(payload));
        var role = LambdaWorld.Role("invoker", LambdaWorld.Allow("lambda:InvokeFunction", "arn:aws:lambda:eu-central-1:111122223333:function:echo"));
        var key = world.Cloud.Access.Issue(role.Caller, temporary: true);

        Assert.Equal(200, world.Call(new InvokeRequest { FunctionName = "echo" }, key).StatusCode);
        var denied = Assert.Throws<AmazonLambdaException>(() => world.Call(new InvokeRequest { FunctionName = "other" }, key));
        Assert.Equal("AccessDeniedException", denied.ErrorCode);
        Assert.Equal(
            "User: arn:aws:sts::111122223333:assumed-role/invoker/session is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-central-1:111122223333:function:other because no identity-based policy allows the lambda:InvokeFunction action",
            denied.Message);
    }

    [Fact]
    public void Functions_are_listed_in_pages()
    {
        foreach (var name in new[] { "c", "a", "b" })
            world.Add(name, (payload, _) => Task.FromResult(payload));

        var first = List("MaxItems=2");
        var second = List("MaxItems=2&Marker=" + first["NextMarker"]!.GetValue<string>());

        Assert.Equal(["a", "b"], first["Functions"]!.AsArray().Select(function => function!["FunctionName"]!.GetValue<string>()));
        Assert.Equal("c", Assert.Single(second["Functions"]!.AsArray())!["FunctionName"]!.GetValue<string>());
        Assert.Null(second["NextMarker"]);
        Assert.Equal("value", first["Functions"]![0]!["Environment"]!["Variables"]!["OWN"]!.GetValue<string>());
    }

    private JsonNode List(string query)
    {
        var headers = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase)
            .Add("Authorization", $"AWS4-HMAC-SHA256 Credential={world.Cloud.Operator.AccessKeyId}/20260101/eu-central-1/lambda/aws4_request, SignedHeaders=host, Signature=0");
        var answer = world.Cloud.Time.Run(() => world.Cloud.Gateway.HandleAsync(new WireRequest("GET", "/2015-03-31/functions/", query, headers, default), CancellationToken.None));
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Body.Span)!;
    }

    private Func<string, ILambdaContext, Task<string>> Slow(int seconds) => async (_, _) =>
    {
        await world.Cloud.Time.Delay(TimeSpan.FromSeconds(seconds), CancellationToken.None).ConfigureAwait(false);
        return "null";
    };

    private TimeSpan Timed(Action act)
    {
        var before = world.Cloud.Time.GetUtcNow();
        act();
        return world.Cloud.Time.GetUtcNow() - before;
    }
}
