using Amazon;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.RDS;
using Amazon.Runtime;
using Amazon.StepFunctions;
using LocalAws;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>The clients of the person who looks on, with that person's own credentials.</summary>
public sealed record OperatorClients(
    IAmazonEC2 Ec2,
    IAmazonElasticLoadBalancingV2 LoadBalancing,
    IAmazonRDS Rds,
    IAmazonStepFunctions StepFunctions) : IDisposable
{
    public static OperatorClients Of(Cloud cloud)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var credentials = new BasicAWSCredentials(cloud.Operator.AccessKeyId, cloud.Operator.SecretAccessKey);
        return new(
            new AmazonEC2Client(credentials, Through(cloud, new AmazonEC2Config())),
            new AmazonElasticLoadBalancingV2Client(credentials, Through(cloud, new AmazonElasticLoadBalancingV2Config())),
            new AmazonRDSClient(credentials, Through(cloud, new AmazonRDSConfig())),
            new AmazonStepFunctionsClient(credentials, Through(cloud, new AmazonStepFunctionsConfig())));
    }

    public void Dispose()
    {
        Ec2.Dispose();
        LoadBalancing.Dispose();
        Rds.Dispose();
        StepFunctions.Dispose();
    }

    private static TConfig Through<TConfig>(Cloud cloud, TConfig config)
        where TConfig : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(cloud.Options.Region);
        config.HttpClientFactory = cloud.Door;
        // The SDK backs off in real time, which does not pass here.
        config.MaxErrorRetry = 0;
        return config;
    }
}
