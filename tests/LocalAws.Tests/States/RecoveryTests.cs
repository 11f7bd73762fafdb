using System.Text.Json.Nodes;
using LocalAws.States;
using LocalAws.States.Running;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class RecoveryTests
{
    private const string Function = "\"Type\": \"Task\", \"Resource\": \"arn:aws:lambda:eu-central-1:111122223333:function:f\"";

    [Fact]
    public void Retries_wait_longer_each_time_up_to_the_longest()
    {
        var machine = Retrying("{ \"ErrorEquals\": [\"Busy\"], \"IntervalSeconds\": 2, \"MaxAttempts\": 5, \"BackoffRate\": 3, \"MaxDelaySeconds\": 20 }");

        Assert.Equal("Busy", machine.Error("{}", Fails("Busy")));
        Assert.Equal([2, 6, 18, 20, 20], Waits(machine));
    }

    [Fact]
    public void The_defaults_are_three_retries_after_one_two_and_four_seconds()
    {
        var machine = Retrying("{ \"ErrorEquals\": [\"Busy\"] }");

        machine.Error("{}", Fails("Busy"));
        Assert.Equal([1, 2, 4], Waits(machine));
    }

    [Fact]
    public void Full_jitter_draws_each_wait_below_its_full_length()
    {
        var waits = Enumerable.Range(0, 50).Select(seed =>
        {
            var machine = Retrying("{ \"ErrorEquals\": [\"Busy\"], \"IntervalSeconds\": 10, \"MaxAttempts\": 2, \"JitterStrategy\": \"FULL\" }", seed);
            machine.Error("{}", Fails("Busy"));
            return Waits(machine);
        }).ToList();

        Assert.All(waits, wait => Assert.InRange(wait[0], 0, 10));
        Assert.All(waits, wait => Assert.InRange(wait[1], 0, 20));
        Assert.True(waits.Select(wait => wait[1]).Max() > 15 && waits.Select(wait => wait[1]).Min() < 5);
        Assert.True(waits.Select(wait => wait[0]).Distinct().Count() > 40);
    }

    [Fact]
    public void Each_retrier_counts_its_own_attempts()
    {
        var errors = new Queue<string>(["A", "B", "A", "B"]);
        var machine = Retrying("{ \"ErrorEquals\": [\"A\"], \"MaxAttempts\": 2, \"IntervalSeconds\": 1 }, { \"ErrorEquals\": [\"B\"], \"MaxAttempts\": 2, \"IntervalSeconds\": 5 }");

        var output = machine.Output("{}", (_, _) => errors.TryDequeue(out var error) ? throw new StateFailedException(error, null) : Task.FromResult<JsonNode?>(JsonValue.Create("done")));

        Assert.Equal("\"done\"", output);
        Assert.Equal([1, 5, 2, 10], Waits(machine));
    }

    [Fact]
    public void A_matching_retrier_that_is_used_up_leaves_the_error_to_the_catchers()
    {
        var machine = Machine.Of(
            $$"""
            "S": { {{Function}}, "End": true, "Retry": [ { "ErrorEquals": ["Busy"], "MaxAttempts": 0 }, { "ErrorEquals": ["States.ALL"] } ],
                   "Catch": [ { "ErrorEquals": ["Other"], "Next": "Wrong" }, { "ErrorEquals": ["Busy"], "Next": "Caught", "ResultPath": "$.error" } ] },
            "Wrong": { "Type": "Fail" },
            "Caught": { "Type": "Succeed" }
            """,
            "S");

        Assert.Equal("{\"a\":1,\"error\":{\"Error\":\"Busy\",\"Cause\":\"why\"}}", machine.Output("{\"a\":1}", Fails("Busy", "why")));
        Assert.Single(machine.Calls);
    }

    [Theory]
    [InlineData("States.ALL", "Custom", true)]
    [InlineData("States.ALL", "States.Timeout", true)]
    [InlineData("States.ALL", "States.Runtime", false)]
    [InlineData("States.ALL", "States.DataLimitExceeded", false)]
    [InlineData("States.DataLimitExceeded", "States.DataLimitExceeded", true)]
    [InlineData("States.Runtime", "States.Runtime", false)]
    [InlineData("States.TaskFailed", "Custom", true)]
    [InlineData("States.TaskFailed", "States.Timeout", false)]
    [InlineData("States.TaskFailed", "States.HeartbeatTimeout", false)]
    [InlineData("States.Timeout", "States.Timeout", true)]
    [InlineData("Custom", "Custom", true)]
    [InlineData("custom", "Custom", false)]
    public void Error_names_cover_what_the_language_says(string name, string error, bool caught)
    {
        var machine = Catching(name);

        Assert.Equal(caught ? ExecutionStatus.Succeeded : ExecutionStatus.Failed, machine.Run("{}", Fails(error)).Status);
    }

    [Fact]
    public void A_task_over_its_time_fails_with_a_timeout()
    {
        var machine = Catching("States.Timeout", "\"TimeoutSeconds\": 30,");

        Assert.Equal("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}", machine.Output("{}", Slow(31)));
        Assert.Equal("\"late\"", machine.Output("{}", Slow(29)));
    }

    [Fact]
    public void A_time_limit_may_come_from_the_input()
    {
        var machine = Catching("States.Timeout", "\"TimeoutSecondsPath\": \"$.limit\",");

        Assert.Equal("{\"Error\":\"States.Timeout\",\"Cause\":\"\"}", machine.Output("{\"limit\":5}", Slow(6)));
        Assert.Equal("\"late\"", machine.Output("{\"limit\":7}", Slow(6)));
        Assert.Equal("States.Runtime", machine.Error("{\"limit\":\"7\"}", Slow(6)));
    }

    [Fact]
    public void A_task_without_heartbeats_is_given_up()
    {
        var machine = Catching("States.HeartbeatTimeout", "\"TimeoutSeconds\": 30, \"HeartbeatSeconds\": 10,");

        Assert.Equal("{\"Error\":\"States.HeartbeatTimeout\",\"Cause\":\"\"}", machine.Output("{}", Slow(11)));
    }

    [Fact]
    public void A_caught_error_can_be_discarded() =>
        Assert.Equal("{\"a\":1}", Catching("States.ALL", catcher: "\"ResultPath\": null,").Output("{\"a\":1}", Fails("Busy")));

    [Fact]
    public void The_context_counts_retries()
    {
        var seen = new List<string>();
        var machine = Machine.Single($$$"""{ {{{Function}}}, "End": true, "Parameters": { "n.$": "$$.State.RetryCount" }, "Retry": [ { "ErrorEquals": ["States.ALL"] } ] }""");

        machine.Error("{}", (_, parameters) =>
        {
            seen.Add(parameters!.ToJsonString());
            throw new StateFailedException("Busy", null);
        });

        Assert.Equal(["{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}"], seen);
    }

    private static Machine Retrying(string retriers, int seed = 1) => Machine.Single($"{{ {Function}, \"End\": true, \"Retry\": [ {retriers} ] }}", seed);

    private static Machine Catching(string error, string fields = "", string catcher = "") => Machine.Of(
        $$"""
        "S": { {{fields}} {{Function}}, "End": true, "Catch": [ { "ErrorEquals": ["{{error}}"], {{catcher}} "Next": "Caught" } ] },
        "Caught": { "Type": "Succeed" }
        """,
        "S");

    private static Func<Machine, JsonNode?, Task<JsonNode?>> Fails(string error, string? cause = null) => (_, _) => throw new StateFailedException(error, cause);

    private static Func<Machine, JsonNode?, Task<JsonNode?>> Slow(int seconds) => async (machine, _) =>
    {
        await machine.Time.Delay(TimeSpan.FromSeconds(seconds), CancellationToken.None).ConfigureAwait(false);
        return JsonValue.Create("late");
    };

    private static double[] Waits(Machine machine) =>
        [.. machine.Calls.Zip(machine.Calls.Skip(1), (earlier, later) => (later - earlier).TotalSeconds)];
}
