using Amazon;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda;
using Amazon.RDS;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class ClientTests
{
    private static readonly BasicAWSCredentials Key = new(Clients.AccessKey, Clients.SecretKey);

    [Fact]
    public async Task An_answered_call_is_complete_on_the_thread_that_made_it()
    {
        var transport = new Transport(Answer.Ok("<R/>"));
        using var client = transport.Ec2();
        var thread = Environment.CurrentManagedThreadId;

        var call = Threaded();

        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(thread, await call);

        async Task<int> Threaded()
        {
            await client.DescribeSubnetsAsync(new DescribeSubnetsRequest());
            return Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public void A_refused_call_is_complete_on_the_thread_that_made_it()
    {
        using var client = new Transport(Answer.Of(400, """{"__type":"ExecutionDoesNotExist"}""")).States();

        Assert.True(client.DescribeExecutionAsync(new DescribeExecutionRequest()).IsFaulted);
    }

    [Theory]
    [InlineData("eu-central-1", false, false, "ec2.eu-central-1.amazonaws.com")]
    [InlineData("eu-central-1", false, true, "ec2.eu-central-1.api.aws")]
    [InlineData("us-east-1", true, false, "ec2-fips.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", true, true, "ec2-fips.us-east-1.api.aws")]
    [InlineData("us-gov-west-1", true, false, "ec2.us-gov-west-1.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "ec2.cn-north-1.amazonaws.com.cn")]
    [InlineData("cn-north-1", false, true, "ec2.cn-north-1.api.amazonwebservices.com.cn")]
    [InlineData("eusc-de-east-1", false, false, "ec2.eusc-de-east-1.amazonaws.eu")]
    public void A_region_has_its_endpoint_in_each_partition(string region, bool fips, bool dualStack, string host)
    {
        using var client = new AmazonEC2Client(Key, new AmazonEC2Config
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        });

        Assert.Equal(host, new Uri(client.DetermineServiceOperationEndpoint(new DescribeSubnetsRequest()).URL).Host);
    }

    [Theory]
    [InlineData("us-gov-west-1", "states.us-gov-west-1.amazonaws.com")]
    [InlineData("us-gov-east-1", "states-fips.us-gov-east-1.amazonaws.com")]
    public void Step_functions_has_a_plain_fips_name_in_one_region_only(string region, string host)
    {
        using var client = new AmazonStepFunctionsClient(Key, new AmazonStepFunctionsConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = true });

        Assert.Equal(host, new Uri(client.DetermineServiceOperationEndpoint(new StartExecutionRequest()).URL).Host);
    }

    [Fact]
    public void A_custom_endpoint_cannot_be_fips()
    {
        using var client = new AmazonEC2Client(Key, new AmazonEC2Config { ServiceURL = "http://127.0.0.1:1", UseFIPSEndpoint = true });

        Assert.Throws<AmazonClientException>(() => client.DetermineServiceOperationEndpoint(new DescribeSubnetsRequest()));
    }

    [Fact]
    public void A_region_given_to_the_constructor_is_the_region_of_the_client()
    {
        using var ec2 = new AmazonEC2Client("key", "secret", RegionEndpoint.EUWest1);
        using var rds = new AmazonRDSClient("key", "secret", "token", RegionEndpoint.EUWest2);
        using var sns = new AmazonSimpleNotificationServiceClient(Key, RegionEndpoint.EUWest3);
        using var lambda = new AmazonLambdaClient(RegionEndpoint.SAEast1);

        Assert.Equal(
            [RegionEndpoint.EUWest1, RegionEndpoint.EUWest2, RegionEndpoint.EUWest3, RegionEndpoint.SAEast1],
            [ec2.Config.RegionEndpoint, rds.Config.RegionEndpoint, sns.Config.RegionEndpoint, lambda.Config.RegionEndpoint]);
    }

    [Fact]
    public void A_client_can_be_made_from_its_interface()
    {
        using var client = (AmazonEC2Client)Create<IAmazonEC2>(new AmazonEC2Config { RegionEndpoint = RegionEndpoint.EUNorth1 });

        Assert.Equal(RegionEndpoint.EUNorth1, client.Config.RegionEndpoint);
        Assert.Throws<AmazonClientException>(() => Create<IAmazonEC2>(new AmazonRDSConfig()));
    }

    [Fact]
    public async Task A_call_on_a_disposed_client_is_refused()
    {
        var client = new Transport(Answer.Ok("<R/>")).Ec2();
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.DescribeSubnetsAsync());
    }

    private static IAmazonService Create<T>(ClientConfig config) where T : IAmazonService => T.CreateDefaultServiceClient(Key, config);
}
