using Amazon;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.RDS;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SimpleNotificationService;
using LocalAws.Access;
using LocalAws.Accounts;

namespace LocalAws.Tests.Accounts;

/// <summary>The account of <c>examples/account</c>, and clients that talk to it.</summary>
internal sealed class ExampleAccount
{
    public const string Vpc = "vpc-0a1b2c3d4e5f60718";
    public const string OtherVpc = "vpc-0f9e8d7c6b5a49382";
    public const string OrdersGroup = "sg-0b6c7d8e9f0123456";
    public static readonly string[] DataSubnets = ["subnet-0d20000000000000a", "subnet-0d20000000000000b", "subnet-0d20000000000000c"];

    public ExampleAccount(int seed = 1)
    {
        Cloud = AccountDescription.Load(Directory).Open(seed, CloudOptions.Default.Start);
        (Ec2, Elb, Rds, Sns, Sts) = Clients(Cloud.Operator);
    }

    public static string Directory { get; } = Find();

    public Cloud Cloud { get; }

    public AmazonEC2Client Ec2 { get; }

    public AmazonElasticLoadBalancingV2Client Elb { get; }

    public AmazonRDSClient Rds { get; }

    public AmazonSimpleNotificationServiceClient Sns { get; }

    public AmazonSecurityTokenServiceClient Sts { get; }

    public T Run<T>(Func<Task<T>> work) => Cloud.Time.Run(work);

    public (AmazonEC2Client Ec2, AmazonElasticLoadBalancingV2Client Elb, AmazonRDSClient Rds, AmazonSimpleNotificationServiceClient Sns, AmazonSecurityTokenServiceClient Sts) Clients(IssuedKey key)
    {
        AWSCredentials credentials = key.SessionToken is { } token
            ? new SessionAWSCredentials(key.AccessKeyId, key.SecretAccessKey, token)
            : new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey);
        return (
            new(credentials, Through(new AmazonEC2Config())),
            new(credentials, Through(new AmazonElasticLoadBalancingV2Config())),
            new(credentials, Through(new AmazonRDSConfig())),
            new(credentials, Through(new AmazonSimpleNotificationServiceConfig())),
            new(credentials, Through(new AmazonSecurityTokenServiceConfig())));
    }

    public T Through<T>(T config)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(Cloud.Options.Region);
        config.HttpClientFactory = Cloud.Door;
        config.MaxErrorRetry = 0;
        return config;
    }

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ServerlessPrivateLink.sln")))
            at = at.Parent ?? throw new DirectoryNotFoundException("The repository's root was not found.");
        return Path.Combine(at.FullName, "examples", "account");
    }
}
