using System.Text.Json.Nodes;
using LocalAws.States;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class ParallelTests
{
    private const string Function = "\"Type\": \"Task\", \"Resource\": \"arn:aws:lambda:eu-central-1:111122223333:function:f\"";

    [Fact]
    public void Branches_run_side_by_side_and_their_results_keep_their_order()
    {
        var machine = Machine.Single(
            """
            { "Type": "Parallel", "End": true, "Branches": [
              { "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": 60, "Next": "A2" }, "A2": { "Type": "Pass", "Result": "a", "End": true } } },
              { "StartAt": "B", "States": { "B": { "Type": "Wait", "Seconds": 50, "End": true } } } ] }
            """);

        Assert.Equal("[\"a\",{\"in\":1}]", machine.Output("{\"in\":1}"));
        Assert.InRange(machine.Time.GetUtcNow() - machine.Time.Start, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(61));
    }

    [Fact]
    public void The_first_branch_that_fails_stops_the_others()
    {
        var machine = Machine.Of(
            """
            "S": { "Type": "Parallel", "End": true, "Branches": [
              { "StartAt": "Long", "States": { "Long": { "Type": "Wait", "Seconds": 600, "End": true } } },
              { "StartAt": "Short", "States": { "Short": { "Type": "Wait", "Seconds": 5, "Next": "Broken" }, "Broken": { "Type": "Fail", "Error": "Broken", "Cause": "of glass" } } } ],
              "Catch": [ { "ErrorEquals": ["Broken"], "Next": "Caught", "ResultPath": "$.e" } ] },
            "Caught": { "Type": "Succeed" }
            """,
            "S");

        var execution = machine.Run("{\"a\":1}");

        Assert.Equal("{\"a\":1,\"e\":{\"Error\":\"Broken\",\"Cause\":\"of glass\"}}", execution.Output);
        Assert.InRange(machine.Time.GetUtcNow() - machine.Time.Start, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
        Assert.Contains(execution.History.Events, e => e.Type == "WaitStateAborted");
        Assert.Null(machine.Time.NextDue);
    }

    [Fact]
    public void What_a_stopped_branch_had_called_goes_on_in_the_background()
    {
        var done = false;
        var machine = Machine.Single(
            $$"""
            { "Type": "Parallel", "End": true, "Branches": [
              { "StartAt": "Call", "States": { "Call": { {{Function}}, "End": true } } },
              { "StartAt": "Broken", "States": { "Broken": { "Type": "Fail", "Error": "Broken" } } } ] }
            """);

        Assert.Equal("Broken", machine.Error("{}", async (world, _) =>
        {
            await world.Time.Delay(TimeSpan.FromSeconds(30), CancellationToken.None).ConfigureAwait(false);
            done = true;
            return null;
        }));
        Assert.False(done);
        machine.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(done);
    }

    [Fact]
    public void A_parallel_can_be_retried_as_a_whole()
    {
        var left = 2;
        var machine = Machine.Single(
            $$"""
            { "Type": "Parallel", "End": true, "Retry": [ { "ErrorEquals": ["Busy"] } ], "Branches": [
              { "StartAt": "Call", "States": { "Call": { {{Function}}, "End": true } } } ] }
            """);

        Assert.Equal("[1]", machine.Output("{}", (_, _) => left-- > 0 ? throw new StateFailedException("Busy", null) : Task.FromResult<JsonNode?>(JsonValue.Create(1))));
        Assert.Equal(3, machine.Calls.Count);
    }

    [Fact]
    public void Branches_can_nest()
    {
        var machine = Machine.Single(
            """
            { "Type": "Parallel", "End": true, "Branches": [
              { "StartAt": "Inner", "States": { "Inner": { "Type": "Parallel", "End": true, "Branches": [
                  { "StartAt": "X", "States": { "X": { "Type": "Fail", "Error": "Deep" } } },
                  { "StartAt": "Y", "States": { "Y": { "Type": "Wait", "Seconds": 100, "End": true } } } ] } } },
              { "StartAt": "Z", "States": { "Z": { "Type": "Wait", "Seconds": 100, "End": true } } } ] }
            """);

        var execution = machine.Run();

        Assert.Equal("Deep", execution.Error);
        Assert.Equal(2, execution.History.Events.Count(e => e.Type == "WaitStateAborted"));
    }
}
