using LocalAws.Faults;
using LocalAws.States.Running;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class UpCommandTests
{
    private readonly World world = new();

    private string Machine => world.Deployed.StateMachines["Provision"].Arn;

    [Fact]
    public void A_link_is_built_step_by_step_and_ends_with_what_consumers_need()
    {
        var run = Up();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Started arn:aws:states:eu-central-1:111122223333:execution:Provision-", run.Output, StringComparison.Ordinal);
        var steps = run.Output.Split('\n').Where(line => line.Contains(" s  ", StringComparison.Ordinal)).Select(line => line.Split(" s  ")[1].Trim()).ToArray();
        Assert.Equal(["PlanLink", "ResolveAddresses"], steps[..2]);
        Assert.Equal(["CheckTargets", "ProbeDatabase", "RemoveLeftovers", "AnnounceService"], steps[^4..]);
        Assert.Equal(steps.Distinct(StringComparer.Ordinal), steps);
        Assert.Matches(@"Link orders: done after \d+\.\d s", run.Output);
        Assert.Contains($"Service name  {world.Service.Name}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_document_with_the_report()
    {
        var json = Up("--json").Json;

        Assert.Equal(("orders", "done"), (json.GetProperty("link").GetString(), json.GetProperty("status").GetString()));
        Assert.Equal(world.Service.Name, json.GetProperty("shared").GetProperty("serviceName").GetString());
        Assert.Contains("PlanLink", json.GetProperty("states").EnumerateArray().Select(state => state.GetProperty("name").GetString()));
    }

    [Fact]
    public void Ctrl_C_leaves_the_execution_alone_and_the_same_command_follows_it_to_its_end()
    {
        using var document = new TemporaryFile(World.Document());

        var left = Operator.RunUntil(world.Cloud, "EnsureLoadBalancer", 1, "up", document.Path);
        var first = Assert.Single(world.Cloud.StepFunctions.Executions(Machine));
        var wasRunning = first.Status;
        var again = Operator.Run(world.Cloud, "up", document.Path);

        Assert.Equal((130, ExecutionStatus.Running), (left.ExitCode, wasRunning));
        Assert.Contains($"To follow it again: privatelink up {document.Path}", left.Error, StringComparison.Ordinal);
        Assert.Equal(0, again.ExitCode);
        Assert.StartsWith($"It runs already: {first.Identity.Arn}", again.Output, StringComparison.Ordinal);
        Assert.Contains("PlanLink", again.Output, StringComparison.Ordinal);
        Assert.Single(world.Cloud.StepFunctions.Executions(Machine));
    }

    [Fact]
    public void A_detached_run_goes_on_by_itself()
    {
        var run = Up("--detach");

        var execution = Assert.Single(world.Cloud.StepFunctions.Executions(Machine));
        Assert.Equal((0, execution.Identity.Arn), (run.ExitCode, run.Output.TrimEnd()));
        Assert.StartsWith("orders-", execution.Identity.Name, StringComparison.Ordinal);
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
    }

    [Fact]
    public void Another_document_of_a_link_that_is_being_built_has_to_wait()
    {
        Up("--detach");

        var run = UpWith(World.Document(consumers: "\"210987654321\""));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("An execution for the link orders is running that does something else: arn:aws:states:", run.Error, StringComparison.Ordinal);
        Assert.Single(world.Cloud.StepFunctions.Executions(Machine));
    }

    [Fact]
    public void The_same_document_can_be_run_again_at_once_when_it_has_ended()
    {
        Assert.Equal((0, 0), (Up().ExitCode, Up().ExitCode));
        Assert.Equal(2, world.Cloud.StepFunctions.Executions(Machine).Length);
    }

    [Fact]
    public void A_refusal_names_the_step_the_reason_and_the_remedy()
    {
        var run = UpWith(World.Document("""{ "instance": "orders-prd" }"""));

        Assert.Equal(3, run.ExitCode);
        Assert.Matches(@"Link orders: refused after \d+\.\d s, by PlanLink", run.Error);
        Assert.Matches(@"- .*orders-prd.*\n +Remedy: .*orders-prod", run.Error);
    }

    [Fact]
    public void A_failure_names_the_step_the_reason_and_the_remedy()
    {
        world.Cloud.Faults.Plan(FaultKind.Denied, call => call.Operation.Name == "CreateLoadBalancer", times: 100);

        var run = Up("--json");

        Assert.Equal((1, "failed"), (run.ExitCode, run.Json.GetProperty("status").GetString()));
        var cause = run.Json.GetProperty("failure").GetProperty("cause").GetString();
        Assert.StartsWith("EnsureLoadBalancer: ", cause, StringComparison.Ordinal);
        Assert.Contains("Start the execution again with the same document", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_is_wrong_starts_nothing()
    {
        var (text, json) = (UpWith("{}"), UpWith("{}", "--json"));

        Assert.Equal((2, "", 2, ""), (text.ExitCode, text.Output, json.ExitCode, json.Error));
        Assert.Contains("$.name", text.Error, StringComparison.Ordinal);
        Assert.Contains("$.name", json.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetString()));
        Assert.Empty(world.Cloud.StepFunctions.Executions(Machine));
    }

    private Run Up(params string[] options) => UpWith(World.Document(), options);

    private Run UpWith(string text, params string[] options)
    {
        using var document = new TemporaryFile(text);
        return Operator.Run(world.Cloud, ["up", document.Path, .. options]);
    }
}
