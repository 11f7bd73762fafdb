using LocalAws.StepFunctions;
using LocalAws.Templates;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.Doors;
using LocalAws.Tests.Lambda;
using Xunit;

namespace LocalAws.Tests.Botocore;

/// <summary>Botocore's own client before the loopback door; and no service that botocore has not judged.</summary>
public sealed class DoorBotocoreTests
{
    private const string Machine = """{ "StartAt": "S", "States": { "S": { "Type": "Wait", "SecondsPath": "$.wait", "End": true } } }""";

    /// <summary>Each has a test that calls all of its operations.</summary>
    private static readonly string[] Judged = ["ec2", "elasticloadbalancing", "events", "lambda", "monitoring", "rds", "sns", "sqs", "ssm", "states", "sts", "tagging"];

    [Fact]
    public void No_service_is_open_that_botocore_has_not_judged() =>
        Assert.Empty(new Cloud(CloudOptions.Default).Gateway.Services.Select(service => service.SigningName).Except(Judged));

    [SkippableFact]
    public void Botocore_understands_every_answer_of_Step_Functions()
    {
        Python.Need();
        using var open = new OpenDoor();
        var arn = open.Cloud.Arn("states", "stateMachine:machine");
        open.OnPump(() => open.Cloud.StepFunctions.Add(new StateMachineSettings("MachineId", "machine", arn, Machine, false, LambdaWorld.Role("machine"), null, false)));

        var (exitCode, output) = Python.RunAs(
            open.Cloud.Operator,
            Path.Combine(ExampleAccount.Directory, "../../tests/LocalAws.Tests/Botocore/call_states.py"),
            open.Endpoint.AbsoluteUri,
            open.Cloud.Options.Region,
            arn);

        Assert.True(exitCode == 0, output);
        Assert.Equal(new StepFunctionsApi(open.Cloud.StepFunctions).Operations.Keys.Order(StringComparer.Ordinal), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(open.Failures);
    }
}
