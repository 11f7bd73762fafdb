using Amazon;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda;
using Amazon.RDS;
using Amazon.ResourceGroupsTaggingAPI;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.StepFunctions;
using LocalAws;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>The clients of a person, with that person's own credentials.</summary>
public sealed record OperatorClients(
    IAmazonEC2 Ec2,
    IAmazonElasticLoadBalancingV2 LoadBalancing,
    IAmazonRDS Rds,
    IAmazonStepFunctions StepFunctions,
    IAmazonLambda Lambda,
    IAmazonResourceGroupsTaggingAPI Tagging,
    IAmazonCloudWatch CloudWatch,
    IAmazonSecurityTokenService Identity) : IDisposable
{
    public static OperatorClients Of(Cloud cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var credentials = new BasicAWSCredentials(cloud.Operator.AccessKeyId, cloud.Operator.SecretAccessKey);
        return With(config =>
        {
            config.DefaultAWSCredentials = credentials;
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(cloud.Options.Region);
            config.HttpClientFactory = cloud.Door;
            // The SDK backs off in real time, which does not pass here.
            config.MaxErrorRetry = 0;
        });
    }

    /// <param name="configure">Says of each client where and as whom it calls.</param>
    public static OperatorClients With(Action<ClientConfig> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return new(
            new AmazonEC2Client(Ready(new AmazonEC2Config())),
            new AmazonElasticLoadBalancingV2Client(Ready(new AmazonElasticLoadBalancingV2Config())),
            new AmazonRDSClient(Ready(new AmazonRDSConfig())),
            new AmazonStepFunctionsClient(Ready(new AmazonStepFunctionsConfig())),
            new AmazonLambdaClient(Ready(new AmazonLambdaConfig())),
            new AmazonResourceGroupsTaggingAPIClient(Ready(new AmazonResourceGroupsTaggingAPIConfig())),
            new AmazonCloudWatchClient(Ready(new AmazonCloudWatchConfig())),
            new AmazonSecurityTokenServiceClient(Ready(new AmazonSecurityTokenServiceConfig())));

        TConfig Ready<TConfig>(TConfig config)
            where TConfig : ClientConfig
        {
            configure(config);
            return config;
        }
    }

    public void Dispose()
    {
        Ec2.Dispose();
        LoadBalancing.Dispose();
        Rds.Dispose();
        StepFunctions.Dispose();
        Lambda.Dispose();
        Tagging.Dispose();
        CloudWatch.Dispose();
        Identity.Dispose();
    }
}
