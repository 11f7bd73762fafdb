using LocalAws.States.Running;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class WaitTests
{
    [Theory]
    [InlineData("\"Seconds\": 90", 90)]
    [InlineData("\"Seconds\": 0", 0)]
    [InlineData("\"SecondsPath\": \"$.n\"", 7)]
    [InlineData("\"Timestamp\": \"2026-01-01T08:10:00Z\"", 600)]
    [InlineData("\"TimestampPath\": \"$.at\"", 3600)]
    [InlineData("\"Timestamp\": \"2025-01-01T08:10:00Z\"", 0)]
    public void A_wait_takes_its_time_and_passes_its_input_on(string until, int seconds)
    {
        var machine = Machine.Single($"{{ \"Type\": \"Wait\", {until}, \"End\": true }}");

        Assert.Equal("""{"n":7,"at":"2026-01-01T10:00:00+01:00"}""", machine.Output("""{"n":7,"at":"2026-01-01T10:00:00+01:00"}"""));
        Assert.InRange((machine.Time.GetUtcNow() - machine.Time.Start).TotalSeconds, seconds, seconds + 0.1);
    }

    [Theory]
    [InlineData("\"SecondsPath\": \"$.text\"")]
    [InlineData("\"SecondsPath\": \"$.negative\"")]
    [InlineData("\"TimestampPath\": \"$.text\"")]
    [InlineData("\"TimestampPath\": \"$.nope\"")]
    public void A_wait_for_no_time_fails(string until) =>
        Assert.Equal("States.Runtime", Machine.Single($"{{ \"Type\": \"Wait\", {until}, \"End\": true }}").Error("""{"text":"soon","negative":-1}"""));

    [Fact]
    public void A_machine_over_its_time_times_out()
    {
        var machine = new Machine("""{ "StartAt": "S", "TimeoutSeconds": 60, "States": { "S": { "Type": "Wait", "Seconds": 61, "End": true } } }""");

        var execution = machine.Run();

        Assert.Equal(ExecutionStatus.TimedOut, execution.Status);
        Assert.Equal(TimeSpan.FromSeconds(60), execution.StopDate - execution.StartDate);
        Assert.Equal(["ExecutionStarted", "WaitStateEntered", "WaitStateAborted", "ExecutionTimedOut"], execution.History.Events.Select(e => e.Type));
        Assert.Null(machine.Time.NextDue);
    }

    [Fact]
    public void An_execution_can_be_stopped_once()
    {
        var machine = Machine.Single("{ \"Type\": \"Wait\", \"Seconds\": 600, \"End\": true }");
        var execution = machine.Begin("{}");
        machine.Time.Advance(TimeSpan.FromSeconds(10));

        machine.Time.Run(() =>
        {
            execution.Stop("Enough", "of this");
            execution.Stop("Again", null);
            return execution.Ended;
        });

        Assert.Equal((ExecutionStatus.Aborted, "Enough", "of this"), (execution.Status, execution.Error, execution.Cause));
        Assert.Equal("ExecutionAborted", execution.History.Events[^1].Type);
        Assert.True(execution.Ended.IsCompletedSuccessfully);
    }

    [Fact]
    public void An_execution_that_has_ended_cannot_be_stopped()
    {
        var execution = Machine.Single("{ \"Type\": \"Succeed\" }").Run();

        execution.Stop("Late", null);

        Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
    }

    [Fact]
    public void Too_many_events_end_an_execution()
    {
        var machine = Machine.Of(
            """
            "S": { "Type": "Pass", "Next": "C" },
            "C": { "Type": "Choice", "Choices": [ { "Variable": "$.stop", "IsPresent": true, "Next": "End" } ], "Default": "S" },
            "End": { "Type": "Succeed" }
            """,
            "S");

        var execution = machine.Run();

        Assert.Equal("States.Runtime", execution.Error);
        Assert.Contains("maximum number of history events", execution.Cause, StringComparison.Ordinal);
        Assert.Equal(25_000, execution.History.Events.Length);
    }
}
