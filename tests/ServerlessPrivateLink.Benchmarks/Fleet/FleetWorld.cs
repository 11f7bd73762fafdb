using System.Collections.Immutable;
using System.Globalization;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws;
using LocalAws.Accounts;
using LocalAws.Rds;
using LocalAws.Templates;
using ServerlessPrivateLink.Cli;
using ServerlessPrivateLink.Cli.Rehearsal;
using Subnet = LocalAws.Ec2.Subnet;
using Tag = Amazon.ElasticLoadBalancingV2.Model.Tag;

namespace ServerlessPrivateLink.Benchmarks.Fleet;

/// <summary>Our stack with many links, each of one Multi-AZ instance. What provisioning would leave behind is made directly: target groups with their tags, behind as few load balancers as quotas allow.</summary>
/// <param name="Cloud">The account.</param>
/// <param name="Databases">Each with its target group.</param>
internal sealed record FleetWorld(Cloud Cloud, ImmutableArray<(DbInstance Instance, string TargetGroupArn)> Databases)
{
    private const int ListenersEach = 50;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    // Below the slowest of the account's limits, so that building uses nothing up.
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan UntilHealthy = TimeSpan.FromMinutes(10);

    public static FleetWorld Build(HomeDirectory home, int links)
    {
        var deployed = DeployedStack.Deploy(AccountDescription.Load(home.ExampleAccount), Template.Load(home.Template), link: null, seed: 1, Start);
        var cloud = deployed.Cloud;
        var instances = Enumerable.Range(1, links).Select(number => Add(cloud, number)).ToImmutableArray();
        cloud.Time.Run(() => LetInAsync(deployed.Aws.Ec2, instances[0], cloud.Ec2.Find<LocalAws.Ec2.Vpc>(instances[0].VpcId!)!.Cidrs[0]));
        var databases = cloud.Time.Run(() => BuildAsync(cloud, deployed.Aws.LoadBalancing, instances));
        cloud.Time.Advance(UntilHealthy);
        return new(cloud, databases);
    }

    private static DbInstance Add(Cloud cloud, int number)
    {
        var model = cloud.Rds.FindInstance("orders-prod")!;
        var facts = model.Facts.DeepClone().AsObject();
        var name = $"fleet-{number.ToString("0000", CultureInfo.InvariantCulture)}";
        facts["DBInstanceIdentifier"] = name;
        facts["DBInstanceArn"] = cloud.Arn("rds", $"db:{name}");
        facts["Endpoint"]!["Address"] = model.Host!.Replace("orders-prod", name, StringComparison.Ordinal);
        // The example's databases have small subnets.
        foreach (var subnet in facts["DBSubnetGroup"]!["Subnets"]!.AsArray()) subnet!["SubnetIdentifier"] = LargestIn(subnet["SubnetAvailabilityZone"]!["Name"]!.GetValue<string>());
        return cloud.Rds.AddInstance(facts);

        string LargestIn(string zone) => cloud.Ec2.All<Subnet>().Where(subnet => subnet.VpcId == model.VpcId && subnet.Zone == zone).MaxBy(static subnet => subnet.FreeAddresses)!.Id;
    }

    private static Task<AuthorizeSecurityGroupIngressResponse> LetInAsync(IAmazonEC2 ec2, DbInstance model, string block) => ec2.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest
    {
        GroupId = model.SecurityGroupIds[0],
        IpPermissions = [new() { IpProtocol = "tcp", FromPort = model.Port, ToPort = model.Port, Ipv4Ranges = [new() { CidrIp = block }] }],
    });

    private static async Task<ImmutableArray<(DbInstance Instance, string TargetGroupArn)>> BuildAsync(Cloud cloud, IAmazonElasticLoadBalancingV2 elb, ImmutableArray<DbInstance> instances)
    {
        var made = ImmutableArray.CreateBuilder<(DbInstance, string)>();
        foreach (var chunk in instances.Chunk(ListenersEach))
        {
            var balancer = await Paced(() => elb.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
            {
                Name = $"fleet-{made.Count}",
                Type = LoadBalancerTypeEnum.Network,
                Scheme = LoadBalancerSchemeEnum.Internal,
                Subnets = [.. chunk[0].SubnetIds],
            }));
            foreach (var (instance, at) in chunk.Select(static (instance, at) => (instance, at)))
                made.Add((instance, await BuildAsync(instance, balancer.LoadBalancers[0].LoadBalancerArn, at)));
        }

        return made.ToImmutable();

        async Task<string> BuildAsync(DbInstance instance, string balancer, int at)
        {
            var group = await Paced(() => elb.CreateTargetGroupAsync(new CreateTargetGroupRequest
            {
                Name = $"pl-{instance.Identifier}",
                Protocol = ProtocolEnum.TCP,
                Port = instance.Port,
                VpcId = instance.VpcId,
                TargetType = TargetTypeEnum.Ip,
                HealthCheckIntervalSeconds = 5,
                HealthCheckTimeoutSeconds = 4,
                HealthyThresholdCount = 2,
                UnhealthyThresholdCount = 2,
                Tags = TagsOf(instance),
            }));
            var arn = group.TargetGroups[0].TargetGroupArn;
            var noDelay = new TargetGroupAttribute { Key = "deregistration_delay.timeout_seconds", Value = "0" };
            await Paced(() => elb.ModifyTargetGroupAttributesAsync(new ModifyTargetGroupAttributesRequest { TargetGroupArn = arn, Attributes = [noDelay] }));
            await Paced(() => elb.CreateListenerAsync(new CreateListenerRequest
            {
                LoadBalancerArn = balancer,
                Protocol = ProtocolEnum.TCP,
                Port = instance.Port + at,
                DefaultActions = [new() { Type = ActionTypeEnum.Forward, TargetGroupArn = arn }],
            }));
            await Paced(() => elb.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = arn, Targets = [new() { Id = instance.Address!.ToString(), Port = instance.Port }] }));
            return arn;
        }

        async Task<T> Paced<T>(Func<Task<T>> call)
        {
            await cloud.Time.Delay(BetweenCalls, CancellationToken.None);
            return await call();
        }
    }

    private static List<Tag> TagsOf(DbInstance instance) =>
    [
        new() { Key = ResourceTags.Stack, Value = DeployedStack.StackName },
        new() { Key = ResourceTags.Link, Value = instance.Identifier },
        new() { Key = ResourceTags.Database, Value = instance.Identifier },
        new() { Key = ResourceTags.Host, Value = instance.Host },
        new() { Key = ResourceTags.Port, Value = instance.Port!.Value.ToString(CultureInfo.InvariantCulture) },
    ];
}
