using System.Text;
using System.Text.Json.Nodes;
using LocalAws.Lambda;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.House;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deployment;

/// <summary>
/// Each function by the handler string of the template, in a process of its own with the environment and the credentials of its role.
/// What it answers is compared with what the same function answered to the same event in this process, on a link that stands.
/// </summary>
public sealed class AsDeployedTests(AsDeployed deployed) : IClassFixture<AsDeployed>
{
    private const string Deletion = """{ "Link": "nothing", "Checks": 0, "Limit": 9, "MadeBy": "" }""";

    public static TheoryData<string> Steps => [.. AsDeployed.Recorded];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_answers_as_it_does_in_this_process(string step)
    {
        var (payload, expected) = deployed.Exchanges[step];

        var (answer, calls) = deployed.Invoke(step, payload);

        Assert.True(JsonNode.DeepEquals(expected, answer), $"expected {expected}, found {answer}");
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Equal((step, null), (call.Caller, call.Error)));
    }

    [Fact]
    public void ReportFailure_publishes_the_alert()
    {
        var before = deployed.World.Alerts.Count;

        var (answer, _) = deployed.Invoke("ReportFailure", """
            { "Document": { "name": "orders" }, "Execution": "arn:aws:states:eu-central-1:111122223333:execution:provision:one",
              "Failed": { "PlanLink": { "Error": "NameTakenException", "Cause": "{\"errorMessage\":\"It is taken. Remedy: Rename it.\"}" } } }
            """);

        Assert.Equal("NameTakenException", answer["Error"]!.GetValue<string>());
        var alert = Assert.Single(deployed.World.Alerts.Skip(before));
        Assert.Contains("It is taken.", alert.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ResolveAddresses_asks_the_resolver_of_where_it_runs()
    {
        var (answer, calls) = deployed.Invoke("ResolveAddresses", Hosts("10.0.0.7"));
        var (refused, _) = deployed.Invoke("ResolveAddresses", Hosts("localhost"));

        Assert.Equal("10.0.0.7", answer["Addresses"]![0]!["Addresses"]![0]!.GetValue<string>());
        Assert.Empty(calls);
        Assert.Equal("AddressesRefusedException", refused["errorType"]!.GetValue<string>());
        Assert.Contains("localhost: 127.0.0.1 is a loopback address", refused["errorMessage"]!.GetValue<string>(), StringComparison.Ordinal);

        string Hosts(string host)
        {
            var payload = JsonNode.Parse(deployed.Exchanges["ResolveAddresses"].Payload)!;
            payload["VpcCidrs"] = new JsonArray("10.0.0.0/16");
            payload["Exposures"]![0]!["Hosts"] = new JsonArray(host);
            return payload.ToJsonString();
        }
    }

    [Fact]
    public void ProbeDatabase_asks_the_resolver_of_where_it_runs_and_calls_nothing()
    {
        var (answer, calls) = deployed.Invoke("ProbeDatabase", deployed.Exchanges["ProbeDatabase"].Payload);
        var (refused, _) = deployed.Invoke("ProbeDatabase", """{ "Link": "orders", "LoadBalancerArn": "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/net/other/0123456789abcdef", "Exposures": [] }""");

        Assert.Equal("Unresolved", answer["Probes"]![0]!["Result"]!.GetValue<string>());
        Assert.Empty(calls);
        Assert.Equal("ProbeRefusedException", refused["errorType"]!.GetValue<string>());
    }

    [Fact]
    public void SyncTargets_looks_at_the_group_and_leaves_it_alone_when_the_name_is_not_known_where_it_runs()
    {
        var (answer, calls) = deployed.Invoke("SyncTargets", "{}");

        Assert.Equal((1, 0), (answer["Looked"]!.GetValue<int>(), answer["Changed"]!.GetValue<int>()));
        Assert.Contains(calls, static call => call is { Caller: "SyncTargets", Action: "elasticloadbalancing:DescribeTargetHealth", Error: null });
    }

    [Fact]
    public void StartFollow_finds_the_databases_link_and_starts_to_follow_it()
    {
        var (answer, calls) = deployed.Invoke("StartFollow", """
            { "id": "1", "source": "aws.rds", "detail-type": "RDS DB Instance Event",
              "detail": { "SourceArn": "arn:aws:rds:eu-central-1:111122223333:db:orders-prod", "EventID": "RDS-EVENT-0013" } }
            """);

        Assert.StartsWith("arn:aws:states:", answer["Execution"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(calls, static call => call is { Caller: "StartFollow", Action: "states:StartExecution", Error: null });
    }

    [Fact]
    public void ListNames_lists_the_databases_name_with_where_it_was_seen()
    {
        var (answer, calls) = deployed.Invoke("ListNames", """{ "Started": "2026-01-01T08:00:00Z" }""");

        Assert.Equal("Wait", answer["Watch"]!["Step"]!.GetValue<string>());
        Assert.EndsWith(".rds.amazonaws.com", answer["Watch"]!["Names"]![0]!["Host"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(calls, static call => call is { Caller: "ListNames", Action: "tag:GetResources", Error: null });
    }

    [Fact]
    public void CheckConnection_waits_for_the_first_consumer()
    {
        var (answer, _) = deployed.Invoke("CheckConnection", $$"""
            { "Link": "orders", "ServiceId": "{{deployed.World.Service.Id}}", "Since": "2999-01-01T00:00:00Z", "AwaitSeconds": 3600 }
            """);

        Assert.Equal((false, 30), (answer["Done"]!.GetValue<bool>(), answer["WaitSeconds"]!.GetValue<int>()));
    }

    [Fact]
    public void ReportExecution_tells_of_an_execution_that_was_stopped()
    {
        var (answer, calls) = deployed.Invoke("ReportExecution", """
            { "detail": { "executionArn": "arn:aws:states:eu-central-1:111122223333:execution:Provision:run-1", "status": "ABORTED", "input": "{\"name\":\"orders\"}" } }
            """);

        Assert.Equal("execution.ended", answer["Alert"]!.GetValue<string>());
        Assert.Contains(calls, static call => call is { Caller: "ReportExecution", Action: "sns:Publish", Error: null });
    }

    [Fact]
    public void ReviewConnections_finds_the_link_and_has_nothing_to_answer()
    {
        var (answer, calls) = deployed.Invoke("ReviewConnections", """{ "detail": { "notification": "whatever" } }""");

        Assert.Equal((1, 0), (answer["Links"]!.GetValue<int>(), answer["Connections"]!.GetValue<int>()));
        Assert.Contains(calls, static call => call is { Caller: "ReviewConnections", Action: "ec2:DescribeVpcEndpointConnections", Error: null });
    }

    [Fact]
    public void AnswerConnection_says_what_it_knows_when_nobody_has_asked_to_connect()
    {
        var (refused, calls) = deployed.Invoke("AnswerConnection", """
            { "Link": "orders", "EndpointId": "vpce-0123456789abcdef0", "Verdict": "Accept", "Override": false, "Withdraw": false, "Reason": "", "Who": "arn:aws:iam::111122223333:user/anna" }
            """);

        Assert.Equal("UnknownNameException", refused["errorType"]!.GetValue<string>());
        Assert.Contains(calls, static call => call is { Caller: "AnswerConnection", Action: "ec2:DescribeVpcEndpointConnections", Error: null });
    }

    [Fact]
    public void ReleaseMade_begins_a_release_and_says_how_far_it_is()
    {
        const string made = """{ "Link": "nothing", "MadeBy": "0123456789abcdef" }""";
        var (answer, calls) = deployed.Invoke("ReleaseMade", made);
        deployed.World.Cloud.Time.Run(() => deployed.World.Cloud.StepFunctions.WaitAsync(
            $"{deployed.World.Deployed.StateMachines["Release"].Arn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:nothing-failed-0123456789abcdef", CancellationToken.None));
        var (ended, looks) = deployed.Invoke("ReleaseMade", made);

        Assert.Equal((false, "RUNNING"), (answer["Ended"]!.GetValue<bool>(), answer["Status"]!.GetValue<string>()));
        Assert.Equal(["states:DescribeExecution", "states:StartExecution"], calls.Where(static call => call.Caller == "ReleaseMade").Select(static call => call.Action));
        Assert.Equal(["states:DescribeExecution"], looks.Where(static call => call.Caller == "ReleaseMade").Select(static call => call.Action));
        Assert.Equal((true, "SUCCEEDED", 0, 0), (ended["Ended"]!.GetValue<bool>(), ended["Status"]!.GetValue<string>(), ended["Removed"]!.AsArray().Count, ended["Kept"]!.AsArray().Count));
    }

    [Fact]
    public void RemoveLeftovers_looks_for_what_is_left_over_and_what_is_gone_is_no_error()
    {
        var balancer = deployed.World.Balancer.Arn;

        var (answer, calls) = deployed.Invoke("RemoveLeftovers", $$"""
            { "LoadBalancerArn": "{{balancer}}", "Listeners": [{ "Arn": "{{balancer.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}}/0123456789abcdef", "Port": 5433 }], "TargetGroups": [], "Rules": [] }
            """);

        Assert.Equal("listener on port 5433", Assert.Single(answer["Removed"]!.AsArray())!.GetValue<string>());
        Assert.Equal(("RemoveLeftovers", "elasticloadbalancing:DescribeListeners", null), (calls.Single().Caller, calls.Single().Action, calls.Single().Error));
    }

    [Theory]
    [InlineData("DeployLink")]
    [InlineData("GuardLinks")]
    public void A_request_that_CloudFormation_did_not_send_is_refused_without_a_call(string function)
    {
        var (answer, calls) = deployed.Invoke(function, """
            { "RequestType": "Create", "ResponseURL": "https://elsewhere.example/answer", "RequestId": "1", "LogicalResourceId": "DeployedLink",
              "StackId": "arn:aws:cloudformation:eu-central-1:111122223333:stack/prod/1", "ResourceProperties": { "Document": "{}" } }
            """);

        Assert.Equal("refused what CloudFormation did not send", answer["Did"]!.GetValue<string>());
        Assert.Empty(calls);
    }

    [Fact]
    public void AnswerAnnounced_finds_no_stack_that_waits()
    {
        var (answer, calls) = deployed.Invoke("AnswerAnnounced", """{ "Execution": "stack-none", "ServiceName": "com.amazonaws.vpce.x", "ServiceId": "vpce-svc-1" }""");

        Assert.False(answer["Answered"]!.GetValue<bool>());
        Assert.Equal(["ssm:GetParameter"], calls.Select(static call => call.Action));
    }

    [Fact]
    public void AnswerEnded_finds_no_request_that_waits()
    {
        var (answer, calls) = deployed.Invoke("AnswerEnded", "{}");

        Assert.Empty(answer["Waiting"]!.AsArray());
        Assert.Equal(("ssm:GetParametersByPath", null), (Assert.Single(calls).Action, Assert.Single(calls).Error));
    }

    [Theory]
    [InlineData("PlanRelease", """{ "Request": { "name": "nothing" } }""")]
    [InlineData("EndConnections", """{ "Link": "nothing", "Force": false, "MadeBy": "" }""")]
    [InlineData("DeleteEndpointService", Deletion)]
    [InlineData("DeleteLoadBalancer", Deletion)]
    [InlineData("RemoveListeners", Deletion)]
    [InlineData("DeleteTargetGroups", Deletion)]
    [InlineData("RevokeDatabaseIngress", """{ "Link": "nothing", "MadeBy": "" }""")]
    [InlineData("DeleteSecurityGroup", Deletion)]
    [InlineData("ReportRelease", """{ "Link": "nothing", "Found": [{ "Kind": "load balancer", "Id": "gone" }], "Checks": 0, "Limit": 3, "MadeBy": "" }""")]
    [InlineData("ReportReleaseFailure", """{ "Document": { "name": "nothing" }, "Execution": "arn:aws:states:eu-central-1:111122223333:execution:Release:one", "Failed": { "PlanRelease": { "Error": "AwsBusyException" } } }""")]
    public void A_step_of_a_release_finds_nothing_of_a_link_that_is_not_there(string step, string payload)
    {
        var (answer, calls) = deployed.Invoke(step, payload);

        Assert.Null(answer["errorType"]);
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Equal((step, null, step.StartsWith("Report", StringComparison.Ordinal)), (call.Caller, call.Error, calls.Any(static one => one.Action == "sns:Publish"))));
    }

    [Fact]
    public void Every_function_of_the_template_is_started_here() => Assert.Equal(
        deployed.World.Deployed.Functions.Keys.Order(StringComparer.Ordinal),
        AsDeployed.Recorded.Concat(["AnswerAnnounced", "AnswerConnection", "AnswerEnded", "CheckConnection", "DeployLink", "GuardLinks", "ListNames", "ProbeDatabase", "ReleaseMade", "RemoveLeftovers", "ReportExecution", "ReportFailure", "ResolveAddresses", "ReviewConnections", "StartFollow", "SyncTargets"])
            .Concat(StateMachineFile.Tasks(StateMachineFile.Release).Select(static task => task.Name)).Order(StringComparer.Ordinal));
}

/// <summary>A link that stands, and what was said to each step and answered when it was provisioned once more.</summary>
public sealed class AsDeployed : IDisposable
{
    private readonly DeployedFunctions functions;

    public AsDeployed()
    {
        World.Build(Provisioning.World.Document());
        World.Cloud.Lambda.Loader = Record;
        foreach (var function in World.Deployed.Functions.Values)
            World.Cloud.Lambda.Add(function);
        World.Build(Provisioning.World.Document());
        World.Cloud.Lambda.Loader = null;
#pragma warning disable RS0030 // Processes live in real time.
        functions = DeployedFunctions.Start(World.Cloud, DeployedFunctions.BuildOutput(new(Repository.Root)), TimeProvider.System, staysHere: _ => false);
#pragma warning restore RS0030
        foreach (var function in World.Deployed.Functions.Values)
            World.Cloud.Lambda.Add(function);
    }

    public static IEnumerable<string> Recorded =>
    [
        "PlanLink", "EnsureTargetGroups", "RegisterTargets", "EnsureSecurityGroup", "EnsureLoadBalancer", "CheckLoadBalancer", "AuthorizeDatabaseIngress",
        "EnsureListeners", "EnsureEndpointService", "SubscribeConnectionEvents", "AllowConsumers", "CheckTargets", "AnnounceService",
    ];

    internal World World { get; } = new();

    internal Dictionary<string, (string Payload, JsonNode Answer)> Exchanges { get; } = new(StringComparer.Ordinal);

    public void Dispose() => functions.Dispose();

    internal (JsonNode Answer, IReadOnlyList<LocalAws.CallRecord> Calls) Invoke(string step, string payload)
    {
        var place = World.Cloud.Calls.Count;
        var invocation = World.Cloud.Time.Run(() => World.Cloud.Lambda.InvokeAsync(World.Deployed.Functions[step], Encoding.UTF8.GetBytes(payload), "id"));
        return (JsonNode.Parse(invocation.Payload.Span)!, [.. World.Cloud.Calls.Since(place)]);
    }

    private LambdaEntry Record(FunctionSettings function, FunctionSurroundings surroundings)
    {
        var entry = ProductFunctions.Load(function, surroundings);
        return async (payload, context) =>
        {
            using var reader = new StreamReader(payload);
            var said = await reader.ReadToEndAsync();
            using var heard = new MemoryStream(Encoding.UTF8.GetBytes(said));
            var answer = await entry(heard, context);
            Exchanges[function.LogicalId] = (said, (await JsonNode.ParseAsync(answer))!);
            answer.Position = 0;
            return answer;
        };
    }
}
