using LocalAws.States.Reading;
using Xunit;

namespace LocalAws.Tests.States;

public sealed class DefinitionTests
{
    [Theory]
    [InlineData("""{ "Type": "Pass", "End": true, "Colour": 1 }""", "/States/S/Colour", "not supported")]
    [InlineData("""{ "Type": "Activity", "End": true }""", "/States/S/Type", "Activity")]
    [InlineData("""{ "Type": "Pass" }""", "/States/S", "\"Next\" or \"End\"")]
    [InlineData("""{ "Type": "Pass", "End": true, "Next": "S" }""", "/States/S", "both")]
    [InlineData("""{ "Type": "Pass", "Next": "T" }""", "/States/S/Next", "Missing 'Next' target: T")]
    [InlineData("""{ "Type": "Pass", "End": true, "QueryLanguage": "JSONata" }""", "/States/S/QueryLanguage", "JSONata")]
    [InlineData("""{ "Type": "Pass", "End": true, "Arguments": {} }""", "/States/S/Arguments", "not supported")]
    [InlineData("""{ "Type": "Pass", "End": true, "ResultPath": "$.a[*]" }""", "/States/S/ResultPath", "reference path")]
    [InlineData("""{ "Type": "Pass", "End": true, "ResultPath": "$$.a" }""", "/States/S/ResultPath", "reference path")]
    [InlineData("""{ "Type": "Pass", "End": true, "Parameters": { "a": { "b.$": "a.b" } } }""", "/States/S/Parameters/a/b.$", "valid JSONPath")]
    [InlineData("""{ "Type": "Pass", "End": true, "Parameters": { "b.$": 1 } }""", "/States/S/Parameters/b.$", "valid JSONPath")]
    [InlineData("""{ "Type": "Pass", "End": true, "Parameters": { "b.$": "States.Nope()" } }""", "/States/S/Parameters/b.$", "States.ArrayUnique")]
    [InlineData("""{ "Type": "Pass", "End": true, "InputPath": "$.a.length()" }""", "/States/S/InputPath", "length()")]
    [InlineData("""{ "Type": "Succeed", "End": true }""", "/States/S/End", "not supported")]
    [InlineData("""{ "Type": "Wait", "End": true }""", "/States/S", "exactly one")]
    [InlineData("""{ "Type": "Wait", "End": true, "Seconds": 1, "Timestamp": "2026-01-01T00:00:00Z" }""", "/States/S", "exactly one")]
    [InlineData("""{ "Type": "Wait", "End": true, "Seconds": 1.5 }""", "/States/S/Seconds", "integer")]
    [InlineData("""{ "Type": "Wait", "End": true, "Timestamp": "tomorrow" }""", "/States/S/Timestamp", "timestamp")]
    [InlineData("""{ "Type": "Fail", "Error": "a", "ErrorPath": "$.a" }""", "/States/S/Error", "both")]
    [InlineData("""{ "Type": "Choice", "Choices": [] }""", "/States/S/Choices", "at least one")]
    [InlineData("""{ "Type": "Choice", "Choices": [ { "Variable": "$.a", "Next": "S" } ] }""", "/States/S/Choices[0]", "exactly one comparison")]
    [InlineData("""{ "Type": "Choice", "Choices": [ { "Variable": "$.a", "StringEquals": 1, "Next": "S" } ] }""", "/States/S/Choices[0]/StringEquals", "string")]
    [InlineData("""{ "Type": "Choice", "Choices": [ { "Not": { "Variable": "$.a", "IsNull": true, "Next": "S" }, "Next": "S" } ] }""", "/States/S/Choices[0]/Not/Next", "not supported")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:states:::lambda:invoke" }""", "/States/S/Parameters", "FunctionName")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "f", "Event": 1 } }""", "/States/S/Parameters/Event", "not supported")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken" }""", "/States/S/Resource", "Task tokens")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:states:::states:startExecution.sync:2" }""", "/States/S/Resource", ".sync")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:states:::sns:publish" }""", "/States/S/Resource", "Only Lambda")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:lambda:r:1:function:f", "TimeoutSeconds": 0 }""", "/States/S/TimeoutSeconds", "from 1")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:lambda:r:1:function:f", "TimeoutSeconds": 5, "HeartbeatSeconds": 5 }""", "/States/S/HeartbeatSeconds", "less than")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:lambda:r:1:function:f", "Retry": [ { "ErrorEquals": [] } ] }""", "/States/S/Retry[0]/ErrorEquals", "at least one")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:lambda:r:1:function:f", "Retry": [ { "ErrorEquals": ["States.ALL"] }, { "ErrorEquals": ["A"] } ] }""", "/States/S/Retry[0]/ErrorEquals", "last")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:lambda:r:1:function:f", "Retry": [ { "ErrorEquals": ["A"], "BackoffRate": 0.5 } ] }""", "/States/S/Retry[0]/BackoffRate", "from 1")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:lambda:r:1:function:f", "Retry": [ { "ErrorEquals": ["A"], "MaxDelaySeconds": 1 } ] }""", "/States/S/Retry[0]/MaxDelaySeconds", "greater")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:lambda:r:1:function:f", "Retry": [ { "ErrorEquals": ["A"], "JitterStrategy": "HALF" } ] }""", "/States/S/Retry[0]/JitterStrategy", "FULL")]
    [InlineData("""{ "Type": "Task", "End": true, "Resource": "arn:aws:lambda:r:1:function:f", "Catch": [ { "ErrorEquals": ["A"], "Next": "T" } ] }""", "/States/S/Catch[0]/Next", "Missing")]
    [InlineData("""{ "Type": "Parallel", "End": true, "Branches": [ { "StartAt": "X", "States": {} } ] }""", "/States/S/Branches[0]/StartAt", "X")]
    [InlineData("""{ "Type": "Map", "End": true, "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED" }, "StartAt": "X", "States": { "X": { "Type": "Succeed" } } } }""", "/States/S/ItemProcessor/ProcessorConfig/Mode", "Distributed")]
    [InlineData("""{ "Type": "Map", "End": true, "ToleratedFailureCount": 1, "ItemProcessor": { "StartAt": "X", "States": { "X": { "Type": "Succeed" } } } }""", "/States/S/ToleratedFailureCount", "Distributed")]
    [InlineData("""{ "Type": "Parallel", "End": true, "Branches": [ { "StartAt": "S", "States": { "S": { "Type": "Succeed" } } } ] }""", "/States", "more than once")]
    public void What_the_language_or_this_interpreter_does_not_know_is_refused_where_it_stands(string state, string path, string words)
    {
        var refusal = Assert.Throws<InvalidDefinitionException>(() => DefinitionReader.Read($$"""{ "StartAt": "S", "States": { "S": {{state}} } }"""));

        Assert.Contains(refusal.Problems, problem => problem.Path == path && problem.Message.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "States": { "S": { "Type": "Succeed" } } }""", "StartAt")]
    [InlineData("""{ "StartAt": "T", "States": { "S": { "Type": "Succeed" } } }""", "Missing 'StartAt' target: T")]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Succeed" }, "T": { "Type": "Succeed" } } }""", "State \"T\" is not reachable.")]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Succeed" }, "S": { "Type": "Succeed" } } }""", "S")]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Pass", "Next": "S" } } }""", "No state ends")]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Succeed" } }, "Version": "2.0" }""", "1.0")]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Succeed" } }, "QueryLanguage": "JSONata" }""", "JSONata")]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Succeed" } }, "Colour": "red" }""", "Colour")]
    [InlineData("""{ "StartAt": "S", """, "INVALID_JSON_DESCRIPTION")]
    [InlineData("[]", "INVALID_JSON_DESCRIPTION")]
    public void A_machine_is_checked_as_a_whole(string definition, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidDefinitionException>(() => DefinitionReader.Read(definition)).Message, StringComparison.Ordinal);

    [Fact]
    public void All_problems_are_reported_together()
    {
        var refusal = Assert.Throws<InvalidDefinitionException>(() => DefinitionReader.Read(
            """{ "StartAt": "S", "Colour": 1, "States": { "S": { "Type": "Wait", "Seconds": -1, "Next": "T" }, "T": { "Type": "Fail", "Size": 1 } } }"""));

        Assert.Equal(["/Colour", "/States/S/Seconds", "/States/T/Size"], refusal.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
    }
}
