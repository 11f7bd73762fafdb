using System.Collections.Immutable;
using System.Globalization;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record EnsureListenersInput(string Link, string LoadBalancerArn, ImmutableArray<ExposedTargetGroup> TargetGroups, string MadeBy);

/// <param name="Leftovers">What the link has and its document no longer asks for.</param>
/// <param name="Foreign">Ports on which somebody else lets its load balancer listen.</param>
public sealed record EnsureListenersOutput(ImmutableArray<LeftoverListener> Leftovers, ImmutableArray<int> Foreign);

public sealed partial class EnsureListeners(
    IAmazonElasticLoadBalancingV2 elb,
    StackSettings settings,
    TimeProvider clock,
    ILogger<EnsureListeners> log)
{
    [LambdaFunction]
    public async Task<EnsureListenersOutput> Handle(EnsureListenersInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var plan = ListenerPlan.Between(new(settings.Stack, input.Link), input.TargetGroups, await elb.FoundListenersAsync(input.LoadBalancerArn, deadline.Token));
        foreach (var group in plan.Create) await CreateAsync(input, group, deadline.Token);
        foreach (var turn in plan.Turn) await TurnAsync(turn, input.MadeBy, deadline.Token);
        return new(plan.Leftovers, plan.Foreign);
    }

    private async Task CreateAsync(EnsureListenersInput input, ExposedTargetGroup group, CancellationToken token)
    {
        await elb.CreateListenerAsync(
            new CreateListenerRequest
            {
                LoadBalancerArn = input.LoadBalancerArn,
                Protocol = ProtocolEnum.TCP,
                Port = group.ListenerPort,
                DefaultActions = ListenerCalls.ForwardTo(group.Arn),
                Tags = new Owner(settings.Stack, input.Link).Tags((ResourceTags.Port, group.ListenerPort.ToString(CultureInfo.InvariantCulture))).Marked(input.MadeBy).ForLoadBalancing(),
            },
            token);
        LogCreated(log, group.ListenerPort, group.Database);
    }

    private async Task TurnAsync(TurnedListener turn, string madeBy, CancellationToken token)
    {
        // Written before, so that who takes this run's work away again knows where the listener led.
        if (madeBy.Length > 0 || turn.IsNoted)
            await elb.AddTagsAsync(new AddTagsRequest { ResourceArns = [turn.ListenerArn], Tags = [new() { Key = ResourceTags.Before, Value = TurnNote.Of(madeBy, turn.From) }] }, token);
        await elb.ModifyListenerAsync(new ModifyListenerRequest { ListenerArn = turn.ListenerArn, DefaultActions = ListenerCalls.ForwardTo(turn.To.Arn) }, token);
        LogTurned(log, turn.To.ListenerPort, turn.To.Database);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Port {Port} now leads to {Database}")]
    private static partial void LogCreated(ILogger logger, int port, string database);

    [LoggerMessage(Level = LogLevel.Information, Message = "Port {Port} led elsewhere and now leads to {Database}")]
    private static partial void LogTurned(ILogger logger, int port, string database);
}
