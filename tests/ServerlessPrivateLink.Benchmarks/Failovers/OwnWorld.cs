using LocalAws.Accounts;
using LocalAws.LoadBalancing;
using LocalAws.States.Running;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Cli.Rehearsal;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>Our stack, deployed from the template, with a link that its own machine has built.</summary>
internal sealed class OwnWorld(HomeDirectory home)
{
    public const string Rule = "ours";

    private readonly AccountDescription account = AccountDescription.Load(home.ExampleAccount);
    private readonly Template template = Template.Load(home.Template);

    public World Build(int seed, DatabaseCase database)
    {
        var deployed = DeployedStack.Deploy(account, template, link: null, seed, World.Start);
        var cloud = deployed.Cloud;
        cloud.Visibility.Longest = World.LongestUnseen;
        database.Complete(cloud);
        var execution = cloud.Time.Run(() => cloud.StepFunctions.WaitAsync(
            cloud.StepFunctions.Start(cloud.StepFunctions.Machine(deployed.MachineArn), "build", database.Document).Identity.Arn,
            CancellationToken.None));
        return execution.Status is ExecutionStatus.Succeeded
            ? new(cloud, [(Rule, cloud.LoadBalancing.All<TargetGroup>().Single())], Slowest: TimeSpan.FromMinutes(1))
            : throw new InvalidOperationException($"The link of seed {seed} was not built. {execution.Error}: {execution.Cause}");
    }
}
