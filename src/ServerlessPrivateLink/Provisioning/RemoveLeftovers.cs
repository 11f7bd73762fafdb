using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record RemoveLeftoversInput(
    string LoadBalancerArn,
    ImmutableArray<LeftoverListener> Listeners,
    ImmutableArray<LeftoverTargetGroup> TargetGroups,
    ImmutableArray<LeftoverRule> Rules);

/// <param name="Removed">What was removed now, or by a try before this one.</param>
public sealed record RemoveLeftoversOutput(ImmutableArray<string> Removed);

/// <summary>
/// Removes what the steps before found to be the link's and no longer asked for. It comes when the rest serves, and goes from the outside in:
/// a listener before the target group that it leads to, and what opens a database last. A run that dies here finds the rest again in its next.
/// </summary>
public sealed partial class RemoveLeftovers(IAmazonEC2 ec2, IAmazonElasticLoadBalancingV2 elb, TimeProvider clock, ILogger<RemoveLeftovers> log)
{
    [LambdaFunction]
    public async Task<RemoveLeftoversOutput> Handle(RemoveLeftoversInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        await RemoveAsync(input.Listeners, static one => one.Arn, () => ListenersAsync(input.LoadBalancerArn, deadline.Token),
            one => elb.DeleteListenerAsync(new DeleteListenerRequest { ListenerArn = one.Arn }, deadline.Token));
        await RemoveAsync(input.TargetGroups, static one => one.Arn, () => TargetGroupsAsync(deadline.Token), one => DeleteAsync(one, deadline.Token));
        foreach (var rule in input.Rules) await RevokeAsync(rule, deadline.Token);
        return new([.. input.Listeners.Select(static one => $"{one}"), .. input.TargetGroups.Select(static one => $"{one}"), .. input.Rules.Select(static one => $"{one}")]);
    }

    // Only by its tags may something be deleted, and what is gone has none any more: to delete it again is denied, so each is looked for first,
    // and once more when its deletion is denied, which may be the repetition of a call whose answer was lost.
    private async Task RemoveAsync<T>(ImmutableArray<T> leftovers, Func<T, string> arnOf, Func<Task<IEnumerable<string>>> standing, Func<T, Task> delete)
        where T : notnull
    {
        var there = leftovers.IsEmpty ? [] : await standing();
        foreach (var leftover in leftovers.Where(one => there.Contains(arnOf(one), StringComparer.Ordinal)))
        {
            try
            {
                await delete(leftover);
                LogRemoved(log, leftover);
            }
            catch (AmazonElasticLoadBalancingV2Exception answer) when (answer.ErrorCode == "AccessDenied")
            {
                if ((await standing()).Contains(arnOf(leftover), StringComparer.Ordinal)) throw;
            }
        }
    }

    private async Task<IEnumerable<string>> ListenersAsync(string loadBalancerArn, CancellationToken token) =>
        (await elb.ListenersAsync(loadBalancerArn, token)).Select(static one => one.ListenerArn);

    private async Task<IEnumerable<string>> TargetGroupsAsync(CancellationToken token) => (await elb.TargetGroupsAsync(token)).Select(static one => one.TargetGroupArn);

    private async Task DeleteAsync(LeftoverTargetGroup group, CancellationToken token)
    {
        try
        {
            await elb.DeleteTargetGroupAsync(new DeleteTargetGroupRequest { TargetGroupArn = group.Arn }, token);
        }
        catch (AmazonElasticLoadBalancingV2Exception answer) when (answer.ErrorCode == "ResourceInUse")
        {
            throw new LeftoverInUseException(group, answer.Message);
        }
    }

    private async Task RevokeAsync(LeftoverRule rule, CancellationToken token)
    {
        try
        {
            await ec2.RevokeSecurityGroupIngressAsync(new RevokeSecurityGroupIngressRequest { GroupId = rule.GroupId, SecurityGroupRuleIds = [rule.RuleId] }, token);
            LogRemoved(log, rule);
        }
        catch (AmazonEC2Exception answer) when (answer.ErrorCode is "InvalidSecurityGroupRuleId.NotFound" or "InvalidPermission.NotFound")
        {
            LogGone(log, rule);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Removed what the document no longer asks for: {Leftover}")]
    private static partial void LogRemoved(ILogger logger, object leftover);

    [LoggerMessage(Level = LogLevel.Information, Message = "Gone already: {Leftover}")]
    private static partial void LogGone(ILogger logger, object leftover);
}

/// <summary>It stays in use a little longer than its listener stands; then somebody else's listener leads to it.</summary>
public sealed class LeftoverInUseException(LeftoverTargetGroup group, string answer)
    : RefusedException(
        $"The {group}, which the document no longer asks for, is still in use: {answer}. The link itself stands.",
        "Take away the listener or rule that somebody let lead to it, then start the execution again with the same document.");
