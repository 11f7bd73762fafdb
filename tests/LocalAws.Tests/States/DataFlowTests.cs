using System.Text.Json.Nodes;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class DataFlowTests
{
    private const string Invoke = "\"Type\": \"Task\", \"End\": true, \"Resource\": \"arn:aws:lambda:eu-central-1:111122223333:function:f\"";

    [Theory]
    [InlineData("", "{\"a\":{\"b\":1}}", "{\"a\":{\"b\":1}}")]
    [InlineData("\"InputPath\": \"$.a\",", "{\"a\":{\"b\":1}}", "{\"b\":1}")]
    [InlineData("\"InputPath\": null,", "{\"a\":1}", "{}")]
    [InlineData("\"OutputPath\": \"$.a\",", "{\"a\":[1]}", "[1]")]
    [InlineData("\"OutputPath\": null,", "{\"a\":1}", "{}")]
    [InlineData("\"Result\": {\"x\": 1.50},", "{\"a\":1}", "{\"x\":1.50}")]
    [InlineData("\"Result\": null,", "{\"a\":1}", "null")]
    [InlineData("\"Result\": 7, \"ResultPath\": \"$.b\",", "{\"a\":1}", "{\"a\":1,\"b\":7}")]
    [InlineData("\"Result\": 7, \"ResultPath\": \"$.b.c.d\",", "{\"a\":1}", "{\"a\":1,\"b\":{\"c\":{\"d\":7}}}")]
    [InlineData("\"Result\": 7, \"ResultPath\": \"$.a\",", "{\"a\":1}", "{\"a\":7}")]
    [InlineData("\"Result\": 7, \"ResultPath\": \"$.a[1]\",", "{\"a\":[1,2]}", "{\"a\":[1,7]}")]
    [InlineData("\"Result\": 7, \"ResultPath\": null,", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("\"InputPath\": \"$.a\", \"ResultPath\": \"$.seen\",", "{\"a\":1}", "{\"a\":1,\"seen\":1}")]
    [InlineData("\"Parameters\": {\"x.$\": \"$.a\", \"y\": [{\"z.$\": \"$.a\"}, 2]},", "{\"a\":{\"b\":1}}", "{\"x\":{\"b\":1},\"y\":[{\"z\":{\"b\":1}},2]}")]
    [InlineData("\"InputPath\": \"$.a\", \"Parameters\": {\"x.$\": \"$.b\"},", "{\"a\":{\"b\":1}}", "{\"x\":1}")]
    public void A_pass_shapes_its_data(string fields, string input, string output)
    {
        var machine = Machine.Single($"{{ {fields} \"Type\": \"Pass\", \"End\": true }}");

        Assert.Equal(output, machine.Output(input));
    }

    [Theory]
    [InlineData("", "{\"Payload\":5}")]
    [InlineData("\"ResultSelector\": {\"five.$\": \"$.Payload\"},", "{\"five\":5}")]
    [InlineData("\"ResultPath\": \"$.r\",", "{\"a\":1,\"r\":{\"Payload\":5}}")]
    [InlineData("\"ResultSelector\": {\"five.$\": \"$.Payload\"}, \"ResultPath\": \"$.r\", \"OutputPath\": \"$.r.five\",", "5")]
    [InlineData("\"ResultPath\": null,", "{\"a\":1}")]
    public void A_task_shapes_its_result(string fields, string output)
    {
        var machine = Machine.Single($"{{ {fields} {Invoke} }}");

        Assert.Equal(output, machine.Output("{\"a\":1}", (_, _) => Task.FromResult(JsonNode.Parse("{\"Payload\":5}"))));
    }

    [Fact]
    public void A_task_is_given_its_parameters()
    {
        JsonNode? seen = null;

        Machine.Single($"{{ \"InputPath\": \"$.in\", \"Parameters\": {{\"x.$\": \"$.a\"}}, {Invoke} }}").Output("{\"in\":{\"a\":[null]}}", (_, parameters) =>
        {
            seen = parameters;
            return Task.FromResult<JsonNode?>(null);
        });

        Assert.Equal("{\"x\":[null]}", seen!.ToJsonString());
    }

    [Theory]
    [InlineData("\"InputPath\": \"$.nope\",", "States.Runtime")]
    [InlineData("\"OutputPath\": \"$.nope\",", "States.Runtime")]
    [InlineData("\"Parameters\": {\"x.$\": \"$.nope\"},", "States.Runtime")]
    [InlineData("\"Parameters\": {\"x.$\": \"States.StringToJson('{')\"},", "States.IntrinsicFailure")]
    [InlineData("\"Result\": 1, \"ResultPath\": \"$.a.b\",", "States.ResultPathMatchFailure")]
    [InlineData("\"Result\": 1, \"ResultPath\": \"$.list[3]\",", "States.ResultPathMatchFailure")]
    public void What_cannot_be_resolved_fails_the_execution(string fields, string error)
    {
        var machine = Machine.Single($"{{ {fields} \"Type\": \"Pass\", \"End\": true }}");

        Assert.Equal(error, machine.Error("{\"a\":1,\"list\":[]}"));
    }

    [Fact]
    public void A_missing_path_is_named_with_its_field_and_the_input()
    {
        var machine = Machine.Single("{ \"Parameters\": {\"x.$\": \"$.b\"}, \"Type\": \"Pass\", \"End\": true }");

        Assert.Equal(
            "An error occurred while executing the state 'S' (entered at the event id #2). The JSONPath '$.b' specified for the field 'x.$' could not be found in the input '{\"a\":\"ü<\"}'",
            machine.Run("{\"a\":\"ü<\"}").Cause);
    }

    [Fact]
    public void An_input_path_that_finds_nothing_is_named()
    {
        var machine = Machine.Single("{ \"InputPath\": \"$.b.c[0]\", \"Type\": \"Pass\", \"End\": true }");

        Assert.Equal(
            "An error occurred while executing the state 'S' (entered at the event id #2). Invalid path '$.b.c[0]' : No results for path: $['b']['c'][0]",
            machine.Run("{}").Cause);
    }

    [Fact]
    public void Data_over_the_quota_fails_the_execution()
    {
        var machine = Machine.Single($"{{ {Invoke} }}");

        Assert.Equal("States.DataLimitExceeded", machine.Error("{}", (_, _) => Task.FromResult<JsonNode?>(JsonValue.Create(new string('x', 262_143)))));
        Assert.Equal(262_144, machine.Output("{}", (_, _) => Task.FromResult<JsonNode?>(JsonValue.Create(new string('x', 262_142)))).Length);
    }

    [Fact]
    public void A_doubled_key_in_the_input_keeps_its_last_value() =>
        Assert.Equal("{\"a\":2}", Machine.Single("{ \"Type\": \"Succeed\" }").Output("{\"a\":1,\"a\":2}"));
}
