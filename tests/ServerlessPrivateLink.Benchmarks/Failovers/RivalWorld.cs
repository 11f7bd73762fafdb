using System.Collections.Immutable;
using Amazon;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Lambda;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Cli.Rehearsal;
using TargetGroup = LocalAws.LoadBalancing.TargetGroup;

namespace ServerlessPrivateLink.Benchmarks.Failovers;

/// <summary>The five rivals in one account, each with a target group of its own and a function that starts as its own does.</summary>
internal sealed class RivalWorld(HomeDirectory home)
{
    private static readonly TimeSpan UntilHealthy = TimeSpan.FromMinutes(10);

    private readonly AccountDescription account = AccountDescription.Load(home.ExampleAccount);
    private readonly Template template = Template.Load(Path.Combine(AppContext.BaseDirectory, "Failovers", "rivals.yaml"));

    public World Build(int seed, DatabaseCase database)
    {
        var cloud = account.Open(seed, World.Start);
        database.Complete(cloud);
        using var operators = OperatorClients.Of(cloud);
        var groups = cloud.Time.Run(() => BuildAsync(cloud, operators.LoadBalancing, database));
        cloud.Time.Advance(UntilHealthy);
        cloud.Visibility.Longest = World.LongestUnseen;

        var hosts = Rival.All.ToImmutableDictionary(static rival => rival.Id, rival => rival.PinsInstance ? database.Writer(cloud).Host! : database.HostIn(cloud), StringComparer.Ordinal);
        var missing = new Dictionary<string, int>(StringComparer.Ordinal);
        cloud.Lambda.Loader = (function, surroundings) =>
        {
            var rival = Rival.All.Single(one => one.Id == function.LogicalId);
            var elb = ClientOf(cloud, surroundings);
            var targets = new RivalTargets(elb, groups[rival.Id], async () => [.. (await surroundings.Resolve(hosts[rival.Id], CancellationToken.None)).Select(static address => address.ToString())], missing);
            return async (_, _) =>
            {
                await rival.SyncAsync(targets);
                return new MemoryStream("null"u8.ToArray());
            };
        };
        template.Deploy(cloud, "rivals", new Dictionary<string, string>(StringComparer.Ordinal));
        return new(cloud, [.. Rival.All.Select(rival => (rival.Id, cloud.LoadBalancing.Find<TargetGroup>(groups[rival.Id])!))], Slowest: TimeSpan.FromMinutes(5));
    }

    private static async Task<ImmutableDictionary<string, string>> BuildAsync(Cloud cloud, IAmazonElasticLoadBalancingV2 elb, DatabaseCase database)
    {
        var writer = database.Writer(cloud);
        var made = await elb.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
        {
            Name = "rivals",
            Type = LoadBalancerTypeEnum.Network,
            Scheme = LoadBalancerSchemeEnum.Internal,
            Subnets = [.. writer.SubnetIds],
        });
        var groups = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (rival, at) in Rival.All.Select(static (rival, at) => (rival, at)))
            groups.Add(rival.Id, await BuildAsync(elb, rival, writer, made.LoadBalancers[0].LoadBalancerArn, port: writer.Port!.Value + at));
        return groups.ToImmutable();
    }

    private static async Task<string> BuildAsync(IAmazonElasticLoadBalancingV2 elb, Rival rival, LocalAws.Rds.DbInstance writer, string loadBalancer, int port)
    {
        var made = await elb.CreateTargetGroupAsync(new CreateTargetGroupRequest { Name = rival.Id, Protocol = ProtocolEnum.TCP, Port = writer.Port, VpcId = writer.VpcId, TargetType = TargetTypeEnum.Ip });
        var arn = made.TargetGroups[0].TargetGroupArn;
        var delay = new TargetGroupAttribute { Key = "deregistration_delay.timeout_seconds", Value = $"{(int)rival.DrainsFor.TotalSeconds}" };
        await elb.ModifyTargetGroupAttributesAsync(new ModifyTargetGroupAttributesRequest { TargetGroupArn = arn, Attributes = [delay] });
        await elb.CreateListenerAsync(new CreateListenerRequest
        {
            LoadBalancerArn = loadBalancer,
            Protocol = ProtocolEnum.TCP,
            Port = port,
            DefaultActions = [new() { Type = ActionTypeEnum.Forward, TargetGroupArn = arn }],
        });
        await elb.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = arn, Targets = [new() { Id = writer.Address!.ToString() }] });
        return arn;
    }

    private static AmazonElasticLoadBalancingV2Client ClientOf(Cloud cloud, FunctionSurroundings surroundings) => new(
        new SessionAWSCredentials(surroundings.Credentials.AccessKeyId, surroundings.Credentials.SecretAccessKey, surroundings.Credentials.SessionToken),
        new AmazonElasticLoadBalancingV2Config
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(cloud.Options.Region),
            HttpClientFactory = surroundings.Http,
            // The SDK backs off in real time, which does not pass here.
            MaxErrorRetry = 0,
        });
}
