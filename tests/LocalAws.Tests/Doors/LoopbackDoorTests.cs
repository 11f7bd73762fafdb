using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using LocalAws.Doors;
using LocalAws.Faults;
using Xunit;

namespace LocalAws.Tests.Doors;

/// <summary>The door on a real port, with the SDK's own HTTP client before it and with visitors that behave badly.</summary>
public sealed class LoopbackDoorTests : IDisposable
{
    private readonly OpenDoor open = new();

    public void Dispose() => open.Dispose();

    [Fact]
    public async Task Clients_of_every_protocol_come_in()
    {
        using var sts = new AmazonSecurityTokenServiceClient(Operator, Through(new AmazonSecurityTokenServiceConfig()));
        using var ec2 = new AmazonEC2Client(Operator, Through(new AmazonEC2Config()));
        using var elb = new AmazonElasticLoadBalancingV2Client(Operator, Through(new AmazonElasticLoadBalancingV2Config()));
        using var states = new AmazonStepFunctionsClient(Operator, Through(new AmazonStepFunctionsConfig()));
        using var lambda = new AmazonLambdaClient(Operator, Through(new AmazonLambdaConfig()));

        Assert.Equal("arn:aws:iam::111122223333:user/operator", (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
        Assert.NotEmpty((await ec2.DescribeVpcsAsync(new DescribeVpcsRequest())).Vpcs);
        Assert.Equal(HttpStatusCode.OK, (await elb.DescribeLoadBalancersAsync(new())).HttpStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await states.ListStateMachinesAsync(new ListStateMachinesRequest())).HttpStatusCode);
        await Assert.ThrowsAsync<Amazon.Lambda.Model.ResourceNotFoundException>(() => lambda.InvokeAsync(new() { FunctionName = "arn:aws:lambda:eu-central-1:111122223333:function:nobody" }));
        Assert.Empty(open.Failures);
    }

    [Fact]
    public async Task Many_visitors_at_once_are_served_one_by_one()
    {
        using var ec2 = new AmazonEC2Client(Operator, Through(new AmazonEC2Config()));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ec2.CreateSecurityGroupAsync(new() { GroupName = $"g{i}", Description = "d", VpcId = Accounts.ExampleAccount.Vpc })));

        Assert.Equal(40, open.OnPump(() => open.Cloud.Calls.Since(0).Count(call => call is { Action: "ec2:CreateSecurityGroup", Error: null })));
        Assert.Equal(40, open.OnPump(() => open.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroup>().Count(group => group.Description == "d")));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        using var sts = new AmazonSecurityTokenServiceClient(new BasicAWSCredentials(open.Cloud.Operator.AccessKeyId, "wrong"), Through(new AmazonSecurityTokenServiceConfig()));

        var refusal = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => sts.GetCallerIdentityAsync(new GetCallerIdentityRequest()));

        Assert.Equal("SignatureDoesNotMatch", refusal.ErrorCode);
    }

    [Fact]
    public void Only_this_machine_can_reach_it()
    {
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(open.Endpoint.Host)));
        using var elsewhere = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        elsewhere.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), open.Endpoint.Port));
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_said_so()
    {
        var error = await Assert.ThrowsAnyAsync<IOException>(() => LoopbackDoor.OpenAsync(open.Cloud, open.Endpoint.Port, OpenDoor.RealClock, _ => { }, CancellationToken.None));

        Assert.Contains("address already in use", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 403", "Missing Authentication Token")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 403", "Missing Authentication Token")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n", "HTTP/1.1 413", "too large")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400", "chunk")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "HTTP/1.1 403", "Missing Authentication Token")]
    [InlineData("nonsense\r\n\r\n", "HTTP/1.1 400", "")]
    public async Task Whatever_comes_is_answered(string sent, string status, string part)
    {
        var answer = await SayAsync(sent);

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.Contains(part, answer, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(open.Failures);
    }

    [Fact]
    public async Task Who_leaves_in_the_middle_of_a_body_leaves_no_trace()
    {
        using (var visitor = await ConnectAsync())
            await visitor.GetStream().WriteAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nAction="u8.ToArray());

        Assert.StartsWith("HTTP/1.1 403", await SayAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(0, open.OnPump(() => open.Cloud.Calls.Count));
        Assert.Empty(open.Failures);
    }

    [Fact]
    public async Task A_lost_answer_breaks_the_connection_and_the_HTTP_client_asks_again()
    {
        open.OnPump(() =>
        {
            open.Cloud.Faults.Plan(FaultKind.AnswerLost, _ => true);
            return true;
        });
        using var sts = new AmazonSecurityTokenServiceClient(Operator, Through(new AmazonSecurityTokenServiceConfig()));

        Assert.NotNull(await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest()));

        Assert.Equal([nameof(ConnectionLostException), null], open.OnPump(() => open.Cloud.Calls.Since(0)).Select(call => call.Error));
    }

    [Fact]
    public async Task A_fault_of_LocalAws_itself_is_an_internal_failure_and_is_reported()
    {
        open.OnPump(() =>
        {
            open.Cloud.Faults.Draw = _ => throw new FormatException("broken");
            return true;
        });
        using var sts = new AmazonSecurityTokenServiceClient(Operator, Through(new AmazonSecurityTokenServiceConfig()));

        var failure = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => sts.GetCallerIdentityAsync(new GetCallerIdentityRequest()));

        Assert.Equal(HttpStatusCode.InternalServerError, failure.StatusCode);
        Assert.IsType<FormatException>(Assert.Single(open.Failures));
    }

    private BasicAWSCredentials Operator => new(open.Cloud.Operator.AccessKeyId, open.Cloud.Operator.SecretAccessKey);

    private T Through<T>(T config)
        where T : ClientConfig
    {
        config.ServiceURL = open.Endpoint.AbsoluteUri;
        config.AuthenticationRegion = open.Cloud.Options.Region;
        config.MaxErrorRetry = 0;
        return config;
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, open.Endpoint.Port);
        return client;
    }

    private async Task<string> SayAsync(string text)
    {
        using var client = await ConnectAsync();
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
