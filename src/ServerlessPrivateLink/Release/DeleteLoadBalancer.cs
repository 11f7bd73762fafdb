using System.Collections.Immutable;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Release;

/// <summary>Its listeners go with it; its network interfaces go some time after it.</summary>
public sealed partial class DeleteLoadBalancer(IAmazonElasticLoadBalancingV2 elb, StackSettings settings, TimeProvider clock, ILogger<DeleteLoadBalancer> log)
{
    [LambdaFunction]
    public async Task<DeletionOutput> Handle(DeletionInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var held = ImmutableArray.CreateBuilder<Held>();
        foreach (var balancer in await elb.LoadBalancersOfAsync(new(settings.Stack, input.Link, input.MadeBy), deadline.Token)) held.Add(await DeleteAsync(balancer.LoadBalancerArn, deadline.Token));
        return new Deletion(held.ToImmutable(), held.Any(static one => one.By.Length > 0)).After(input);
    }

    private async Task<Held> DeleteAsync(string arn, CancellationToken token)
    {
        var what = new Remnant("load balancer", arn);
        try
        {
            await elb.DeleteLoadBalancerAsync(new DeleteLoadBalancerRequest { LoadBalancerArn = arn }, token);
            LogDeleting(log, arn);
            return new(what);
        }
        catch (AmazonElasticLoadBalancingV2Exception answer) when (answer.ErrorCode == "ResourceInUse")
        {
            // By an endpoint service that was not shown before, or by one that is not the link's.
            return new(what, answer.Message);
        }
        catch (AmazonElasticLoadBalancingV2Exception answer) when (answer.ErrorCode == "OperationNotPermitted")
        {
            throw new DeletionRefusedException(what, answer.Message, "Turn its deletion protection off.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deletes the load balancer {Arn}")]
    private static partial void LogDeleting(ILogger logger, string arn);
}
