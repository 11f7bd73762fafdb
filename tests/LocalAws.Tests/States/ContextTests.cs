using Xunit;

namespace LocalAws.Tests.States;

public sealed class ContextTests
{
    [Theory]
    [InlineData("$$.Execution.Id", "\"arn:aws:states:eu-central-1:111122223333:execution:machine:run\"")]
    [InlineData("$$.Execution.Name", "\"run\"")]
    [InlineData("$$.Execution.Input", "{\"a\":1}")]
    [InlineData("$$.Execution.Input.a", "1")]
    [InlineData("$$.Execution.RoleArn", "\"arn:aws:iam::111122223333:role/machine\"")]
    [InlineData("$$.Execution.StartTime", "\"2026-01-01T08:00:00.000Z\"")]
    [InlineData("$$.State.Name", "\"S\"")]
    [InlineData("$$.StateMachine.Id", "\"arn:aws:states:eu-central-1:111122223333:stateMachine:machine\"")]
    [InlineData("$$.StateMachine.Name", "\"machine\"")]
    public void The_context_object_says_where_one_is(string path, string value) =>
        Assert.Equal(value, Machine.Single($$"""{ "Type": "Pass", "Parameters": { "x.$": "{{path}}" }, "OutputPath": "$.x", "End": true }""").Output("{\"a\":1}"));

    [Fact]
    public void The_time_of_entering_is_the_states_own()
    {
        var machine = Machine.Of(
            """
            "W": { "Type": "Wait", "Seconds": 60, "Next": "S" },
            "S": { "Type": "Pass", "Parameters": { "x.$": "$$.State.EnteredTime" }, "OutputPath": "$.x", "End": true }
            """,
            "W");

        Assert.StartsWith("\"2026-01-01T08:01:00.", machine.Output(), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_are_seen_by_later_states_and_by_branches_but_not_outside_them()
    {
        var machine = Machine.Of(
            """
            "A": { "Type": "Pass", "Assign": { "x.$": "$.n", "y": { "z": 1 } }, "Next": "P" },
            "P": { "Type": "Parallel", "Next": "B", "ResultPath": "$.p", "Branches": [
                { "StartAt": "I", "States": { "I": { "Type": "Pass", "Assign": { "x": 9 }, "Next": "J" },
                                              "J": { "Type": "Pass", "Parameters": { "x.$": "$x" }, "End": true } } } ] },
            "B": { "Type": "Pass", "Parameters": { "x.$": "$x", "z.$": "$y.z", "p.$": "$.p" }, "End": true }
            """,
            "A");

        Assert.Equal("{\"x\":4,\"z\":1,\"p\":[{\"x\":9}]}", machine.Output("{\"n\":4}"));
    }

    [Fact]
    public void A_variable_that_was_never_assigned_fails_the_execution()
    {
        var execution = Machine.Single("""{ "Type": "Pass", "Parameters": { "x.$": "$nope" }, "End": true }""").Run();

        Assert.Equal("States.Runtime", execution.Error);
        Assert.Contains("$nope", execution.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Error\": \"E\", \"Cause\": \"C\"", "E", "C")]
    [InlineData("\"ErrorPath\": \"$.e\", \"CausePath\": \"States.Format('{}!', $.c)\"", "in", "why!")]
    [InlineData("\"Error\": \"E\"", "E", null)]
    [InlineData("\"Cause\": \"C\"", null, "C")]
    [InlineData("\"ErrorPath\": \"$$.State.Name\"", "S", null)]
    public void A_fail_says_why(string fields, string? error, string? cause)
    {
        var execution = Machine.Single($"{{ \"Type\": \"Fail\", {fields} }}").Run("""{"e":"in","c":"why"}""");

        Assert.Equal((error, cause), (execution.Error, execution.Cause));
        Assert.Equal(["ExecutionStarted", "FailStateEntered", "ExecutionFailed"], execution.History.Events.Select(e => e.Type));
    }
}
