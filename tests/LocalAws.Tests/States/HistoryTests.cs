using System.Text.Json.Nodes;
using LocalAws.States;
using LocalAws.States.Running;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class HistoryTests
{
    [Fact]
    public void A_task_is_scheduled_started_and_retried_in_the_history()
    {
        var left = 1;
        var machine = Machine.Single(
            """
            { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "f", "Payload.$": "$" }, "TimeoutSeconds": 30,
              "Retry": [ { "ErrorEquals": ["Busy"] } ], "End": true }
            """);

        var execution = machine.Run("{}", (_, _) => left-- > 0 ? throw new StateFailedException("Busy", "today") : Task.FromResult<JsonNode?>(JsonValue.Create(1)));

        Assert.Equal(
            [
                "1 after 0: ExecutionStarted", "2 after 0: TaskStateEntered", "3 after 2: TaskScheduled", "4 after 3: TaskStarted", "5 after 4: TaskFailed",
                "6 after 5: TaskScheduled", "7 after 6: TaskStarted", "8 after 7: TaskSucceeded", "9 after 8: TaskStateExited", "10 after 9: ExecutionSucceeded",
            ],
            Lines(execution));
        Assert.Equal(
            """{"resourceType":"lambda","resource":"invoke","region":"eu-central-1","parameters":"{\"FunctionName\":\"f\",\"Payload\":{}}","timeoutInSeconds":30}""",
            execution.History.Events[2].Details!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("taskFailedEventDetails", execution.History.Events[4].DetailsName);
        Assert.Equal("""{"resourceType":"lambda","resource":"invoke","error":"Busy","cause":"today"}""", execution.History.Events[4].Details!.ToJsonString());
    }

    [Fact]
    public void A_functions_own_arn_gives_the_older_events()
    {
        var machine = Machine.Single("""{ "Type": "Task", "Resource": "arn:aws:lambda:r:1:function:f", "End": true }""");

        var execution = machine.Run("{}", (_, _) => Task.FromResult<JsonNode?>(null));

        Assert.Equal(
            ["ExecutionStarted", "TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded", "TaskStateExited", "ExecutionSucceeded"],
            execution.History.Events.Select(e => e.Type));
        Assert.Equal("""{"resource":"arn:aws:lambda:r:1:function:f","input":"{}","inputDetails":{"truncated":false}}""", execution.History.Events[2].Details!.ToJsonString());
    }

    [Fact]
    public void A_time_out_and_its_catch_are_in_the_history()
    {
        var machine = Machine.Of(
            """
            "S": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "f" }, "TimeoutSeconds": 5, "Next": "Done",
                   "Catch": [ { "ErrorEquals": ["States.Timeout"], "Next": "Done" } ] },
            "Done": { "Type": "Succeed" }
            """,
            "S");

        var execution = machine.Run("{}", async (world, _) =>
        {
            await world.Time.Delay(TimeSpan.FromMinutes(1), CancellationToken.None).ConfigureAwait(false);
            return null;
        });

        Assert.Equal(
            ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskTimedOut", "TaskStateExited", "SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded"],
            execution.History.Events.Select(e => e.Type));
        Assert.Equal("""{"name":"S","output":"{\u0022Error\u0022:\u0022States.Timeout\u0022,\u0022Cause\u0022:\u0022\u0022}","outputDetails":{"truncated":false}}""", execution.History.Events[5].Details!.ToJsonString());
    }

    [Fact]
    public void Branches_follow_the_event_that_started_them()
    {
        var machine = Machine.Single(
            """
            { "Type": "Parallel", "End": true, "Branches": [
              { "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": 1, "End": true } } },
              { "StartAt": "B", "States": { "B": { "Type": "Wait", "Seconds": 2, "End": true } } } ] }
            """);

        var lines = Lines(machine.Run());

        Assert.Equal("3 after 2: ParallelStateStarted", lines[2]);
        Assert.Equal(2, lines.Count(line => line.EndsWith("after 3: WaitStateEntered", StringComparison.Ordinal)));
        Assert.Equal(["8 after 7: ParallelStateSucceeded", "9 after 8: ParallelStateExited", "10 after 9: ExecutionSucceeded"], lines[7..]);
    }

    private static string[] Lines(Execution execution) => [.. execution.History.Events.Select(e => $"{e.Id} after {e.PreviousId}: {e.Type}")];
}
