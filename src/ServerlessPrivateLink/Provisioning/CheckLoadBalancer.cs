using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning;

public sealed record CheckLoadBalancerInput(string LoadBalancerArn, int Checks, int Limit);

public sealed record CheckLoadBalancerOutput(bool Active, int Checks);

public sealed class CheckLoadBalancer(IAmazonElasticLoadBalancingV2 elb, TimeProvider clock)
{
    [LambdaFunction]
    public async Task<CheckLoadBalancerOutput> Handle(CheckLoadBalancerInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var answer = await elb.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { LoadBalancerArns = [input.LoadBalancerArn] }, deadline.Token);
        var state = answer.LoadBalancers[0].State;
        var checks = input.Checks + 1;
        return new(LoadBalancerActivity.IsActive(input.LoadBalancerArn, state.Code.Value, state.Reason ?? "", checks, input.Limit), checks);
    }
}
