using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Release;

/// <summary>Of a load balancer that stays: the listeners that a failed execution made go, and those that it turned are turned back.</summary>
public sealed partial class RemoveListeners(IAmazonElasticLoadBalancingV2 elb, StackSettings settings, TimeProvider clock, ILogger<RemoveListeners> log)
{
    [LambdaFunction]
    public async Task<DeletionOutput> Handle(DeletionInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var made = new Owner(settings.Stack, input.Link, input.MadeBy);
        var undo = ListenerUndo.Of(made, await elb.EveryListenerAsync(made, deadline.Token));
        foreach (var listener in undo.TurnBack) await TurnBackAsync(listener, deadline.Token);
        foreach (var listener in undo.Delete) await DeleteAsync(listener, deadline.Token);
        return new Deletion([.. undo.Delete.Concat(undo.TurnBack.Select(static one => one.Arn)).Select(static arn => new Held(new Remnant("listener", arn)))], Blocked: false).After(input);
    }

    private async Task TurnBackAsync(ListenerBefore listener, CancellationToken token)
    {
        if (!listener.LeadsThere)
        {
            await elb.ModifyListenerAsync(new ModifyListenerRequest { ListenerArn = listener.Arn, DefaultActions = ListenerCalls.ForwardTo(listener.TargetGroupArn) }, token);
            LogTurnedBack(log, listener.Arn, listener.TargetGroupArn);
        }

        // Last, because without its note nobody would know where it led.
        await elb.RemoveTagsAsync(new RemoveTagsRequest { ResourceArns = [listener.Arn], TagKeys = [ResourceTags.Before] }, token);
    }

    private async Task DeleteAsync(string listener, CancellationToken token)
    {
        await elb.DeleteListenerAsync(new DeleteListenerRequest { ListenerArn = listener }, token);
        LogDeleted(log, listener);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Turned the listener {Arn} back to {TargetGroup}")]
    private static partial void LogTurnedBack(ILogger logger, string arn, string targetGroup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deleted the listener {Arn}")]
    private static partial void LogDeleted(ILogger logger, string arn);
}
