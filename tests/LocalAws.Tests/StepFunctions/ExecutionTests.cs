using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using LocalAws.Access;
using LocalAws.Faults;
using LocalAws.Templates;
using LocalAws.Tests.Lambda;
using Xunit;

namespace LocalAws.Tests.StepFunctions;

public sealed class ExecutionTests
{
    private const string Waits = """{ "StartAt": "S", "States": { "S": { "Type": "Wait", "Seconds": 60, "End": true } } }""";

    private readonly LambdaWorld world;

    public ExecutionTests()
        : this(new LambdaWorld())
    {
    }

    private ExecutionTests(LambdaWorld world) => this.world = world;

    [Fact]
    public void An_execution_runs_while_time_passes_and_can_be_described()
    {
        var machine = Add(Waits);
        var started = world.States(client => client.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine.Arn, Name = "one", Input = "{\"a\": 1}" }));

        Assert.Equal("arn:aws:states:eu-central-1:111122223333:execution:machine:one", started.ExecutionArn);
        var running = Describe(started.ExecutionArn);
        Assert.Equal(ExecutionStatus.RUNNING, running.Status);
        Assert.Null(running.Output);
        world.Cloud.Time.Run(() => world.Cloud.StepFunctions.WaitAsync(started.ExecutionArn, CancellationToken.None));

        var ended = Describe(started.ExecutionArn);
        Assert.Equal(ExecutionStatus.SUCCEEDED, ended.Status);
        Assert.Equal(("{\"a\": 1}", "{\"a\":1}", "one", machine.Arn), (ended.Input, ended.Output, ended.Name, ended.StateMachineArn));
        Assert.InRange((ended.StopDate - ended.StartDate)!.Value.TotalSeconds, 60, 61);
    }

    [Fact]
    public void The_same_name_with_the_same_input_starts_nothing_new_while_it_runs()
    {
        var machine = Add(Waits);
        var request = new StartExecutionRequest { StateMachineArn = machine.Arn, Name = "one", Input = "{}" };
        var first = Start(request);

        Assert.Equal(first.ExecutionArn, Start(request).ExecutionArn);
        Assert.Equal(first.StartDate, Start(request).StartDate);
        Assert.Throws<ExecutionAlreadyExistsException>(() => Start(new StartExecutionRequest { StateMachineArn = machine.Arn, Name = "one", Input = "{\"b\":1}" }));
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("Execution Already Exists: 'arn:aws:states:eu-central-1:111122223333:execution:machine:one'", Assert.Throws<ExecutionAlreadyExistsException>(() => Start(request)).Message);
        world.Cloud.Time.Advance(TimeSpan.FromDays(91));
        Assert.NotEqual(first.StartDate, Start(request).StartDate);
    }

    [Fact]
    public void What_cannot_be_started_is_refused_in_the_services_words()
    {
        var machine = Add(Waits);

        Assert.Throws<InvalidNameException>(() => Start(new StartExecutionRequest { StateMachineArn = machine.Arn, Name = "a b" }));
        Assert.Throws<InvalidNameException>(() => Start(new StartExecutionRequest { StateMachineArn = machine.Arn, Name = new string('a', 81) }));
        Assert.Throws<InvalidExecutionInputException>(() => Start(new StartExecutionRequest { StateMachineArn = machine.Arn, Input = "{" }));
        Assert.Throws<StateMachineDoesNotExistException>(() => Start(new StartExecutionRequest { StateMachineArn = machine.Arn + "2" }));
        Assert.Throws<InvalidArnException>(() => Start(new StartExecutionRequest { StateMachineArn = "machine" }));
        Assert.Throws<ExecutionDoesNotExistException>(() => Describe("arn:aws:states:eu-central-1:111122223333:execution:machine:none"));
    }

    [Fact]
    public void Express_executions_share_names_end_in_five_minutes_and_leave_no_record()
    {
        var machine = Add("""{ "StartAt": "S", "States": { "S": { "Type": "Wait", "Seconds": 400, "End": true } } }""", express: true);
        var request = new StartExecutionRequest { StateMachineArn = machine.Arn, Name = "one" };
        var (first, second) = (Start(request), Start(request));
        var running = world.Cloud.StepFunctions.Start(world.Cloud.StepFunctions.Machine(machine.Arn), null, "{}");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.StartsWith("arn:aws:states:eu-central-1:111122223333:express:machine:one:", first.ExecutionArn, StringComparison.Ordinal);
        Assert.NotEqual(first.ExecutionArn, second.ExecutionArn);
        Assert.Equal((LocalAws.States.Running.ExecutionStatus.TimedOut, TimeSpan.FromMinutes(5)), (running.Status, running.StopDate - running.StartDate));
        Assert.Empty(world.Cloud.Events.Events);
        Assert.Empty(world.Cloud.StepFunctions.Executions(machine.Arn));
        var refused = Assert.ThrowsAny<AmazonStepFunctionsException>(() => world.States(client => client.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = machine.Arn })));
        Assert.Equal("StateMachineTypeNotSupported", refused.ErrorCode);
    }

    [Fact]
    public void The_history_comes_in_pages_and_in_both_orders()
    {
        var arn = Start(new StartExecutionRequest { StateMachineArn = Add(Waits).Arn }).ExecutionArn;
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        var first = world.States(client => client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = arn, MaxResults = 3 }));
        var second = world.States(client => client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = arn, MaxResults = 3, NextToken = first.NextToken }));
        var reversed = world.States(client => client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = arn, ReverseOrder = true, IncludeExecutionData = false }));

        Assert.Equal(["ExecutionStarted", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded"], first.Events.Concat(second.Events).Select(e => e.Type.Value));
        Assert.Null(second.NextToken);
        Assert.Equal([4, 3, 2, 1], reversed.Events.Select(e => e.Id));
        Assert.Equal("{}", first.Events[1].StateEnteredEventDetails.Input);
        Assert.Null(reversed.Events[2].StateEnteredEventDetails.Input);
        Assert.Equal("S", reversed.Events[2].StateEnteredEventDetails.Name);
        Assert.Throws<InvalidTokenException>(() => world.States(client => client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = arn, NextToken = "?" })));
    }

    [Fact]
    public void Executions_are_listed_newest_first_and_by_status()
    {
        var machine = Add(Waits);
        Start(new StartExecutionRequest { StateMachineArn = machine.Arn, Name = "old" });
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));
        var stopped = Start(new StartExecutionRequest { StateMachineArn = machine.Arn, Name = "stopped" });
        world.States(client => client.StopExecutionAsync(new StopExecutionRequest { ExecutionArn = stopped.ExecutionArn, Error = "E", Cause = "C" }));
        Start(new StartExecutionRequest { StateMachineArn = machine.Arn, Name = "new" });

        var all = world.States(client => client.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = machine.Arn }));
        var aborted = world.States(client => client.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = machine.Arn, StatusFilter = ExecutionStatus.ABORTED }));

        Assert.Equal(["new", "stopped", "old"], all.Executions.Select(execution => execution.Name));
        Assert.Equal("stopped", Assert.Single(aborted.Executions).Name);
        Assert.Equal(("E", "C"), (Describe(stopped.ExecutionArn).Error, Describe(stopped.ExecutionArn).Cause));
    }

    [Fact]
    public void Machines_are_listed_and_described()
    {
        var machine = Add(Waits);

        Assert.Equal("machine", Assert.Single(world.States(client => client.ListStateMachinesAsync(new ListStateMachinesRequest())).StateMachines).Name);
        var described = world.States(client => client.DescribeStateMachineAsync(new DescribeStateMachineRequest { StateMachineArn = machine.Arn }));
        Assert.Equal((Waits, machine.Role.Arn, StateMachineStatus.ACTIVE), (described.Definition, described.RoleArn, described.Status));
    }

    [Fact]
    public void Each_operation_needs_its_permission()
    {
        var machine = Add(Waits);
        var key = world.Cloud.Access.Issue(LambdaWorld.Role("starter", LambdaWorld.Allow("states:StartExecution", machine.Arn)).Caller, temporary: true);

        var arn = Start(new StartExecutionRequest { StateMachineArn = machine.Arn }, key).ExecutionArn;
        var denied = Assert.Throws<AmazonStepFunctionsException>(() => world.States(client => client.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arn }), key));

        Assert.Equal("AccessDeniedException", denied.ErrorCode);
        Assert.Contains("states:DescribeExecution on resource: " + arn, denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_gets_the_whole_answer_of_the_function()
    {
        world.Add("f", (payload, _) => Task.FromResult($"{{\"seen\":{payload}}}"));

        var execution = Run("""{ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "f", "Payload.$": "$" }, "End": true }""");

        var output = System.Text.Json.Nodes.JsonNode.Parse(execution.Output)!;
        Assert.Equal("{\"seen\":{\"a\":1}}", output["Payload"]!.ToJsonString());
        Assert.Equal(200, output["StatusCode"]!.GetValue<int>());
        Assert.Equal("$LATEST", output["ExecutedVersion"]!.GetValue<string>());
        Assert.Equal(output["SdkResponseMetadata"]!["RequestId"]!.GetValue<string>(), output["SdkHttpMetadata"]!["HttpHeaders"]!["x-amzn-RequestId"]!.GetValue<string>());
    }

    [Fact]
    public void A_functions_own_arn_gives_what_the_function_returns()
    {
        var function = world.Add("f", (payload, _) => Task.FromResult($"[{payload}]"));

        Assert.Equal("[{\"a\":1}]", Run($$"""{ "Type": "Task", "Resource": "{{function.Arn}}", "End": true }""").Output);
    }

    [Fact]
    public void A_functions_exception_is_the_tasks_error()
    {
        world.Add("f", (_, _) => throw new FormatException("what a mess"));

        var execution = Run(Invoke("f"));

        Assert.Equal("FormatException", execution.Error);
        Assert.StartsWith("{\"errorType\":\"FormatException\",\"errorMessage\":\"what a mess\",\"stackTrace\":[", execution.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_over_its_time_is_a_sandbox_time_out()
    {
        world.Add("f", async (_, _) =>
        {
            await world.Cloud.Time.Delay(TimeSpan.FromMinutes(1), CancellationToken.None).ConfigureAwait(false);
            return "null";
        });

        Assert.Equal("Sandbox.Timedout", Run(Invoke("f")).Error);
    }

    [Fact]
    public void A_task_that_the_role_may_not_call_fails()
    {
        world.Add("f", (payload, _) => Task.FromResult(payload));

        var execution = Run(Invoke("f"), allow: "arn:aws:lambda:eu-central-1:111122223333:function:g");

        Assert.Equal("Lambda.AWSLambdaException", execution.Error);
        Assert.Contains("is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-central-1:111122223333:function:f", execution.Cause, StringComparison.Ordinal);
        Assert.Contains("(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: ", execution.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_is_not_there_fails_the_task() =>
        Assert.Equal("Lambda.ResourceNotFoundException", Run(Invoke("nope")).Error);

    [Theory]
    [InlineData(FaultKind.Throttle, "Lambda.TooManyRequestsException")]
    [InlineData(FaultKind.ServerError, "Lambda.ServiceException")]
    [InlineData(FaultKind.ConnectionLost, "Lambda.SdkClientException")]
    [InlineData(FaultKind.AnswerLost, "Lambda.SdkClientException")]
    [InlineData(FaultKind.Denied, "Lambda.AWSLambdaException")]
    public void A_fault_strikes_the_invocation(FaultKind kind, string error)
    {
        var ran = false;
        world.Add("f", (payload, _) =>
        {
            ran = true;
            return Task.FromResult(payload);
        });
        world.Cloud.Faults.Plan(kind, call => call.Action == "lambda:Invoke");

        Assert.Equal(error, Run(Invoke("f")).Error);
        Assert.Equal(kind is FaultKind.AnswerLost, ran);
    }

    [Fact]
    public void A_function_that_dies_is_an_unknown_error()
    {
        world.Load("f", surroundings => async (_, _) =>
        {
            using var client = new Amazon.SecurityToken.AmazonSecurityTokenServiceClient(LambdaWorld.Credentials(surroundings.Credentials), world.Through(new Amazon.SecurityToken.AmazonSecurityTokenServiceConfig()));
            await client.GetCallerIdentityAsync(new()).ConfigureAwait(false);
            return "null";
        });
        world.Cloud.Faults.Plan(FaultKind.CallerDiesBefore, call => call.Service.SigningName == "sts");

        Assert.Equal("Lambda.Unknown", Run(Invoke("f")).Error);
    }

    [Fact]
    public void Equal_seeds_give_equal_histories()
    {
        static string History(int seed)
        {
            var tests = new ExecutionTests(new LambdaWorld(seed));
            return tests.HistoryOfOneCall();
        }

        Assert.Equal(History(5), History(5));
        Assert.NotEqual(History(5), History(6));
    }

    private string HistoryOfOneCall()
    {
        world.Add("f", (payload, _) => Task.FromResult(payload));
        var arn = Run(Invoke("f")).ExecutionArn;
        var history = world.States(client => client.GetExecutionHistoryAsync(new GetExecutionHistoryRequest { ExecutionArn = arn }));
        return string.Join('\n', history.Events.Select(e => $"{e.Timestamp:O} {e.Type}"));
    }

    private static string Invoke(string function) =>
        $$"""{ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": { "FunctionName": "{{function}}" }, "OutputPath": "$.Payload", "End": true }""";

    private StateMachineSettings Add(string definition, string allow = "*", bool express = false)
    {
        var settings = new StateMachineSettings(
            "MachineId", "machine", world.Cloud.Arn("states", "stateMachine:machine"), definition, express, LambdaWorld.Role("machine", LambdaWorld.Allow("lambda:InvokeFunction", allow)), null, false);
        world.Cloud.StepFunctions.Add(settings);
        return settings;
    }

    private StartExecutionResponse Start(StartExecutionRequest request, IssuedKey? key = null) => world.States(client => client.StartExecutionAsync(request), key);

    private DescribeExecutionResponse Describe(string arn) => world.States(client => client.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = arn }));

    private DescribeExecutionResponse Run(string state, string allow = "*")
    {
        var machine = Add($$"""{ "StartAt": "S", "States": { "S": {{state}} } }""", allow);
        var arn = Start(new StartExecutionRequest { StateMachineArn = machine.Arn, Input = "{\"a\":1}" }).ExecutionArn;
        world.Cloud.Time.Run(() => world.Cloud.StepFunctions.WaitAsync(arn, CancellationToken.None));
        return Describe(arn);
    }
}
