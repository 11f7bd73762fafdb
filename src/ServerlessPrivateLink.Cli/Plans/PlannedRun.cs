using System.Collections.Immutable;
using Amazon.Lambda.Core;
using Microsoft.Extensions.DependencyInjection;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>
/// Runs the steps of the provisioning machine that change something, in its order and in this process, with the caller's credentials
/// and clients that change nothing. What only waits is left out: it changes nothing.
/// </summary>
/// <param name="steps">Makes the steps.</param>
/// <param name="plan">What PlanLink decided.</param>
public sealed class PlannedRun(IServiceProvider steps, LinkPlan plan)
{
    /// <summary>The states of the machine whose steps run here.</summary>
    public static readonly ImmutableArray<string> Runs =
    [
        nameof(EnsureTargetGroups), nameof(RegisterTargets), nameof(EnsureSecurityGroup), nameof(EnsureLoadBalancer), nameof(AuthorizeDatabaseIngress),
        nameof(EnsureListeners), nameof(EnsureEndpointService), nameof(SubscribeConnectionEvents), nameof(AllowConsumers), nameof(RemoveLeftovers), nameof(AnnounceService),
    ];

    // The client token of what is made; nothing is.
    private const string Execution = "plan";

    private readonly StepContext context = new();

    /// <param name="locate">Where the databases are; null: it is not known, and targets are left out.</param>
    public async Task RunAsync(Func<ImmutableArray<ExposedTargetGroup>, Task<ImmutableArray<DatabaseAddresses>?>> locate)
    {
        var groups = await Step<EnsureTargetGroups>().Handle(new(plan.Link, plan.VpcId, plan.Exposures, plan.MadeBy), context);
        if (await locate(groups.TargetGroups) is { } addresses) await Step<RegisterTargets>().Handle(new(plan.VpcCidrs, groups.TargetGroups, addresses), context);
        var securityGroup = (await Step<EnsureSecurityGroup>().Handle(new(plan.Link, plan.VpcId, plan.MadeBy), context)).SecurityGroupId;
        var balancer = (await Step<EnsureLoadBalancer>().Handle(new(plan.Link, plan.Subnets, securityGroup, plan.MadeBy, plan.ProbedGroupId), context)).LoadBalancerArn;
        var ingress = await Step<AuthorizeDatabaseIngress>().Handle(new(plan.Link, plan.Ingress, plan.Subnets, securityGroup, plan.Exposures, plan.MadeBy), context);
        var listeners = await Step<EnsureListeners>().Handle(new(plan.Link, balancer, groups.TargetGroups, plan.MadeBy), context);
        var service = await Step<EnsureEndpointService>().Handle(new(plan.Link, balancer, plan.Subnets, plan.SupportedRegions, Execution, plan.MadeBy, 0, int.MaxValue), context);
        await Step<SubscribeConnectionEvents>().Handle(new(service.ServiceId, Execution), context);
        await Step<AllowConsumers>().Handle(new(plan.Link, service.ServiceId, plan.Consumers, plan.OnRemoval), context);
        var removed = (await Step<RemoveLeftovers>().Handle(new(balancer, listeners.Leftovers, groups.Leftovers, ingress.Leftovers), context)).Removed;
        await Step<AnnounceService>().Handle(
            new(plan.Link, service.ServiceId, service.ServiceName, plan.Subnets, plan.Exposures, plan.Consumers, new(plan.Warnings, [], listeners.Foreign), removed, new([], [])),
            context);
    }

    private T Step<T>()
        where T : class => ActivatorUtilities.CreateInstance<T>(steps);

    private sealed class StepContext : ILambdaContext
    {
        public string AwsRequestId => Execution;

        public IClientContext ClientContext => null!;

        public string FunctionName => Execution;

        public string FunctionVersion => "$LATEST";

        public ICognitoIdentity Identity => null!;

        public string InvokedFunctionArn => "";

        public ILambdaLogger Logger => null!;

        public string LogGroupName => "";

        public string LogStreamName => "";

        public int MemoryLimitInMB => 0;

        // A person waits, and Ctrl-C ends it.
        public TimeSpan RemainingTime => TimeSpan.FromMinutes(10);
    }
}
