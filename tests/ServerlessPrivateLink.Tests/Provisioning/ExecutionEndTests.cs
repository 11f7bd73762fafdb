using System.Collections.Immutable;
using System.Text.Json;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class ExecutionEndTests
{
    private const string Execution = "arn:aws:states:eu-central-1:111122223333:execution:prod-Provision:run-7";

    [Theory]
    [InlineData("TIMED_OUT", Severity.Critical, "ran out of time")]
    [InlineData("ABORTED", Severity.Warning, "was stopped")]
    [InlineData("FAILED", Severity.Critical, "failed")]
    public void An_end_that_the_machine_could_not_tell_is_told(string status, Severity severity, string words)
    {
        var end = Read(status, cause: "the state machine's own words");

        Assert.True(end.IsUntold);
        Assert.Equal(("execution.ended", severity, "orders"), (end.Alert.Event, end.Alert.Severity, end.Alert.Link));
        Assert.Equal($"The execution run-7 of the state machine prod-Provision {words}.", end.Alert.Sentence);
        Assert.Equal("the state machine's own words", end.Alert.Facts["cause"]);
    }

    [Fact]
    public void A_failure_of_which_an_alert_was_published_is_not_told_again()
    {
        var report = new FailureReport("orders", Execution, "PlanLink", "LinkRefusedException", "Because.", "Do this.", ImmutableSortedDictionary<string, string>.Empty, []);

        Assert.False(Read("FAILED", report.Cause).IsUntold);
        Assert.True(Read("ABORTED").IsUntold);
    }

    [Theory]
    [InlineData("SUCCEEDED")]
    [InlineData("RUNNING")]
    [InlineData("")]
    public void Any_other_state_is_nobodys_news(string status) => Assert.False(Read(status).IsUntold);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "detail": null }""")]
    [InlineData("""{ "detail": { "status": "FAILED" } }""")]
    public void What_is_no_such_event_is_nothing(string text) => Assert.Null(ExecutionEnd.Read(JsonDocument.Parse(text).RootElement));

    [Fact]
    public void Without_a_link_in_its_input_it_is_told_all_the_same() => Assert.Equal("", Read("FAILED", input: "no JSON").Alert.Link);

    [Fact]
    public void A_long_cause_is_cut() => Assert.Equal(1_000, Read("FAILED", new string('x', 5_000)).Alert.Facts["cause"].Length);

    private static ExecutionEnd Read(string status, string cause = "", string input = """{ "name": "orders" }""")
    {
        var text = JsonSerializer.Serialize(new { detail = new { executionArn = Execution, status, cause, input } });
        return ExecutionEnd.Read(JsonDocument.Parse(text).RootElement)!;
    }
}
