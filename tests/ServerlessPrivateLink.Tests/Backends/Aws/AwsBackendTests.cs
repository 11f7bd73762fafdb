using System.Globalization;
using System.Xml.Linq;
using LocalAws.Tests.Moto;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Backends.Aws;

/// <summary>All that a run on AWS does, with moto in the place of AWS: told by variables, paced by a clock, cleaned up after.</summary>
public sealed class AwsBackendTests(MotoServer server) : IClassFixture<MotoServer>
{
    [SkippableFact]
    public void A_run_leaves_the_account_as_it_was()
    {
        MotoServer.Need();
        using var stage = new Stage(server);
        var before = stage.Inventory();
        var backend = stage.Open();

        Scenarios.A_new_link_is_built(backend);

        Assert.NotEqual(before, stage.Inventory());
        backend.Dispose();
        Assert.Equal(before, stage.Inventory());
    }

    [SkippableFact]
    public void A_run_that_failed_half_way_is_cleaned_up_after_too()
    {
        MotoServer.Need();
        using var stage = new Stage(server) { Broken = "CreateVpcEndpointServiceConfiguration" };
        var before = stage.Inventory();

        using (var backend = stage.Open())
        {
            Assert.Contains("EnsureEndpointService", backend.Provision(World.Document(backend.Database)).Problem, StringComparison.Ordinal);
            Assert.NotEqual(before, stage.Inventory());
        }

        Assert.Equal(before, stage.Inventory());
    }

    [SkippableFact]
    public void A_run_is_refused_where_a_name_that_it_would_give_is_taken()
    {
        MotoServer.Need();
        using var stage = new Stage(server);
        var group = ResourceName.TargetGroup(AwsAccount.Stack, World.LinkName, "orders-prod", 5432);
        server.Query("elasticloadbalancing", "2015-12-01", "Action=CreateTargetGroup", $"Name={group}", "Protocol=TCP", "Port=5432", $"VpcId={stage.Account.VpcId}", "TargetType=ip");
        var before = stage.Inventory();

        var refusal = Assert.Throws<NamesTakenException>(stage.Open);

        Assert.EndsWith($"exists already: target group named {group}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, stage.Inventory());
    }

    [SkippableFact]
    public void A_run_is_refused_where_something_of_an_earlier_one_is_left()
    {
        MotoServer.Need();
        using var stage = new Stage(server);
        server.Query(
            "ec2", "2016-11-15", "Action=CreateSecurityGroup", "GroupName=other", "GroupDescription=other", $"VpcId={stage.Account.VpcId}",
            "TagSpecification.1.ResourceType=security-group", $"TagSpecification.1.Tag.1.Key={ResourceTags.Stack}", $"TagSpecification.1.Tag.1.Value={AwsAccount.Stack}");

        Assert.Contains("exists already: security group sg-", Assert.Throws<NamesTakenException>(stage.Open).Message, StringComparison.Ordinal);
    }

    /// <summary>An account on moto as the variables describe one.</summary>
    private sealed class Stage : IDisposable
    {
        private static readonly string[] Lists =
        [
            "ec2 2016-11-15 DescribeSecurityGroups", "ec2 2016-11-15 DescribeSecurityGroupRules", "ec2 2016-11-15 DescribeVpcEndpointServiceConfigurations", "ec2 2016-11-15 DescribeSubnets",
            "elasticloadbalancing 2015-12-01 DescribeLoadBalancers", "elasticloadbalancing 2015-12-01 DescribeTargetGroups", "rds 2014-10-31 DescribeDBInstances",
        ];

        private readonly MotoServer server;
        private readonly HttpMessageInvoker http = new(new SocketsHttpHandler());
        private readonly MotoGaps gaps = new();

        public Stage(MotoServer server)
        {
            this.server = server;
            var remote = new MotoAccount(server).Open();
            var database = server.Query("rds", "2014-10-31", "Action=DescribeDBInstances").Descendants().First(static one => one.Name.LocalName == "VpcSecurityGroupId").Value;
            Account = AwsAccount.OrSkip(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [AwsAccount.OptIn] = "1",
                [AwsVariable.Region.Name] = remote.Settings.Region,
                [AwsVariable.Account.Name] = remote.Settings.AccountId,
                [AwsVariable.Vpc.Name] = remote.Settings.VpcId,
                [AwsVariable.Subnets.Name] = string.Join(',', remote.Settings.SubnetIds),
                [AwsVariable.Database.Name] = "orders-prod",
                [AwsVariable.DatabaseEndpoint.Name] = string.Create(CultureInfo.InvariantCulture, $"{remote.DatabaseAddresses[0]}:5432"),
                [AwsVariable.SecurityGroup.Name] = database,
                [AwsVariable.AlertTopic.Name] = remote.Settings.AlertTopicArn,
                [AwsVariable.ConnectionTopic.Name] = remote.Settings.ConnectionTopicArn,
                [AwsVariable.Consumers.Name] = "210987654321,133737826969",
                [AwsVariable.AccessKey.Name] = remote.Key.AccessKeyId,
                [AwsVariable.SecretKey.Name] = remote.Key.SecretAccessKey,
                [AwsVariable.SessionToken.Name] = remote.Key.SessionToken!,
            });
        }

        public AwsAccount Account { get; }

        /// <summary>An operation that is not allowed.</summary>
        public string? Broken { get; init; }

        public AwsBackend Open() => new(Account, new RemoteDoor((request, body) => gaps.Answer(body, () => Send(request, body))), new SteppedClock(), speed: 200);

        /// <summary>All that there is of what a run may make or touch, as moto lists it.</summary>
        public string Inventory() => string.Join('\n', Lists.Select(list =>
        {
            var (service, version, action) = (list.Split(' ')[0], list.Split(' ')[1], list.Split(' ')[2]);
            var answer = server.Query(service, version, $"Action={action}");
            answer.Descendants().Where(static one => one.Name.LocalName is "requestId" or "RequestId" or "LatestRestorableTime").Remove();
            return answer.ToString();
        }));

        public void Dispose() => http.Dispose();

        /// <summary>Moto answers for all services at one address; the rest is the way to AWS.</summary>
        private HttpResponseMessage Send(HttpRequestMessage request, string body)
        {
            if (Broken is not null && body.Contains($"Action={Broken}&", StringComparison.Ordinal))
            {
                return new(System.Net.HttpStatusCode.Forbidden)
                {
                    Content = new StringContent("<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation.</Message></Error></Errors></Response>"),
                };
            }

            request.RequestUri = server.Address;
            request.Headers.Host = null;
            return AwsBackend.Send(http, request);
        }
    }

    /// <summary>A clock that moves whenever it is looked at, so that a slow machine does not run out of time.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks += TimeSpan.TicksPerMillisecond * 10;
    }
}
