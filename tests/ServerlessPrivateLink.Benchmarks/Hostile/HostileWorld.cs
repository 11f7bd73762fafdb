using System.Collections.Immutable;
using Amazon;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Ec2;
using LocalAws.Faults;
using LocalAws.States.Running;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Benchmarks.Hostile;

/// <summary>A stack with one link, and an account in which somebody publishes and puts whatever comes to mind.</summary>
internal sealed class HostileWorld : IDisposable
{
    public const string StackName = DeployedStack.StackName;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DeployedStack stack;
    private readonly AmazonSimpleNotificationServiceClient sns;
    private readonly HashSet<string> crashed = new(StringComparer.Ordinal);

    public HostileWorld(HomeDirectory home, int seed)
    {
        stack = DeployedStack.Deploy(AccountDescription.Load(home.ExampleAccount), Template.Load(home.Template), link: null, seed, Start);
        sns = new(new BasicAWSCredentials(Cloud.Operator.AccessKeyId, Cloud.Operator.SecretAccessKey), new AmazonSimpleNotificationServiceConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(Cloud.Options.Region),
            HttpClientFactory = Cloud.Door,
            MaxErrorRetry = 0,
        });
        Build();
        Cloud.Scheduler.Start();
    }

    public Cloud Cloud => stack.Cloud;

    public EndpointService Service => Cloud.Ec2.All<EndpointService>().Single();

    public ImmutableArray<EndpointConnection> Connections => [.. Cloud.Ec2.All<EndpointConnection>()];

    public string AlertTopicArn => stack.AlertTopicArn;

    public string UndeliveredArn => stack.Stack.Queues["UndeliveredEvents"].Arn;

    public string ReviewFunction => stack.Stack.Functions["ReviewConnections"].FunctionName;

    /// <summary>Connections of which a review died between telling people and noting that.</summary>
    public IReadOnlySet<string> Crashed => crashed;

    /// <summary>How many reviews died so.</summary>
    public int Crashes { get; private set; }

    /// <summary>Somebody of the account publishes to the topic of connection events.</summary>
    public void Publish(string message) => Cloud.Time.Run(() =>
        sns.PublishAsync(new PublishRequest { TopicArn = stack.Stack.Topics["ConnectionTopic"].Arn, Message = message }));

    /// <summary>From now on a review may die between telling and noting, as often as the share says.</summary>
    public void Crash(Chance chance, double share) => Cloud.Faults.Draw = call =>
    {
        if (call.Operation.Name != "CreateTags" || call.Form.Texts("ResourceId") is not [var connection] || !Tells(call) || chance.NextDouble() >= share) return null;
        crashed.Add(connection);
        Crashes++;
        return FaultKind.CallerDiesBefore;
    };

    public void Dispose()
    {
        sns.Dispose();
        stack.Dispose();
    }

    private static bool Tells(LocalAws.Wire.ApiCall call) => call.Form.Text("Tag.1.Key") == ResourceTags.Told || call.Form.Text("Tag.3.Key") == ResourceTags.Told;

    private void Build()
    {
        var consumers = string.Join(", ", Applicant.All.Select(static one => one.Consumer).OfType<string>());
        var document = $$"""{ "name": "hostile", "databases": [{ "instance": "orders-prod" }], "consumers": [{{consumers}}] }""";
        var execution = Cloud.Time.Run(() => Cloud.StepFunctions.WaitAsync(
            Cloud.StepFunctions.Start(Cloud.StepFunctions.Machine(stack.MachineArn), "build", document).Identity.Arn,
            CancellationToken.None));
        if (execution.Status is not ExecutionStatus.Succeeded) throw new InvalidOperationException($"The link was not built. {execution.Error}: {execution.Cause}");
        var strangers = Applicant.All.Where(static one => one.Consumer is null).Select(static one => $"arn:aws:iam::{one.Account}:root");
        Cloud.Time.Run(() => stack.Aws.Ec2.ModifyVpcEndpointServicePermissionsAsync(
            new Amazon.EC2.Model.ModifyVpcEndpointServicePermissionsRequest { ServiceId = Service.Id, AddAllowedPrincipals = [.. strangers] }));
        Cloud.Time.Advance(TimeSpan.FromMinutes(1));
    }
}
