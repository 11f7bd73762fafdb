using System.Collections.Immutable;
using Amazon.StepFunctions.Model;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>The template, deployed into an embedded AWS that is as an account's files describe it.</summary>
/// <param name="Cloud">The account.</param>
/// <param name="Aws">The operator's clients.</param>
/// <param name="Stack">What the template made.</param>
/// <param name="Place">Where it was deployed.</param>
/// <param name="Notes">What had to be assumed.</param>
public sealed record DeployedStack(Cloud Cloud, OperatorClients Aws, Stack Stack, StackPlace Place, ImmutableArray<string> Notes) : IDisposable
{
    /// <summary>As in samconfig.toml.</summary>
    public const string StackName = "serverless-privatelink";

    private const string Machine = "Provision";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);

    private const string AlertTopic = "AlertTopic";
    private const string ConnectionTopic = "ConnectionTopic";

    /// <summary>The machine that builds a link.</summary>
    public string MachineArn => Stack.StateMachines[Machine].Arn;

    /// <summary>Where alerts are published.</summary>
    public string AlertTopicArn => Stack.Topics[AlertTopic].Arn;

    /// <summary>Where EC2 publishes what happens to connections.</summary>
    public string ConnectionTopicArn => Stack.Topics[ConnectionTopic].Arn;

    /// <param name="account">The account's shape.</param>
    /// <param name="template">What is deployed.</param>
    /// <param name="link">The link that it is deployed for; null: for whatever comes.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="start">The first instant of simulated time.</param>
    /// <exception cref="BadInputException">The account has no place for it.</exception>
    public static DeployedStack Deploy(AccountDescription account, Template template, Link? link, int seed, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(template);
        var cloud = account.Open(seed, start);
        var clients = OperatorClients.Of(cloud);
        var looker = new RehearsalAccount(cloud, clients);
        var place = cloud.Time.Run(() => looker.ChooseAsync(link));
        var hosts = link is null ? [] : cloud.Time.Run(() => looker.NameHostsAsync(link, place));
        cloud.Lambda.Loader = ProductFunctions.Load;
        var stack = template.Deploy(cloud, StackName, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["VpcId"] = place.VpcId,
            ["SubnetIds"] = string.Join(',', place.SubnetIds),
        });
        return new(cloud, clients, stack, place, [.. place.Notes, .. hosts]);
    }

    /// <summary>Builds a link, and lets time pass until that has ended.</summary>
    /// <param name="name">The execution's name.</param>
    /// <param name="document">The link's document.</param>
    /// <param name="progress">Told of the states so far, at each look.</param>
    public Execution Build(string name, string document, Action<ImmutableArray<StateRun>, DateTimeOffset> progress) =>
        Cloud.Time.Run(() => new Executions(Aws.StepFunctions, Cloud.Time, BetweenLooks).RunAsync(MachineArn, name, document, progress));

    /// <summary>Takes a link down, and lets time pass until that has ended.</summary>
    /// <param name="name">The execution's name.</param>
    /// <param name="request">The machine's input.</param>
    public Execution Release(string name, string request) =>
        Cloud.Time.Run(() => new Executions(Aws.StepFunctions, Cloud.Time, BetweenLooks).RunAsync(Stack.StateMachines["Release"].Arn, name, request, static (_, _) => { }));

    /// <summary>Starts building a link.</summary>
    /// <returns>The execution's ARN.</returns>
    public async Task<string> StartAsync(string name, string document) =>
        (await Aws.StepFunctions.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = MachineArn, Name = name, Input = document })).ExecutionArn;

    public void Dispose() => Aws.Dispose();
}
