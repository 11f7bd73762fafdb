using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.CloudFormation;
using LocalAws.Ec2;
using LocalAws.Sns;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.House;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;
using Execution = LocalAws.States.Running.Execution;

namespace ServerlessPrivateLink.Tests.Deploying;

/// <summary>The example account, into which CloudFormation deploys the template; schedules run.</summary>
internal sealed class StackWorld
{
    private static readonly AccountDescription Example = AccountDescription.Load(Repository.At("examples/account"));

    private static readonly Template Definition = Template.Load(Repository.At("template.yaml"));

    private Stack? deployed;

    public StackWorld(int seed = 1)
    {
        Cloud = Example.Open(seed, new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));
        Cloud.Lambda.Loader = ProductFunctions.Load;
        Cloud.Visibility.Longest = TimeSpan.FromSeconds(5);
    }

    public Cloud Cloud { get; }

    public CloudFormationState Stacks => Cloud.CloudFormation;

    public Stack Deployed => deployed ?? throw new InvalidOperationException("Nothing is deployed.");

    /// <summary>What CloudFormation asked of links and of the guard, with how often each was answered: <c>Create DeployedLink 1</c>.</summary>
    public string[] Asked => [.. Stacks.Requests.Select(static request => $"{request.Type} {(string?)request.Body["LogicalResourceId"]} {request.Answers.Count}")];

    public string[] Names => [.. Cloud.Ec2.All<EndpointService>().Where(service => service.StateAt(Cloud.Time.GetUtcNow()) != "Deleted").Select(static service => service.Tags[ResourceTags.Link]!)];

    public IReadOnlyList<PublishedMessage> Alerts => [.. Cloud.Sns.Published.Where(message => message.TopicArn == Deployed.Topics["AlertTopic"].Arn)];

    /// <summary>The parameters that hold requests.</summary>
    public string[] Kept => [.. Cloud.Parameters.All.Where(static one => one.Name.Contains("/requests/", StringComparison.Ordinal)).Select(static one => one.Value)];

    public ImmutableArray<Execution> Executions(string machine) => Cloud.StepFunctions.Executions(Deployed.StateMachines[machine].Arn);

    public StackOutcome Create(string link = "", string parameter = "")
    {
        Cloud.Scheduler.Start();
        return Done(() => Stacks.CreateAsync(Definition, World.StackName, Values(link, parameter)));
    }

    public StackOutcome Update(string link = "", string parameter = "") => Done(() => Stacks.UpdateAsync(World.StackName, Values(link, parameter)));

    public StackOutcome Delete() => Done(() => Stacks.DeleteAsync(World.StackName));

    /// <summary>Lets something happen, at a second's precision, the first time that the test's moment is there.</summary>
    public void Watch(Func<bool> moment, Action happens)
    {
        var done = false;
        Cloud.Time.CreateTimer(
            _ =>
            {
                if (done || !moment()) return;
                done = true;
                happens();
            },
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1));
    }

    /// <summary>Builds or takes down a link beside CloudFormation, as a person does.</summary>
    public Execution Run(string machine, string input)
    {
        var execution = Cloud.StepFunctions.Start(Cloud.StepFunctions.Machine(Deployed.StateMachines[machine].Arn), null, input);
        return Cloud.Time.Run(() => Cloud.StepFunctions.WaitAsync(execution.Identity.Arn, CancellationToken.None));
    }

    /// <summary>From now on a machine does something else.</summary>
    public void Redefine(string machine, string definition)
    {
        var settings = Cloud.StepFunctions.Machine(Executing(machine)).Settings;
        Cloud.StepFunctions.Add(settings with { Definition = definition });
    }

    /// <summary>A request by hand, as CloudFormation would send it but for what a test changes.</summary>
    public JsonObject Request(string type, string link, string physicalId = "") => new()
    {
        ["RequestType"] = type,
        ["ResponseURL"] = $"https://{Stacks.Responses.Host}/answer?X-Amz-Signature=1",
        ["StackId"] = Deployed.Id,
        ["RequestId"] = "6f1d0d2c-0001",
        ["LogicalResourceId"] = "DeployedLink",
        ["PhysicalResourceId"] = physicalId,
        ["ResourceProperties"] = new JsonObject { ["Document"] = link },
    };

    public void Remains(bool nothing)
    {
        Assert.Equal(nothing, Names.Length == 0);
        if (!nothing) return;
        Assert.Empty(Cloud.LoadBalancing.All<LocalAws.LoadBalancing.LoadBalancer>());
        Assert.Empty(Cloud.LoadBalancing.All<LocalAws.LoadBalancing.TargetGroup>());
        Assert.DoesNotContain(Cloud.Ec2.All<SecurityGroup>(), static group => group.Tags[ResourceTags.Stack] is not null);
        Assert.DoesNotContain(Cloud.Ec2.All<SecurityGroupRule>(), static rule => rule.Tags[ResourceTags.Stack] is not null);
    }

    private string Executing(string machine) => Cloud.StepFunctions.All.First(one => one.Settings.LogicalId == machine).Settings.Arn;

    private StackOutcome Done(Func<Task<StackOutcome>> work)
    {
        var outcome = Cloud.Time.Run(work);
        deployed = outcome.Stack;
        return outcome;
    }

    private static Dictionary<string, string> Values(string link, string parameter) => new(StringComparer.Ordinal)
    {
        ["VpcId"] = World.Home,
        ["SubnetIds"] = "subnet-0d20000000000000a,subnet-0d20000000000000b",
        ["NameWatch"] = "DISABLED",
        ["Link"] = link,
        ["LinkParameter"] = parameter,
    };
}
