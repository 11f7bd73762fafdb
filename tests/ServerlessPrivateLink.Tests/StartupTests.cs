using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Amazon.EC2;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Logging;
using ServerlessPrivateLink.Probing;
using ServerlessPrivateLink.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests;

public sealed partial class StartupTests
{
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["STACK_NAME"] = "prod",
        ["ACCOUNT_ID"] = "999999999999",
        ["AWS_REGION"] = "eu-central-1",
        ["AWS_PARTITION"] = "aws",
        ["VPC_ID"] = "vpc-1",
        ["SUBNET_IDS"] = "subnet-a, subnet-b",
        ["ALERT_FORMAT"] = "chat",
        ["ALERT_TOPIC_ARN"] = "arn:alerts",
        ["CONNECTION_TOPIC_ARN"] = "arn:connections",
        ["DNS_SUFFIX"] = "amazonaws.com",
    };

    [Fact]
    public void Settings_come_from_the_environment()
    {
        var settings = Services(HttpStatusCode.OK, "").GetRequiredService<StackSettings>();

        Assert.Equal(("prod", "999999999999", "eu-central-1", "aws", "vpc-1"), (settings.Stack, settings.AccountId, settings.Region, settings.Partition, settings.VpcId));
        Assert.Equal(["subnet-a", "subnet-b"], settings.SubnetIds.AsEnumerable());
    }

    [Fact]
    public void Resolver_and_probe_start_without_any_aws_client()
    {
        using var services = Services(HttpStatusCode.OK, "", static made => made.AddSingleton<IAmazonEC2>(static _ => throw new InvalidOperationException("a client was made")));

        ActivatorUtilities.CreateInstance<ResolveAddresses>(services);
        ActivatorUtilities.CreateInstance<ProbeDatabase>(services);
        Assert.Throws<InvalidOperationException>(() => ActivatorUtilities.CreateInstance<EnsureSecurityGroup>(services));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "RequestLimitExceeded")]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError")]
    [InlineData(HttpStatusCode.BadRequest, "Throttling")]
    [InlineData(HttpStatusCode.BadGateway, "")]
    public async Task What_passes_by_itself_has_one_name(HttpStatusCode status, string code)
    {
        using var services = Services(status, Error(code));

        var busy = await Assert.ThrowsAsync<AwsBusyException>(() => services.GetRequiredService<IAmazonEC2>().DescribeVpcsAsync());

        Assert.StartsWith("DescribeVpcs", busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_has_that_name_too()
    {
        using var services = Services(null, "");

        await Assert.ThrowsAsync<AwsBusyException>(() => services.GetRequiredService<IAmazonEC2>().DescribeVpcsAsync());
    }

    [Fact]
    public async Task A_refusal_keeps_its_own_name()
    {
        using var services = Services(HttpStatusCode.Forbidden, Error("UnauthorizedOperation"));

        var refused = await Assert.ThrowsAsync<AmazonEC2Exception>(() => services.GetRequiredService<IAmazonEC2>().DescribeVpcsAsync());

        Assert.Equal("UnauthorizedOperation", refused.ErrorCode);
    }

    [Fact]
    public async Task A_call_is_sent_once_where_the_state_machine_retries()
    {
        var answer = new Answer(HttpStatusCode.ServiceUnavailable, Error("Unavailable"));
        using var services = Services(answer);

        await Assert.ThrowsAsync<AwsBusyException>(() => services.GetRequiredService<IAmazonEC2>().DescribeVpcsAsync());

        Assert.Equal(1, answer.Requests);
    }

    [Fact]
    public void A_log_line_is_one_json_object_that_lambda_can_filter()
    {
        using var text = new StringWriter();
        using var lines = new JsonLines(text, TimeProvider);
        var logger = lines.CreateLogger("Steps");

        LogRejected(logger, new InvalidOperationException("line\nbreak"), ["vpce-1", "vpce-2"], "111111111111");

        var line = JsonDocument.Parse(Assert.Single(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.Equal("WARN", line.GetProperty("level").GetString());
        Assert.Equal("2026-01-01T08:00:00.000Z", line.GetProperty("timestamp").GetString());
        Assert.Equal("Rejected vpce-1, vpce-2 of 111111111111", line.GetProperty("message").GetString());
        Assert.Equal("vpce-1, vpce-2", line.GetProperty("values").GetProperty("Endpoints").GetString());
        Assert.Equal("InvalidOperationException", line.GetProperty("errorType").GetString());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rejected {Endpoints} of {Owner}")]
    private static partial void LogRejected(ILogger logger, Exception exception, IReadOnlyList<string> endpoints, string owner);

    private static StoppedClock TimeProvider { get; } = new();

    private static string Error(string code) =>
        code.Length == 0 ? "<html>bad gateway</html>" : $"<Response><Errors><Error><Code>{code}</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>";

    private static ServiceProvider Services(HttpStatusCode? status, string body, Action<IServiceCollection>? more = null) => Services(new Answer(status, body), more);

    private static ServiceProvider Services(Answer answer, Action<IServiceCollection>? more = null)
    {
        var surroundings = new Surroundings(
            Environment,
            new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret"),
            TimeProvider,
            static (_, _) => Task.FromResult(ImmutableArray<IPAddress>.Empty),
            static (_, _, _) => Task.FromResult(Stream.Null),
            new Factory(answer));
        var services = new ServiceCollection();
        new Startup(surroundings).ConfigureServices(services);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    }

    private sealed class Factory(Answer answer) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(answer, disposeHandler: false);
    }

    private sealed class Answer(HttpStatusCode? status, string body) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return status is { } code
                ? Task.FromResult(new HttpResponseMessage(code) { Content = new StringContent(body) })
                : throw new HttpRequestException("connection reset");
        }
    }
}
