using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.ResourceGroupsTaggingAPI.Model;
using Amazon.SimpleNotificationService;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessPrivateLink.Alerts;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Cli.Costs;
using ServerlessPrivateLink.Cli.Stacks;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>Finds out what a provisioning run would do, by the steps themselves, and does nothing.</summary>
/// <param name="session">The stack, and a person with read-only permissions on it.</param>
/// <param name="clock">The time.</param>
internal sealed class Planner(StackSession session, TimeProvider clock)
{
    private const string ConnectionTopic = "ConnectionTopic";

    // As a rehearsal of the example counts them; they come to cents.
    private const int Transitions = 60;
    private const int Invocations = 25;

    /// <param name="plan">What PlanLink decided.</param>
    /// <param name="locate">Where the databases are; null: it is not known, and targets are left out.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="FunctionFailedException">A step refused, or could not go on.</exception>
    public async Task<ImmutableArray<PlannedCall>> RunAsync(LinkPlan plan, Func<ImmutableArray<ExposedTargetGroup>, Task<ImmutableArray<DatabaseAddresses>?>> locate, CancellationToken token)
    {
        var calls = new PlannedCalls(plan.Subnets);
        var services = await ServicesAsync(plan, calls, token);
        await using (services)
        {
            try
            {
                await new PlannedRun(services, plan).RunAsync(locate);
            }
            catch (Exception failure) when (failure is RefusedException or AwsBusyException)
            {
                throw new FunctionFailedException(nameof(PlannedRun), failure.GetType().Name, failure.Message);
            }
        }

        return calls.All;
    }

    /// <summary>What a link costs each month as it stands, and as it would.</summary>
    public async Task<(decimal Before, decimal After)> CostsAsync(LinkPlan plan, CancellationToken token)
    {
        var standing = await StandingZonesAsync(plan.Link, token);
        return (standing is { } zones ? Cost(zones) : 0, Cost(plan.Subnets.Length));

        decimal Cost(int zones) => CostEstimate.For(new(session.Stack.Region, zones, Transitions, Invocations, 1, CostAssumptions.Usual)).Total;
    }

    private async Task<int?> StandingZonesAsync(string link, CancellationToken token)
    {
        try
        {
            var found = await session.Aws.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = [ResourceName.LoadBalancer(session.Stack.Name, link)] }, token);
            return found.LoadBalancers is [var one, ..] ? (one.AvailabilityZones ?? []).Count : null;
        }
        catch (LoadBalancerNotFoundException)
        {
            return null;
        }
    }

    private async Task<ServiceProvider> ServicesAsync(LinkPlan plan, PlannedCalls calls, CancellationToken token)
    {
        var services = new ServiceCollection();
        services.AddSingleton(await SettingsAsync(plan, token));
        services.AddSingleton(clock);
        services.AddSingleton<AlertTopic>();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IAmazonEC2>(_ => new PlanningClients.Ec2((AmazonEC2Config)session.Aws.Ec2.Config, calls));
        services.AddSingleton<IAmazonElasticLoadBalancingV2>(_ => new PlanningClients.LoadBalancing((AmazonElasticLoadBalancingV2Config)session.Aws.LoadBalancing.Config, calls));
        services.AddSingleton<IAmazonSimpleNotificationService>(_ => new PlanningClients.Sns(SnsConfig(), calls));
        services.AddSingleton(static provider => new Lazy<IAmazonSimpleNotificationService>(provider.GetRequiredService<IAmazonSimpleNotificationService>));
        return services.BuildServiceProvider();
    }

    // Nothing is ever sent by it.
    private AmazonSimpleNotificationServiceConfig SnsConfig() => new() { RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(session.Stack.Region) };

    private async Task<StackSettings> SettingsAsync(LinkPlan plan, CancellationToken token)
    {
        var topic = await TopicAsync(token);
        return new(session.Stack.Name, session.Stack.AccountId, session.Stack.Region, session.Stack.Partition, plan.VpcId, [.. plan.Subnets.Select(static subnet => subnet.SubnetId)], topic, topic);
    }

    private async Task<string> TopicAsync(CancellationToken token)
    {
        var found = await session.Aws.Tagging.GetResourcesAsync(
            new GetResourcesRequest
            {
                TagFilters =
                [
                    new TagFilter { Key = StackSearch.NameTag, Values = [session.Stack.Name] },
                    new TagFilter { Key = StackSearch.LogicalIdTag, Values = [ConnectionTopic] },
                ],
            },
            token);
        return found.ResourceTagMappingList is [var topic, ..]
            ? topic.ResourceARN
            : throw new BadInputException($"The stack {session.Stack.Name} in {session.Stack.Region} has not the topic {ConnectionTopic}. Deploy it again.");
    }
}
