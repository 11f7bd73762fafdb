using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class RetryTests
{
    private static readonly BasicAWSCredentials Credentials = new(Clients.AccessKey, Clients.SecretKey);

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "Unavailable")]
    [InlineData(400, "RequestLimitExceeded")]
    [InlineData(400, "Throttling")]
    [InlineData(503, "EC2ThrottledException")]
    [InlineData(400, "EC2ThrottledException")]
    public async Task A_passing_failure_of_ec2_is_tried_three_times_and_signed_anew(int status, string code)
    {
        var transport = new Transport(Refusal(status, code));
        using var client = new HastyEc2(transport);

        var thrown = await Assert.ThrowsAsync<AmazonEC2Exception>(() => client.DescribeSubnetsAsync(new DescribeSubnetsRequest()));

        Assert.Equal(code, thrown.ErrorCode);
        Assert.Equal(["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"], transport.Sent.Select(sent => sent.Headers["amz-sdk-request"]));
        Assert.Single(transport.Sent.Select(sent => sent.Headers["amz-sdk-invocation-id"]).Distinct());
    }

    [Fact]
    public async Task A_second_attempt_may_succeed()
    {
        var transport = new Transport(Refusal(503, "Unavailable"), Answer.Ok("<R><subnetSet><item><subnetId>subnet-1</subnetId></item></subnetSet></R>"));
        using var client = new HastyEc2(transport);

        Assert.Equal("subnet-1", (await client.DescribeSubnetsAsync()).Subnets.Single().SubnetId);
        Assert.Equal(2, transport.Sent.Count);
    }

    [Theory]
    [InlineData(400, "InvalidParameterValue")]
    [InlineData(403, "UnauthorizedOperation")]
    public async Task A_refusal_is_not_tried_again(int status, string code)
    {
        var transport = new Transport(Refusal(status, code));
        using var client = new HastyEc2(transport);

        await Assert.ThrowsAsync<AmazonEC2Exception>(() => client.DescribeSubnetsAsync());

        Assert.Single(transport.Sent);
    }

    [Fact]
    public async Task The_throttling_code_of_ec2_means_nothing_to_another_service()
    {
        var transport = new Transport(Answer.Of(400, "<ErrorResponse><Error><Code>EC2ThrottledException</Code></Error></ErrorResponse>"));
        using var client = new AmazonElasticLoadBalancingV2Client(Credentials, transport.Configure(new AmazonElasticLoadBalancingV2Config(), retries: null));

        await Assert.ThrowsAsync<AmazonElasticLoadBalancingV2Exception>(() => client.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest()));

        Assert.Single(transport.Sent);
    }

    [Fact]
    public async Task Nothing_is_sent_for_a_cancelled_token()
    {
        var transport = new Transport(Answer.Ok("<R/>"));
        using var client = transport.Ec2();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.DescribeSubnetsAsync(new DescribeSubnetsRequest(), new CancellationToken(canceled: true)));

        Assert.Empty(transport.Sent);
    }

    [Fact]
    public async Task A_payload_is_sent_whole_at_each_attempt()
    {
        var transport = new Transport(Answer.Of(500, ""), Answer.Of(200, "ok"));
        using var client = new HastyLambda(transport);

        await client.InvokeAsync(new InvokeRequest { FunctionName = "resolve", Payload = "all of it" });

        Assert.Equal(["all of it", "all of it"], transport.Sent.Select(sent => sent.Text));
    }

    private static void Hurry(RuntimePipeline pipeline) =>
        ((StandardRetryPolicy)pipeline.Handlers.OfType<RetryHandler>().Single().RetryPolicy).MaxBackoffInMilliseconds = 0;

    private static Answer Refusal(int status, string code) =>
        Answer.Of(status, $"<Response><Errors><Error><Code>{code}</Code><Message>why</Message></Error></Errors><RequestID>r</RequestID></Response>");

    /// <summary>The default number of attempts, without the waits between them.</summary>
    private sealed class HastyEc2 : AmazonEC2Client
    {
        public HastyEc2(Transport transport) : base(Credentials, transport.Configure(new AmazonEC2Config(), retries: null)) => Hurry(RuntimePipeline);
    }

    private sealed class HastyLambda : AmazonLambdaClient
    {
        public HastyLambda(Transport transport) : base(Credentials, transport.Configure(new AmazonLambdaConfig(), retries: null)) => Hurry(RuntimePipeline);
    }
}
