using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>Clients whose changing calls end in <see cref="PlannedCalls"/>, before they are signed or sent.</summary>
internal static class PlanningClients
{
    public sealed class Ec2(AmazonEC2Config config, PlannedCalls calls) : AmazonEC2Client(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new Interceptor(calls));
        }
    }

    public sealed class LoadBalancing(AmazonElasticLoadBalancingV2Config config, PlannedCalls calls) : AmazonElasticLoadBalancingV2Client(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new Interceptor(calls));
        }
    }

    public sealed class Sns(AmazonSimpleNotificationServiceConfig config, PlannedCalls calls) : AmazonSimpleNotificationServiceClient(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new Interceptor(calls));
        }
    }

    private sealed class Interceptor(PlannedCalls calls) : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            if (calls.Answer<T>(executionContext.RequestContext.OriginalRequest) is not { } answer) return await base.InvokeAsync<T>(executionContext);
            executionContext.ResponseContext.Response = answer;
            return answer;
        }
    }
}
