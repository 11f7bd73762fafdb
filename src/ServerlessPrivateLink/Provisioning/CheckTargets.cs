using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record CheckTargetsInput(
    ImmutableArray<ExposedTargetGroup> TargetGroups,
    ImmutableArray<DatabaseAddresses> Addresses,
    int Checks,
    int Limit);

public sealed record CheckTargetsOutput(bool Healthy, int Checks, ImmutableArray<string> Warnings);

public sealed class CheckTargets(IAmazonElasticLoadBalancingV2 elb, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<CheckTargetsOutput> Handle(CheckTargetsInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var groups = ImmutableArray.CreateBuilder<GroupHealth>();
        foreach (var group in input.TargetGroups)
        {
            var states = (await elb.TargetsAsync(group.Arn, deadline.Token)).Select(RegisterTargets.Read);
            groups.Add(GroupHealth.Of(group, TargetRegistration.Wanted(group, input.Addresses), [.. states]));
        }

        var checks = input.Checks + 1;
        return new(TargetReadiness.IsReady(groups.ToImmutable(), checks, input.Limit), checks, TargetReadiness.Warnings(groups.ToImmutable()));
    }
}
