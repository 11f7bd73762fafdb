using Xunit;

namespace LocalAws.Tests.States;

public sealed class IntrinsicTests
{
    internal const string Input = """{"name":"Ada","n":3,"list":[1,2,3,3],"object":{"a":{"x":1},"b":2},"other":{"a":{"y":2},"c":3},"text":"{\"k\":[1]}","nothing":null}""";

    [Theory]
    [InlineData("States.Format('Hi {}, {} of {}', $.name, 1, $.n)", "\"Hi Ada, 1 of 3\"")]
    [InlineData("States.Format('plain')", "\"plain\"")]
    [InlineData("States.Format('\\\\{{}\\\\}', $.n)", "\"{3}\"")]
    [InlineData("States.Format('it\\\\'s {} {} {}', true, null, $.object)", "\"it's true null {\\\"a\\\":{\\\"x\\\":1},\\\"b\\\":2}\"")]
    [InlineData("States.StringToJson($.text)", "{\"k\":[1]}")]
    [InlineData("States.JsonToString($.object)", "\"{\\\"a\\\":{\\\"x\\\":1},\\\"b\\\":2}\"")]
    [InlineData("States.Array()", "[]")]
    [InlineData("States.Array($.n, 'x', 1.5, true, null, $.object.b)", "[3,\"x\",1.5,true,null,2]")]
    [InlineData("States.Array(true, null)", "[true,null]")]
    [InlineData("States.ArrayPartition($.list, 3)", "[[1,2,3],[3]]")]
    [InlineData("States.ArrayContains($.list, 2)", "true")]
    [InlineData("States.ArrayContains($.list, 2.0)", "true")]
    [InlineData("States.ArrayContains($.list, '2')", "false")]
    [InlineData("States.ArrayRange(1, 9, 2)", "[1,3,5,7,9]")]
    [InlineData("States.ArrayRange(3, -1, -2)", "[3,1,-1]")]
    [InlineData("States.ArrayRange(3, 1, 1)", "[]")]
    [InlineData("States.ArrayGetItem($.list, 1)", "2")]
    [InlineData("States.ArrayLength($.list)", "4")]
    [InlineData("States.ArrayUnique(States.Array(1, 1.0, '1', $.list, $.list))", "[1,\"1\",[1,2,3,3]]")]
    [InlineData("States.ArrayUnique(States.Array(1, true))", "[1,true]")]
    [InlineData("States.Base64Encode('Data to encode')", "\"RGF0YSB0byBlbmNvZGU=\"")]
    [InlineData("States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", "\"Data to encode\"")]
    [InlineData("States.Base64Decode(States.Base64Encode('üß'))", "\"üß\"")]
    [InlineData("States.Hash('input data', 'SHA-1')", "\"aaff4a450a104cd177d28d18d74485e8cae074b7\"")]
    [InlineData("States.Hash('input data', 'MD5')", "\"812f45842bc6d66ee14572ce20db8e86\"")]
    [InlineData("States.JsonMerge($.object, $.other, false)", "{\"a\":{\"y\":2},\"b\":2,\"c\":3}")]
    [InlineData("States.MathAdd($.n, -5)", "-2")]
    [InlineData("States.StringSplit('This.is+a,test=string', '.+,=')", "[\"This\",\"is\",\"a\",\"test\",\"string\"]")]
    [InlineData("States.ArrayLength(States.StringSplit(States.Format('{},{}', $.n, $.n), ','))", "2")]
    public void A_function_gives(string call, string result) => Assert.Equal(result, Output(call));

    [Theory]
    [InlineData("States.Format('{} {}', $.n)")]
    [InlineData("States.Format('{}', $.n, $.n)")]
    [InlineData("States.Format($.n)")]
    [InlineData("States.StringToJson('{')")]
    [InlineData("States.ArrayPartition($.list, 0)")]
    [InlineData("States.ArrayRange(1, 5000, 1)")]
    [InlineData("States.ArrayRange(1, 5, 0)")]
    [InlineData("States.ArrayGetItem($.list, 4)")]
    [InlineData("States.ArrayLength($.name)")]
    [InlineData("States.Base64Decode('?')")]
    [InlineData("States.Hash('a', 'CRC')")]
    [InlineData("States.JsonMerge($.object, $.other, true)")]
    [InlineData("States.MathAdd('1', 2)")]
    [InlineData("States.MathRandom(5, 5)")]
    [InlineData("States.UUID(1)")]
    public void A_function_that_cannot_do_its_work_fails_the_state(string call) => Assert.Equal("States.IntrinsicFailure", Single(call).Error(Input));

    [Fact]
    public void A_failed_function_can_be_caught()
    {
        var machine = Machine.Of(
            """
            "S": { "Type": "Task", "Resource": "arn:aws:lambda:r:1:function:f", "Parameters": { "x.$": "States.StringToJson($.name)" }, "End": true,
                   "Catch": [ { "ErrorEquals": ["States.IntrinsicFailure"], "ResultPath": null, "Next": "Caught" } ] },
            "Caught": { "Type": "Pass", "Result": "caught", "End": true }
            """,
            "S");

        Assert.Equal("\"caught\"", machine.Output(Input));
    }

    [Fact]
    public void A_random_number_is_from_the_first_up_to_but_not_the_second()
    {
        var drawn = Enumerable.Range(0, 60).Select(seed => Single("States.MathRandom(1, 4)", seed).Output(Input)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(["1", "2", "3"], drawn.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_seeded_random_number_is_always_the_same() =>
        Assert.Equal(Single("States.MathRandom(1, 1000000, 5)", 1).Output(Input), Single("States.MathRandom(1, 1000000, 5)", 2).Output(Input));

    [Fact]
    public void Each_uuid_is_another()
    {
        var machine = Machine.Single("""{ "Type": "Pass", "Parameters": { "a.$": "States.UUID()", "b.$": "States.UUID()" }, "End": true }""");
        var ids = System.Text.Json.Nodes.JsonNode.Parse(machine.Output())!;

        Assert.True(Guid.TryParse(ids["a"]!.GetValue<string>(), out var a) && Guid.TryParse(ids["b"]!.GetValue<string>(), out var b) && a != b);
    }

    [Theory]
    [InlineData("States.Format('a'")]
    [InlineData("States.Format('a') ")]
    [InlineData("States.Format(a)")]
    [InlineData("States.Format('a\\\\n')")]
    [InlineData("States.ArrayNope()")]
    [InlineData("States.JsonToString(States.JsonToString(States.JsonToString(States.JsonToString(States.JsonToString(States.JsonToString(States.JsonToString(States.JsonToString(States.JsonToString(States.JsonToString(States.JsonToString($))))))))))))")]
    public void What_is_no_call_is_refused_when_it_is_loaded(string call) =>
        Assert.Throws<LocalAws.States.Reading.InvalidDefinitionException>(() => Single(call).Output(Input));

    private static string Output(string call) => Single(call).Output(Input);

    internal static string Definition(string call) =>
        $$"""{ "StartAt": "S", "States": { "S": { "Type": "Pass", "Parameters": { "x.$": "{{call}}" }, "OutputPath": "$.x", "End": true } } }""";

    private static Machine Single(string call, int seed = 1) => new(Definition(call), seed);
}
