using System.Net;
using System.Text;
using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deploying;

/// <summary>Whatever happens to an execution, a function, an event or an answer: CloudFormation is answered in time, and once.</summary>
public sealed class AnswerTests
{
    private const string Sleeping = """{ "StartAt": "Sleep", "States": { "Sleep": { "Type": "Wait", "Seconds": 36000, "End": true } } }""";
    private const string Stopping = """{ "StartAt": "Sleep", "TimeoutSeconds": 60, "States": { "Sleep": { "Type": "Wait", "Seconds": 36000, "End": true } } }""";

    private readonly StackWorld world = new();

    [Fact]
    public void What_takes_longer_than_CloudFormation_waits_is_answered_before_and_stopped()
    {
        world.Create();
        world.Redefine("Provision", Sleeping);
        var began = world.Cloud.Time.GetUtcNow();

        var updated = world.Update(World.Document());

        Assert.Contains("was not done within 50 minutes", updated.Reason, StringComparison.Ordinal);
        Assert.InRange(world.Cloud.Time.GetUtcNow() - began, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(59));
        Assert.Equal(["Create DeployedLink 1", "Delete DeployedLink 1"], world.Asked[1..]);
        Assert.Equal(ExecutionStatus.Aborted, Assert.Single(world.Executions("Provision")).Status);
    }

    [Fact]
    public void An_execution_that_runs_out_of_time_is_answered()
    {
        world.Create();
        world.Redefine("Provision", Stopping);

        Assert.Contains("ran out of time", world.Update(World.Document()).Reason, StringComparison.Ordinal);
        Assert.Equal(["Create DeployedLink 1", "Delete DeployedLink 1"], world.Asked[1..]);
    }

    [Fact]
    public void An_execution_that_somebody_stops_is_answered()
    {
        world.Create();
        world.Watch(() => world.Executions("Provision") is [{ Status: ExecutionStatus.Running }], () => world.Executions("Provision")[0].Stop(null, null));

        var updated = world.Update(World.Document());

        Assert.Contains("was stopped", updated.Reason, StringComparison.Ordinal);
        Assert.Equal(["Create DeployedLink 1", "Delete DeployedLink 1"], world.Asked[1..]);
        world.Remains(nothing: true);
    }

    [Fact]
    public void When_the_event_is_lost_the_schedule_answers()
    {
        world.Create();
        foreach (var rule in world.Cloud.Events.Rules.ToList()) world.Cloud.Events.Add(rule with { Enabled = false });
        var began = world.Cloud.Time.GetUtcNow();

        var updated = world.Update(World.Document("""{ "instance": "nobody" }"""));

        Assert.Contains("nobody", updated.Reason, StringComparison.Ordinal);
        Assert.InRange(world.Cloud.Time.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromMinutes(15));
        Assert.Equal(["Create DeployedLink 1", "Delete DeployedLink 1"], world.Asked[1..]);
    }

    [Theory]
    [InlineData("ssm:PutParameter", FaultKind.AnswerLost)]
    [InlineData("ssm:PutParameter", FaultKind.CallerDiesAfter)]
    [InlineData("states:StartExecution", FaultKind.AnswerLost)]
    [InlineData("states:StartExecution", FaultKind.CallerDiesBefore)]
    [InlineData("states:StartExecution", FaultKind.CallerDiesAfter)]
    [InlineData("ssm:DeleteParameter", FaultKind.CallerDiesBefore)]
    public void A_function_that_dies_or_hears_nothing_is_run_again_by_lambda_and_each_request_is_answered_once(string action, FaultKind kind)
    {
        world.Cloud.Faults.Plan(kind, call => call.Action == action);

        Assert.Equal("CREATE_COMPLETE", world.Create(World.Document()).Status);
        Assert.Single(world.Executions("Provision"));
        Assert.Equal("DELETE_COMPLETE", world.Delete().Status);
        Assert.Equal(["Create DeployedLink 1", "Create Guard 1", "Delete Guard 1", "Delete DeployedLink 1"], world.Asked);
        world.Remains(nothing: true);
    }

    [Fact]
    public void An_answer_that_s3_does_not_take_is_sent_again()
    {
        world.Stacks.Responses.Refuse(HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable);

        Assert.Equal("CREATE_COMPLETE", world.Create(World.Document()).Status);
        Assert.Equal(["Create DeployedLink 1", "Create Guard 1"], world.Asked);
    }

    [Fact]
    public void A_state_machine_that_cannot_be_started_is_a_failure_at_once()
    {
        world.Create();
        world.Cloud.Faults.Plan(FaultKind.Denied, static call => call.Action == "states:StartExecution");

        var updated = world.Update(World.Document());

        Assert.Contains("could not be started", updated.Reason, StringComparison.Ordinal);
        Assert.Equal(["Create DeployedLink 1", "Delete DeployedLink 1"], world.Asked[1..]);
    }

    [Fact]
    public void A_request_that_lambda_delivers_once_more_is_known_and_not_answered_again()
    {
        world.Create(World.Document());
        var request = world.Stacks.Requests[0];

        Invoke("DeployLink", request.Body.ToJsonString());
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Single(request.Answers);
        Assert.Single(world.Executions("Provision"));
    }

    [Fact]
    public void What_was_answered_is_forgotten_when_lambda_cannot_deliver_it_any_more()
    {
        world.Create(World.Document());
        var kept = Assert.Single(world.Kept);
        Assert.True(Assert.Single(world.Cloud.Parameters.All).IsSecret);

        world.Cloud.Time.Advance(TimeSpan.FromHours(8));

        Assert.DoesNotContain("Signature", kept, StringComparison.Ordinal);
        Assert.Empty(world.Kept);
    }

    [Theory]
    [InlineData("ResponseURL", "https://elsewhere.example/answer")]
    [InlineData("ResponseURL", "http://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com/answer")]
    [InlineData("ResponseURL", "https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/answer")]
    [InlineData("ResponseURL", "https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com.elsewhere.example/answer")]
    [InlineData("StackId", "arn:aws:cloudformation:eu-central-1:999999999999:stack/prod/1")]
    [InlineData("StackId", "arn:aws:cloudformation:eu-west-1:111122223333:stack/prod/1")]
    [InlineData("RequestType", "Destroy")]
    [InlineData("RequestId", "../../other")]
    public void A_forged_request_is_refused_without_a_call(string field, string value)
    {
        world.Create(World.Document());
        foreach (var function in new[] { "DeployLink", "GuardLinks" })
        {
            var forged = world.Request("Delete", World.Document(), "link/orders");
            forged[field] = value;
            world.Cloud.Scheduler.Stop();
            var (place, requests) = (world.Cloud.Calls.Count, world.Stacks.Responses.Requests);

            Assert.Contains("refused what CloudFormation did not send", Invoke(function, forged.ToJsonString()), StringComparison.Ordinal);
            Assert.Empty(world.Cloud.Calls.Since(place));
            Assert.Equal(requests, world.Stacks.Responses.Requests);
        }
    }

    [Fact]
    public void The_address_for_an_answer_is_in_no_log_history_event_queue_or_alert()
    {
        world.Stacks.Responses.Refuse(HttpStatusCode.ServiceUnavailable);
        world.Create(World.Document());
        world.Update(World.Document("""{ "instance": "nobody" }"""));
        var signatures = world.Stacks.Requests.Select(static request => request.Url.Query.Split("Signature=")[1]).ToArray();

        var told = new StringBuilder();
        foreach (var function in world.Cloud.Lambda.All) told.AppendJoin('\n', world.Cloud.Lambda.Logs(function.FunctionName).Select(static line => line.Message));
        foreach (var happened in world.Cloud.Events.Events) told.AppendLine(happened.ToJsonString());
        foreach (var execution in world.Executions("Provision")) told.AppendLine(execution.InputText).AppendLine(execution.Output).AppendLine(execution.Cause);
        foreach (var queue in world.Deployed.Queues.Values) told.AppendJoin('\n', world.Cloud.Sqs.Messages(queue.Arn).Select(static message => message.Body));
        told.AppendJoin('\n', world.Cloud.Sns.Published.Select(static message => message.Message));

        Assert.Contains("Answered Create of orders", told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(signatures, signature => told.ToString().Contains(signature, StringComparison.Ordinal));
    }

    private string Invoke(string function, string payload)
    {
        var invocation = world.Cloud.Time.Run(() => world.Cloud.Lambda.InvokeAsync(world.Deployed.Functions[function], Encoding.UTF8.GetBytes(payload), "by-hand"));
        Assert.Null(invocation.FunctionError);
        return Encoding.UTF8.GetString(invocation.Payload.Span);
    }
}
