using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record RegisterTargetsInput(
    ImmutableArray<string> VpcCidrs,
    ImmutableArray<ExposedTargetGroup> TargetGroups,
    ImmutableArray<DatabaseAddresses> Addresses);

public sealed record RegisterTargetsOutput(int Registered);

public sealed partial class RegisterTargets(IAmazonElasticLoadBalancingV2 elb, TimeProvider clock, ILogger<RegisterTargets> log)
{
    [LambdaFunction]
    public async Task<RegisterTargetsOutput> Handle(RegisterTargetsInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var registered = 0;
        foreach (var group in input.TargetGroups)
        {
            var present = (await elb.TargetsAsync(group.Arn, deadline.Token)).Select(Read).ToImmutableArray();
            var missing = TargetRegistration.Missing(group, input.Addresses, input.VpcCidrs, present);
            if (missing.IsEmpty) continue;

            await elb.RegisterTargetsAsync(new RegisterTargetsRequest { TargetGroupArn = group.Arn, Targets = [.. missing.Select(Describe)] }, deadline.Token);
            registered += missing.Length;
            LogRegistered(log, group.Database, missing.Length);
        }

        return new(registered);
    }

    internal static TargetState Read(TargetHealthDescription target) =>
        new(target.Target.Id, target.Target.Port ?? 0, target.TargetHealth?.State?.Value ?? "", target.TargetHealth?.Reason?.Value ?? "", target.TargetHealth?.Description ?? "");

    private static TargetDescription Describe(NewTarget target) => new()
    {
        Id = target.Address,
        Port = target.Port,
        AvailabilityZone = target.OutsideVpc ? "all" : null,
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered {Count} targets of {Database}")]
    private static partial void LogRegistered(ILogger logger, string database, int count);
}
