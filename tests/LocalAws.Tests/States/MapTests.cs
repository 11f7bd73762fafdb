using System.Text.Json.Nodes;
using LocalAws.States;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class MapTests
{
    private const string Echo = """ "ItemProcessor": { "ProcessorConfig": { "Mode": "INLINE" }, "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } } """;

    [Theory]
    [InlineData("", "[1,2]", "[1,2]")]
    [InlineData("", "[]", "[]")]
    [InlineData("\"ItemsPath\": \"$.list\",", "{\"list\":[{\"a\":1},null]}", "[{\"a\":1},null]")]
    [InlineData("\"InputPath\": \"$.in\", \"ItemsPath\": \"$.list\", \"ResultPath\": \"$.out\",", "{\"in\":{\"list\":[7]}}", "{\"in\":{\"list\":[7]},\"out\":[7]}")]
    [InlineData("\"ItemsPath\": \"$.list\", \"ItemSelector\": { \"i.$\": \"$$.Map.Item.Index\", \"v.$\": \"$$.Map.Item.Value\", \"all.$\": \"$.list\" },", "{\"list\":[5,6]}", "[{\"i\":0,\"v\":5,\"all\":[5,6]},{\"i\":1,\"v\":6,\"all\":[5,6]}]")]
    [InlineData("\"ItemsPath\": \"$.list\", \"Parameters\": { \"v.$\": \"$$.Map.Item.Value\" },", "{\"list\":[5]}", "[{\"v\":5}]")]
    [InlineData("\"ResultSelector\": { \"first.$\": \"$[0]\" },", "[3,4]", "{\"first\":3}")]
    public void A_map_runs_for_each_item(string fields, string input, string output) =>
        Assert.Equal(output, Machine.Single($"{{ \"Type\": \"Map\", {fields} {Echo}, \"End\": true }}").Output(input));

    [Fact]
    public void The_older_name_of_the_processor_works_too() => Assert.Equal(
        "[1]",
        Machine.Single("""{ "Type": "Map", "Iterator": { "StartAt": "I", "States": { "I": { "Type": "Succeed" } } }, "End": true }""").Output("[1]"));

    [Theory]
    [InlineData("", 1)]
    [InlineData("\"MaxConcurrency\": 2,", 3)]
    [InlineData("\"MaxConcurrencyPath\": \"$[0]\",", 6)]
    public void Only_so_many_run_at_once(string fields, int rounds)
    {
        var machine = Machine.Single($$"""{ "Type": "Map", {{fields}} "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Wait", "Seconds": 100, "End": true } } }, "End": true }""");

        machine.Output("[1,2,3,4,5,6]");

        Assert.InRange((machine.Time.GetUtcNow() - machine.Time.Start).TotalSeconds, rounds * 100, (rounds * 100) + 5);
    }

    [Fact]
    public void An_item_that_fails_stops_the_others()
    {
        var machine = Machine.Single(
            """
            { "Type": "Map", "End": true, "ItemProcessor": { "StartAt": "C", "States": {
                "C": { "Type": "Choice", "Choices": [ { "Variable": "$", "NumericEquals": 2, "Next": "Bad" } ], "Default": "W" },
                "W": { "Type": "Wait", "Seconds": 100, "End": true },
                "Bad": { "Type": "Fail", "Error": "Bad", "Cause": "two" } } } }
            """);

        var execution = machine.Run("[1,2,3]");

        Assert.Equal(("Bad", "two"), (execution.Error, execution.Cause));
        Assert.Equal(
            ["MapIterationAborted", "MapIterationAborted", "MapIterationFailed", "MapStateFailed"],
            execution.History.Events.Select(e => e.Type).Where(type => type.StartsWith("Map", StringComparison.Ordinal) && (type.EndsWith("Aborted", StringComparison.Ordinal) || type.EndsWith("Failed", StringComparison.Ordinal))).Order(StringComparer.Ordinal));
        Assert.InRange((machine.Time.GetUtcNow() - machine.Time.Start).TotalSeconds, 0, 1);
    }

    [Fact]
    public void What_is_no_list_cannot_be_mapped()
    {
        var execution = Machine.Single($"{{ \"Type\": \"Map\", \"ItemsPath\": \"$.a\", {Echo}, \"End\": true }}").Run("{\"a\":1}");

        Assert.Equal("States.Runtime", execution.Error);
        Assert.Contains("must point to array", execution.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_can_be_retried_and_caught()
    {
        var left = 1;
        var machine = Machine.Single(
            """
            { "Type": "Map", "End": true, "Retry": [ { "ErrorEquals": ["Busy"] } ],
              "ItemProcessor": { "StartAt": "T", "States": { "T": { "Type": "Task", "Resource": "arn:aws:lambda:r:1:function:f", "End": true } } } }
            """);

        Assert.Equal("[1,2]", machine.Output("[1,2]", (_, item) => left-- == 1 ? throw new StateFailedException("Busy", null) : Task.FromResult(item?.DeepClone() ?? (JsonNode?)null)));
    }
}
