using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Release;

/// <summary>After the load balancer, since none goes while a listener leads to it.</summary>
public sealed partial class DeleteTargetGroups(IAmazonElasticLoadBalancingV2 elb, StackSettings settings, TimeProvider clock, ILogger<DeleteTargetGroups> log)
{
    [LambdaFunction]
    public async Task<DeletionOutput> Handle(DeletionInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var held = ImmutableArray.CreateBuilder<Held>();
        foreach (var group in await elb.TargetGroupsOfAsync(new(settings.Stack, input.Link, input.MadeBy), deadline.Token)) held.Add(await DeleteAsync(group.TargetGroupArn, deadline.Token));
        return new Deletion(held.ToImmutable(), Blocked: false).After(input);
    }

    private async Task<Held> DeleteAsync(string arn, CancellationToken token)
    {
        var what = new Remnant("target group", arn);
        try
        {
            await elb.DeleteTargetGroupAsync(new DeleteTargetGroupRequest { TargetGroupArn = arn }, token);
            LogDeleting(log, arn);
            return new(what);
        }
        catch (AmazonElasticLoadBalancingV2Exception answer) when (answer.ErrorCode == "ResourceInUse")
        {
            // It stays in use a little longer than its listener stands.
            return new(what, answer.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deletes the target group {Arn}")]
    private static partial void LogDeleting(ILogger logger, string arn);
}
