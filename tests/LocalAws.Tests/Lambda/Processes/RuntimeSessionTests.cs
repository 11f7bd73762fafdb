using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Lambda;
using LocalAws.Lambda.Processes;
using Xunit;

namespace LocalAws.Tests.Lambda.Processes;

public sealed class RuntimeSessionTests
{
    private readonly RuntimeSession session = new(() => { });

    [Fact]
    public void A_runtime_is_started_when_it_asks_for_its_first_event_and_waits_until_there_is_one()
    {
        Assert.False(session.Started.IsCompleted);

        var next = Next();

        Assert.True(session.Started.IsCompletedSuccessfully);
        Assert.Null(next.Answer);
        Assert.False(session.IsBusy);
    }

    [Fact]
    public void An_event_comes_with_what_the_service_says_of_it()
    {
        var next = Next();
        _ = Invoke("one", "[1]");

        Assert.Equal((200, "[1]"), (next.Answer!.Status, Encoding.UTF8.GetString(next.Answer.Body.Span)));
        Assert.Equal("one", next.Answer.Headers["Lambda-Runtime-Aws-Request-Id"]);
        Assert.Equal("1767254400000", next.Answer.Headers["Lambda-Runtime-Deadline-Ms"]);
        Assert.Equal("arn:of:function", next.Answer.Headers["Lambda-Runtime-Invoked-Function-Arn"]);
        Assert.Equal("Root=1", next.Answer.Headers["Lambda-Runtime-Trace-Id"]);
    }

    [Fact]
    public async Task An_invocation_has_ended_when_the_runtime_asks_for_another_event()
    {
        Next();
        var invoked = Invoke("one");

        Assert.Equal(202, Post("invocation/one/response", "{\"a\":1}"));
        Assert.False(invoked.IsCompleted);
        Next();

        Assert.Equal(("{\"a\":1}", false), await Of(invoked));
    }

    [Fact]
    public async Task An_error_is_handed_on_as_the_runtime_wrote_it()
    {
        Next();
        var invoked = Invoke("one");

        Assert.Equal(202, Post("invocation/one/error", """{"errorType":"Mine","own":1}"""));
        Next();

        Assert.Equal(("""{"errorType":"Mine","own":1}""", true), await Of(invoked));
    }

    [Fact]
    public async Task An_error_without_a_body_is_known_by_its_header()
    {
        Next();
        var invoked = Invoke("one");

        Post("invocation/one/error", "", "Extension.Mine");
        Next();

        Assert.Equal(("""{"errorType":"Extension.Mine"}""", true), await Of(invoked));
    }

    [Fact]
    public async Task Only_the_current_invocation_is_answered_and_only_once()
    {
        Next();
        var invoked = Invoke("one");

        Assert.Equal(400, Post("invocation/two/response", "1"));
        Assert.Equal(202, Post("invocation/one/response", "2"));
        Assert.Equal(403, Post("invocation/one/response", "3"));
        Assert.Equal(403, Post("invocation/one/error", "{}"));
        Next();

        Assert.Equal(("2", false), await Of(invoked));
    }

    [Fact]
    public void Asking_for_an_event_before_the_current_one_is_answered_is_forbidden()
    {
        Next();
        _ = Invoke("one");

        Assert.Equal(403, Next().Answer!.Status);
    }

    [Theory]
    [InlineData(0, 202, false)]
    [InlineData(1, 413, true)]
    public async Task A_response_may_have_six_megabytes(int more, int status, bool failed)
    {
        Next();
        var invoked = Invoke("one");

        Assert.Equal(status, Post("invocation/one/response", new string(' ', RuntimeSession.MostBytes + more)));
        Next();

        var (payload, isError) = await Of(invoked);
        Assert.Equal(failed, isError);
        Assert.Equal(failed, payload.Contains("Function.ResponseSizeTooLarge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_init_tells_why_and_cannot_be_told_twice()
    {
        Assert.Equal(202, Post("init/error", """{"errorType":"NoConfig"}"""));

        Assert.Equal("""{"errorType":"NoConfig"}""", Encoding.UTF8.GetString((await session.Started)!.Payload.Span));
        Assert.Equal(403, Post("init/error", "{}"));
        Assert.True(session.HasEnded);
    }

    [Fact]
    public void Init_has_not_failed_once_an_event_was_asked_for()
    {
        Next();

        Assert.Equal(403, Post("init/error", "{}"));
    }

    [Theory]
    [InlineData(0, "RequestId: one Error: Runtime exited without providing a reason")]
    [InlineData(1, "RequestId: one Error: Runtime exited with error: exit status 1")]
    [InlineData(137, "RequestId: one Error: Runtime exited with error: signal: killed")]
    public async Task A_runtime_that_is_gone_has_failed_its_invocation(int code, string message)
    {
        Next();
        var invoked = Invoke("one");

        session.End(() => FunctionOutcome.Error(FunctionErrors.Exited("one", code)));

        var error = JsonNode.Parse((await Of(invoked)).Payload)!;
        Assert.Equal(("Runtime.ExitError", message), (error["errorType"]!.GetValue<string>(), error["errorMessage"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_runtime_that_is_gone_before_its_first_event_has_failed_to_start()
    {
        session.End(() => FunctionOutcome.Error(FunctionErrors.Exited("one", 1)));

        Assert.True((await session.Started)!.Failed);
    }

    [Fact]
    public async Task A_runtime_that_ends_after_its_response_has_responded()
    {
        Next();
        var invoked = Invoke("one");
        Post("invocation/one/response", "1");

        session.End(() => FunctionOutcome.Error(FunctionErrors.Exited("one", 0)));

        Assert.Equal(("1", false), await Of(invoked));
        Assert.True(session.HasEnded);
    }

    [Theory]
    [InlineData("GET", "runtime/invocation/one/response")]
    [InlineData("POST", "runtime/invocation/next")]
    [InlineData("GET", "runtime")]
    public async Task There_is_nothing_else(string method, string path)
    {
        RuntimeAnswer? answer = null;
        session.Handle(new(method, path, null, default), given => answer = given);

        Assert.Equal(404, answer!.Status);
    }

    private static async Task<(string Payload, bool Failed)> Of(Task<FunctionOutcome> invoked)
    {
        Assert.True(invoked.IsCompletedSuccessfully);
        var outcome = await invoked;
        return (Encoding.UTF8.GetString(outcome.Payload.Span), outcome.Failed);
    }

    private Asked Next()
    {
        var asked = new Asked();
        session.Handle(new("GET", "runtime/invocation/next", null, default), answer => asked.Answer = answer);
        return asked;
    }

    private Task<FunctionOutcome> Invoke(string id, string payload = "{}") =>
        session.InvokeAsync(new(id, Encoding.UTF8.GetBytes(payload), new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero), "arn:of:function", "Root=1"));

    private int Post(string path, string body, string? errorType = null)
    {
        var status = 0;
        session.Handle(new("POST", $"runtime/{path}", errorType, Encoding.UTF8.GetBytes(body)), answer => status = answer.Status);
        return status;
    }

    private sealed class Asked
    {
        public RuntimeAnswer? Answer { get; set; }
    }
}
