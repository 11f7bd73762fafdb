using System.Text.Json.Nodes;
using LocalAws.Templates;
using LocalAws.Tests.Lambda;
using Xunit;

namespace LocalAws.Tests.StepFunctions;

/// <summary>What the event bus hears of executions.</summary>
public sealed class StatusChangeTests
{
    private const string Fails = """{ "StartAt": "S", "States": { "S": { "Type": "Fail", "Error": "E", "Cause": "why" } } }""";
    private const string Waits = """{ "TimeoutSeconds": 100, "StartAt": "S", "States": { "S": { "Type": "Wait", "SecondsPath": "$.wait", "End": true } } }""";

    private readonly Cloud cloud = new(CloudOptions.Default);

    [Fact]
    public void It_says_all_that_a_description_says()
    {
        Start(Waits, """{"wait": 60}""");
        cloud.Time.Advance(TimeSpan.FromSeconds(90));

        var (began, ended) = (Details().First(), Details().Last());
        Assert.Equal(
            ["executionArn", "stateMachineArn", "name", "status", "startDate", "stopDate", "input", "output", "stateMachineVersionArn", "stateMachineAliasArn",
                "redriveCount", "redriveDate", "redriveStatus", "redriveStatusReason", "inputDetails", "outputDetails", "error", "cause"],
            ended.Select(field => field.Key));
        Assert.Equal(("RUNNING", """{"wait": 60}""", 1767254400000), ((string)began["status"]!, (string)began["input"]!, (long)began["startDate"]!));
        Assert.Null(began["stopDate"]);
        Assert.Null(began["outputDetails"]);
        Assert.Equal(("SUCCEEDED", """{"wait":60}""", true, 60), ((string)ended["status"]!, (string)ended["output"]!, (bool)ended["outputDetails"]!["included"]!, ((long)ended["stopDate"]! - (long)ended["startDate"]!) / 1000));
        Assert.All(cloud.Events.Events, happened => Assert.Equal(("aws.states", (string)ended["executionArn"]!), ((string)happened["source"]!, (string)happened["resources"]![0]!)));
    }

    [Fact]
    public void A_failure_says_why()
    {
        Start(Fails, "{}");
        cloud.Time.Advance(TimeSpan.FromSeconds(1));

        var ended = Details().Last();
        Assert.Equal(("FAILED", "E", "why", "REDRIVABLE"), ((string)ended["status"]!, (string)ended["error"]!, (string)ended["cause"]!, (string)ended["redriveStatus"]!));
        Assert.Null(ended["output"]);
    }

    [Fact]
    public void Neither_a_time_out_nor_an_abortion_goes_unsaid()
    {
        Start(Waits, """{"wait": 200}""");
        var aborted = Start(Waits, """{"wait": 50}""");
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        cloud.Time.Run(() =>
        {
            cloud.StepFunctions.Execution(aborted).Stop("Person", "did not like it");
            return Task.CompletedTask;
        });
        cloud.Time.Advance(TimeSpan.FromSeconds(200));

        Assert.Equal(["RUNNING", "RUNNING", "ABORTED", "TIMED_OUT"], Details().Select(detail => (string)detail["status"]!));
        Assert.Equal(("Person", "did not like it"), ((string)Details().ElementAt(2)["error"]!, (string)Details().ElementAt(2)["cause"]!));
    }

    [Theory]
    [InlineData(100_000, true, true)]
    [InlineData(130_000, false, true)]
    [InlineData(254_000, false, false)]
    public void What_is_too_large_together_loses_its_input_and_what_is_too_large_alone_its_output(int letters, bool input, bool output)
    {
        Start("""{ "StartAt": "S", "States": { "S": { "Type": "Pass", "End": true } } }""", $"\"{new string('x', letters)}\"");
        cloud.Time.Advance(TimeSpan.FromSeconds(1));

        var ended = Details().Last();
        Assert.Equal((input, output), ((bool)ended["inputDetails"]!["included"]!, (bool)ended["outputDetails"]!["included"]!));
        Assert.Equal((input, output), (ended["input"] is not null, ended["output"] is not null));
    }

    private IEnumerable<JsonObject> Details() => cloud.Events.Events.Select(happened => happened["detail"]!.AsObject());

    private string Start(string definition, string input)
    {
        var arn = cloud.Arn("states", "stateMachine:machine");
        var machine = cloud.StepFunctions.Add(new StateMachineSettings("Machine", "machine", arn, definition, false, LambdaWorld.Role("machine"), null, false));
        return cloud.StepFunctions.Start(machine, null, input).Identity.Arn;
    }
}
