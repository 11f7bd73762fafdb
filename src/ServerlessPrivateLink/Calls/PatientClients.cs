using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda;
using Amazon.RDS;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService;
using Amazon.SimpleSystemsManagement;
using Amazon.StepFunctions;

namespace ServerlessPrivateLink.Calls;

/// <summary>The official clients with <see cref="BusyTranslator"/> on top.</summary>
internal static class PatientClients
{
    public sealed class Ec2(AmazonEC2Config config) : AmazonEC2Client(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new BusyTranslator());
        }
    }

    public sealed class LoadBalancing(AmazonElasticLoadBalancingV2Config config) : AmazonElasticLoadBalancingV2Client(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new BusyTranslator());
        }
    }

    public sealed class Rds(AmazonRDSConfig config) : AmazonRDSClient(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new BusyTranslator());
        }
    }

    public sealed class Sns(AmazonSimpleNotificationServiceConfig config) : AmazonSimpleNotificationServiceClient(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new BusyTranslator());
        }
    }

    public sealed class Lambda(AmazonLambdaConfig config) : AmazonLambdaClient(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new BusyTranslator());
        }
    }

    public sealed class States(AmazonStepFunctionsConfig config) : AmazonStepFunctionsClient(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new BusyTranslator());
        }
    }

    public sealed class Tagging(AmazonResourceGroupsTaggingAPIConfig config) : AmazonResourceGroupsTaggingAPIClient(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new BusyTranslator());
        }
    }

    public sealed class Parameters(AmazonSimpleSystemsManagementConfig config) : AmazonSimpleSystemsManagementClient(config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandler(new BusyTranslator());
        }
    }
}
