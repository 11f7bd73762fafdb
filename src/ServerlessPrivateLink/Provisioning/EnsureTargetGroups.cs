using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record EnsureTargetGroupsInput(string Link, string VpcId, ImmutableArray<Exposure> Exposures, string MadeBy);

public sealed record EnsureTargetGroupsOutput(ImmutableArray<ExposedTargetGroup> TargetGroups, ImmutableArray<LeftoverTargetGroup> Leftovers);

/// <summary>The target group of one exposure.</summary>
/// <param name="Database">The database's name within the link.</param>
/// <param name="Port">The database's port.</param>
/// <param name="ListenerPort">The port that consumers use.</param>
/// <param name="Arn">The target group.</param>
public sealed record ExposedTargetGroup(string Database, int Port, int ListenerPort, string Arn);

public sealed partial class EnsureTargetGroups(
    IAmazonElasticLoadBalancingV2 elb,
    StackSettings settings,
    TimeProvider clock,
    ILogger<EnsureTargetGroups> log)
{
    [LambdaFunction]
    public async Task<EnsureTargetGroupsOutput> Handle(EnsureTargetGroupsInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var owner = new Owner(settings.Stack, input.Link);
        var wanted = TargetGroupPlan.Wanted(owner, input.Exposures);
        var plan = TargetGroupPlan.Between(owner, wanted, await ReadAsync(deadline.Token));

        var arns = plan.Existing;
        foreach (var group in plan.Create) arns = arns.Add(group.Name, await CreateAsync(group, input, deadline.Token));
        foreach (var arn in plan.PutBack) await PutBackAsync(arn, deadline.Token);
        foreach (var (arn, tags) in plan.Retag) await elb.AddTagsAsync(new AddTagsRequest { ResourceArns = [arn], Tags = tags.ForLoadBalancing() }, deadline.Token);
        foreach (var arn in arns.Values) await SettleAsync(arn, deadline.Token);
        return new([.. wanted.Select(group => new ExposedTargetGroup(group.Database, group.Port, group.ListenerPort, arns[group.Name]))], plan.Leftovers);
    }

    private async Task<ImmutableArray<FoundTargetGroup>> ReadAsync(CancellationToken token)
    {
        var named = (await elb.TargetGroupsAsync(token)).Where(static group => ResourceName.MayBeOurs(group.TargetGroupName)).ToImmutableArray();
        var tags = await elb.TagsAsync(named.Select(static group => group.TargetGroupArn), token);
        return [.. named.Select(group => new FoundTargetGroup(
            group.TargetGroupName,
            group.TargetGroupArn,
            new(group.HealthCheckProtocol?.Value ?? "", group.HealthCheckPort ?? "", group.HealthCheckIntervalSeconds ?? 0,
                group.HealthCheckTimeoutSeconds ?? 0, group.HealthyThresholdCount ?? 0, group.UnhealthyThresholdCount ?? 0),
            tags.GetValueOrDefault(group.TargetGroupArn, ImmutableDictionary<string, string>.Empty)))];
    }

    private async Task<string> CreateAsync(WantedTargetGroup group, EnsureTargetGroupsInput input, CancellationToken token)
    {
        var created = await elb.CreateTargetGroupAsync(
            new CreateTargetGroupRequest
            {
                Name = group.Name,
                Protocol = ProtocolEnum.TCP,
                Port = group.Port,
                VpcId = input.VpcId,
                TargetType = TargetTypeEnum.Ip,
                HealthCheckProtocol = TargetGroupPlan.Check.Protocol,
                HealthCheckPort = TargetGroupPlan.Check.Port,
                HealthCheckIntervalSeconds = TargetGroupPlan.Check.IntervalSeconds,
                HealthCheckTimeoutSeconds = TargetGroupPlan.Check.TimeoutSeconds,
                HealthyThresholdCount = TargetGroupPlan.Check.HealthyThreshold,
                UnhealthyThresholdCount = TargetGroupPlan.Check.UnhealthyThreshold,
                Tags = group.Tags.Marked(input.MadeBy).ForLoadBalancing(),
            },
            token);
        var arn = created.TargetGroups[0].TargetGroupArn;
        LogCreated(log, group.Name, arn);
        return arn;
    }

    private async Task PutBackAsync(string arn, CancellationToken token)
    {
        await elb.ModifyTargetGroupAsync(
            new ModifyTargetGroupRequest
            {
                TargetGroupArn = arn,
                HealthCheckProtocol = TargetGroupPlan.Check.Protocol,
                HealthCheckPort = TargetGroupPlan.Check.Port,
                HealthCheckIntervalSeconds = TargetGroupPlan.Check.IntervalSeconds,
                HealthCheckTimeoutSeconds = TargetGroupPlan.Check.TimeoutSeconds,
                HealthyThresholdCount = TargetGroupPlan.Check.HealthyThreshold,
                UnhealthyThresholdCount = TargetGroupPlan.Check.UnhealthyThreshold,
            },
            token);
        LogPutBack(log, arn);
    }

    private async Task SettleAsync(string arn, CancellationToken token)
    {
        var read = await elb.DescribeTargetGroupAttributesAsync(new DescribeTargetGroupAttributesRequest { TargetGroupArn = arn }, token);
        var differing = TargetGroupPlan.DifferingAttributes((read.Attributes ?? []).ToDictionary(static one => one.Key, static one => one.Value, StringComparer.Ordinal));
        if (differing.IsEmpty) return;
        await elb.ModifyTargetGroupAttributesAsync(
            new ModifyTargetGroupAttributesRequest
            {
                TargetGroupArn = arn,
                Attributes = [.. differing.Select(static one => new TargetGroupAttribute { Key = one.Key, Value = one.Value })],
            },
            token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Put the health check back that somebody had changed: {Arn}")]
    private static partial void LogPutBack(ILogger logger, string arn);

    [LoggerMessage(Level = LogLevel.Information, Message = "Created target group {Name}: {Arn}")]
    private static partial void LogCreated(ILogger logger, string name, string arn);
}
