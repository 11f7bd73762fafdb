using Xunit;

namespace LocalAws.Tests.States;

public sealed class ChoiceTests
{
    internal const string Input = """
        {"text":"hello","same":"hello","later":"world","n":5,"five":5.0,"ten":10,"yes":true,"no":false,"nothing":null,
        "time":"2026-03-01T10:00:00Z","sameTime":"2026-03-01T11:00:00+01:00","laterTime":"2026-03-01T10:00:00.001Z","star":"a*b","list":[1,2]}
        """;

    [Theory]
    [InlineData("text", "\"StringEquals\": \"hello\"", true)]
    [InlineData("text", "\"StringEquals\": \"Hello\"", false)]
    [InlineData("n", "\"StringEquals\": \"5\"", false)]
    [InlineData("text", "\"StringEqualsPath\": \"$.same\"", true)]
    [InlineData("text", "\"StringLessThan\": \"world\"", true)]
    [InlineData("text", "\"StringLessThanPath\": \"$.same\"", false)]
    [InlineData("text", "\"StringLessThanEqualsPath\": \"$.same\"", true)]
    [InlineData("later", "\"StringGreaterThanPath\": \"$.text\"", true)]
    [InlineData("text", "\"StringGreaterThanEquals\": \"hellp\"", false)]
    [InlineData("text", "\"StringGreaterThan\": \"Z\"", true)]
    [InlineData("text", "\"StringMatches\": \"h*o\"", true)]
    [InlineData("text", "\"StringMatches\": \"hello*\"", true)]
    [InlineData("text", "\"StringMatches\": \"h.*o\"", false)]
    [InlineData("text", "\"StringMatches\": \"ell\"", false)]
    [InlineData("star", "\"StringMatches\": \"a\\\\*b\"", true)]
    [InlineData("text", "\"StringMatches\": \"h\\\\*o\"", false)]
    [InlineData("n", "\"NumericEquals\": 5.0", true)]
    [InlineData("n", "\"NumericEqualsPath\": \"$.five\"", true)]
    [InlineData("text", "\"NumericEquals\": 5", false)]
    [InlineData("n", "\"NumericLessThan\": 5", false)]
    [InlineData("n", "\"NumericLessThanPath\": \"$.ten\"", true)]
    [InlineData("n", "\"NumericLessThanEquals\": 5", true)]
    [InlineData("n", "\"NumericGreaterThan\": 4.9", true)]
    [InlineData("n", "\"NumericGreaterThanEqualsPath\": \"$.ten\"", false)]
    [InlineData("n", "\"NumericGreaterThanPath\": \"$.text\"", false)]
    [InlineData("yes", "\"BooleanEquals\": true", true)]
    [InlineData("no", "\"BooleanEquals\": true", false)]
    [InlineData("text", "\"BooleanEquals\": false", false)]
    [InlineData("no", "\"BooleanEqualsPath\": \"$.no\"", true)]
    [InlineData("time", "\"TimestampEquals\": \"2026-03-01T10:00:00Z\"", true)]
    [InlineData("time", "\"TimestampEqualsPath\": \"$.sameTime\"", true)]
    [InlineData("time", "\"TimestampLessThanPath\": \"$.laterTime\"", true)]
    [InlineData("time", "\"TimestampLessThanEquals\": \"2026-03-01T09:59:59Z\"", false)]
    [InlineData("laterTime", "\"TimestampGreaterThanPath\": \"$.time\"", true)]
    [InlineData("time", "\"TimestampGreaterThanEquals\": \"2026-03-01T10:00:00Z\"", true)]
    [InlineData("text", "\"TimestampEquals\": \"2026-03-01T10:00:00Z\"", false)]
    [InlineData("nothing", "\"IsNull\": true", true)]
    [InlineData("text", "\"IsNull\": false", true)]
    [InlineData("nothing", "\"IsPresent\": true", true)]
    [InlineData("nope", "\"IsPresent\": false", true)]
    [InlineData("nope", "\"IsPresent\": true", false)]
    [InlineData("list[1]", "\"IsPresent\": true", true)]
    [InlineData("list[2]", "\"IsPresent\": true", false)]
    [InlineData("n", "\"IsNumeric\": true", true)]
    [InlineData("text", "\"IsNumeric\": true", false)]
    [InlineData("text", "\"IsString\": true", true)]
    [InlineData("nothing", "\"IsString\": true", false)]
    [InlineData("no", "\"IsBoolean\": true", true)]
    [InlineData("n", "\"IsBoolean\": false", true)]
    [InlineData("time", "\"IsTimestamp\": true", true)]
    [InlineData("text", "\"IsTimestamp\": true", false)]
    public void A_comparison_holds_or_not(string variable, string comparison, bool holds) =>
        Assert.Equal(holds ? "\"matched\"" : "\"other\"", Choose($"\"Variable\": \"$.{variable}\", {comparison}").Output(Input));

    [Theory]
    [InlineData("""  "And": [ { "Variable": "$.n", "NumericEquals": 5 }, { "Variable": "$.text", "IsString": true } ] """, true)]
    [InlineData("""  "And": [ { "Variable": "$.n", "NumericEquals": 6 }, { "Variable": "$.nope", "IsString": true } ] """, false)]
    [InlineData("""  "Or": [ { "Variable": "$.n", "NumericEquals": 6 }, { "Variable": "$.text", "IsString": true } ] """, true)]
    [InlineData("""  "Or": [ { "Variable": "$.n", "NumericEquals": 5 }, { "Variable": "$.nope", "IsString": true } ] """, true)]
    [InlineData("""  "Not": { "Variable": "$.n", "NumericEquals": 5 } """, false)]
    [InlineData("""  "Not": { "Or": [ { "Variable": "$.n", "NumericEquals": 6 }, { "Not": { "Variable": "$.yes", "BooleanEquals": true } } ] } """, true)]
    public void Conditions_combine_and_stop_as_soon_as_they_are_decided(string condition, bool holds) =>
        Assert.Equal(holds ? "\"matched\"" : "\"other\"", Choose(condition).Output(Input));

    [Theory]
    [InlineData("\"Variable\": \"$.nope\", \"StringEquals\": \"a\"")]
    [InlineData("\"Variable\": \"$.nope\", \"IsNull\": true")]
    [InlineData("\"Variable\": \"$.text\", \"StringEqualsPath\": \"$.nope\"")]
    public void A_variable_that_is_not_there_fails_the_execution(string condition)
    {
        var execution = Choose(condition).Run(Input);

        Assert.Equal("States.Runtime", execution.Error);
        Assert.Equal("An error occurred while executing the state 'S' (entered at the event id #2). Invalid path '$.nope': The choice state's condition path references an invalid value.", execution.Cause);
    }

    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var machine = Machine.Of(
            """
            "S": { "Type": "Choice", "Choices": [
                { "Variable": "$.n", "NumericGreaterThan": 1, "Next": "First" }, { "Variable": "$.n", "NumericGreaterThan": 0, "Next": "Second" } ] },
            "First": { "Type": "Pass", "Result": 1, "End": true },
            "Second": { "Type": "Pass", "Result": 2, "End": true }
            """,
            "S");

        Assert.Equal("1", machine.Output(Input));
        Assert.Equal("States.NoChoiceMatched", machine.Error("{\"n\":0}"));
    }

    [Fact]
    public void A_choice_can_loop_back()
    {
        var machine = Machine.Of(
            """
            "Add": { "Type": "Pass", "Parameters": { "n.$": "States.MathAdd($.n, 1)" }, "Next": "S" },
            "S": { "Type": "Choice", "Choices": [ { "Variable": "$.n", "NumericLessThan": 10, "Next": "Add" } ], "Default": "Done", "OutputPath": "$" },
            "Done": { "Type": "Succeed", "OutputPath": "$.n" }
            """,
            "Add");

        Assert.Equal("10", machine.Output("{\"n\":0}"));
    }

    internal static string Choice(string condition) =>
        $$"""
        { "StartAt": "S", "States": {
          "S": { "Type": "Choice", "Choices": [ { {{condition}}, "Next": "Matched" } ], "Default": "Other" },
          "Matched": { "Type": "Pass", "Result": "matched", "End": true },
          "Other": { "Type": "Pass", "Result": "other", "End": true } } }
        """;

    private static Machine Choose(string condition) => new(Choice(condition));
}
