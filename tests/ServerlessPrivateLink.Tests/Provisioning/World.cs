using System.Collections.Immutable;
using System.Text.Json;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Ec2;
using LocalAws.Lambda;
using LocalAws.LoadBalancing;
using LocalAws.Sns;
using LocalAws.States.Running;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.House;
using Xunit;
using Execution = LocalAws.States.Running.Execution;

namespace ServerlessPrivateLink.Tests.Provisioning;

/// <summary>The example account with the stack deployed into it, and its provisioning machine.</summary>
internal sealed class World
{
    public const string StackName = "prod";

    public const string LinkName = "orders";

    public const string Warehouse = "warehouse.corp.example";

    private static readonly AccountDescription Example = AccountDescription.Load(Repository.At("examples/account"));

    private static readonly Template Definition = Template.Load(Repository.At("template.yaml"));

    private int runs;

    public World(int seed = 1, string nameWatch = "ENABLED")
    {
        Cloud = Example.Open(seed, new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));
        Cloud.Lambda.Loader = Load;
        Cloud.Dns.Set(Warehouse, System.Net.IPAddress.Parse("10.9.0.5"));
        Cloud.Ec2.Ports.Open(System.Net.IPAddress.Parse("10.9.0.5"), null, [], Cloud.Time.GetUtcNow());
        Deployed = Definition.Deploy(Cloud, StackName, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["VpcId"] = Home,
            ["SubnetIds"] = "subnet-0d20000000000000a,subnet-0d20000000000000b",
            ["NameWatch"] = nameWatch,
        });
        Cloud.Visibility.Longest = TimeSpan.FromSeconds(5);
    }

    public static string Home { get; } = JsonDocument.Parse(File.ReadAllText(Repository.At("examples/account/describe-db-instances.json"))).RootElement
        .GetProperty("DBInstances")[0].GetProperty("DBSubnetGroup").GetProperty("VpcId").GetString()!;

    public Cloud Cloud { get; }

    /// <summary>How long the resolver's network keeps it waiting.</summary>
    public TimeSpan ResolverWaits { get; set; }

    public Stack Deployed { get; }

    public LoadBalancer Balancer => Assert.Single(Cloud.LoadBalancing.All<LoadBalancer>());

    /// <summary>The link's own security group; the other one of the load balancer lets the probe in.</summary>
    public string OwnGroupId => Assert.Single(Balancer.GroupIds, id => id != Deployed.SecurityGroups["ProbedSecurityGroup"].GroupId);

    public EndpointService Service => Assert.Single(Cloud.Ec2.All<EndpointService>());

    public IEnumerable<TargetGroup> TargetGroups => Cloud.LoadBalancing.All<TargetGroup>();

    public IEnumerable<Listener> Listeners => Cloud.LoadBalancing.All<Listener>();

    public IEnumerable<ServicePermission> Permissions => Cloud.Ec2.All<ServicePermission>();

    public IEnumerable<SecurityGroupRule> AddedRules => Cloud.Ec2.All<SecurityGroupRule>().Where(static rule => rule.Tags[ResourceTags.Stack] == StackName);

    public IReadOnlyList<PublishedMessage> Alerts => [.. Cloud.Sns.Published.Where(message => message.TopicArn == Deployed.Topics["AlertTopic"].Arn)];

    public static string Document(string databases = """{ "instance": "orders-prod" }""", string consumers = "\"133737826969\"", string more = "") =>
        $$"""{ "name": "{{LinkName}}", "databases": [{{databases}}], "consumers": [{{consumers}}]{{more}} }""";

    private LambdaEntry Load(FunctionSettings function, FunctionSurroundings surroundings)
    {
        var code = ProductFunctions.Load(function, surroundings);
        return function.LogicalId is not "ResolveAddresses" ? code : async (payload, context) =>
        {
            await Cloud.Time.Delay(ResolverWaits, CancellationToken.None);
            return await code(payload, context);
        };
    }

    public Execution Provision(string document) => Cloud.Time.Run(() => ProvisionAsync(document));

    public Task<Execution> ProvisionAsync(string document) => RunAsync("Provision", document);

    /// <summary>Takes a link down again.</summary>
    public Execution Release(string request = $$"""{ "name": "{{LinkName}}" }""") => Cloud.Time.Run(() => RunAsync("Release", request));

    public Task<Execution> RunAsync(string machineId, string input)
    {
        var machine = Cloud.StepFunctions.Machine(Deployed.StateMachines[machineId].Arn);
        var execution = Cloud.StepFunctions.Start(machine, $"run-{++runs}", input);
        return Cloud.StepFunctions.WaitAsync(execution.Identity.Arn, CancellationToken.None);
    }

    /// <summary>Provisions and expects it to end well.</summary>
    public JsonElement Build(string document)
    {
        var execution = Provision(document);
        Assert.True(execution.Status is ExecutionStatus.Succeeded, $"{execution.Error}: {execution.Cause}");
        return JsonDocument.Parse(execution.Output!).RootElement;
    }

    /// <summary>The changing calls that provisioning makes of a document, as IAM names them.</summary>
    public ImmutableArray<string> Changes(string document)
    {
        var place = Cloud.Calls.Count;
        Build(document);
        return ChangesSince(place);
    }

    public ImmutableArray<string> ChangesSince(int place) =>
        [.. Cloud.Calls.Since(place).Where(call => call.Mutates && Deployed.Functions.ContainsKey(call.Caller)).Select(static call => call.Action)];
}
