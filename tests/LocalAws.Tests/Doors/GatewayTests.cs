using System.Collections.Immutable;
using System.Net;
using System.Xml.Linq;
using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using LocalAws.Access;
using LocalAws.Doors;
using LocalAws.Faults;
using LocalAws.Timing;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Doors;

/// <summary>The official client of a service, in process, before a service of one operation.</summary>
public sealed class GatewayTests
{
    private readonly Cloud cloud = new(CloudOptions.Default);
    private readonly InProcessDoor door;
    private int carriedOut;

    public GatewayTests()
    {
        var gateway = new Gateway(cloud);
        gateway.Add(new TestService("sts", new QueryProtocol("https://sts.amazonaws.com/doc/2011-06-15/"), Operation.Writes("GetCallerIdentity", Identify)));
        door = new(gateway);
    }

    [Fact]
    public void The_official_client_gets_its_answer()
    {
        var answer = Ask(cloud.Operator);

        Assert.Equal("111122223333", answer.Account);
        Assert.Equal("arn:aws:iam::111122223333:user/operator", answer.Arn);
        Assert.Equal(HttpStatusCode.OK, answer.HttpStatusCode);
        Assert.NotEmpty(answer.ResponseMetadata.RequestId);
    }

    [Fact]
    public void A_call_takes_a_moment_and_is_logged()
    {
        Ask(cloud.Operator);

        Assert.InRange(cloud.Time.GetUtcNow() - cloud.Time.Start, TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(60));
        Assert.Equal(new(cloud.Time.GetUtcNow(), "operator", "sts:GetCallerIdentity", true, null), Assert.Single(cloud.Calls.Since(0)));
    }

    [Fact]
    public void A_key_that_was_never_given_out_is_refused()
    {
        var refusal = Assert.Throws<AmazonSecurityTokenServiceException>(() => Ask(new("AKIAUNKNOWN", "secret", null)));

        Assert.Equal("InvalidClientTokenId", refusal.ErrorCode);
        Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
    }

    [Fact]
    public void A_key_with_another_session_token_is_refused() =>
        Assert.Throws<AmazonSecurityTokenServiceException>(() => Ask(Role() with { SessionToken = "stolen" }));

    [Fact]
    public void A_role_is_judged_by_its_policies()
    {
        Ask(Role("sts:GetCallerIdentity"));

        var refusal = Assert.Throws<AmazonSecurityTokenServiceException>(() => Ask(Role("sts:AssumeRole")));

        Assert.Equal("AccessDenied", refusal.ErrorCode);
        Assert.Equal([null, "AccessDenied"], cloud.Calls.Since(0).Select(call => call.Error));
    }

    [Theory]
    [InlineData(FaultKind.Throttle, "Throttling")]
    [InlineData(FaultKind.ServerError, "InternalFailure")]
    [InlineData(FaultKind.Denied, "AccessDenied")]
    public void A_planned_fault_strikes_once_and_before_anything_is_done(FaultKind fault, string code)
    {
        cloud.Faults.Plan(fault, call => call.Action == "sts:GetCallerIdentity");

        var refusal = Assert.Throws<AmazonSecurityTokenServiceException>(() => Ask(cloud.Operator));
        Assert.Equal(code, refusal.ErrorCode);
        Assert.Equal(0, carriedOut);
        Assert.Equal("111122223333", Ask(cloud.Operator).Account);
        Assert.Equal([code, null], cloud.Calls.Since(0).Select(call => call.Error));
    }

    [Theory]
    [InlineData(FaultKind.ConnectionLost, 0)]
    [InlineData(FaultKind.AnswerLost, 1)]
    [InlineData(FaultKind.CallerDiesBefore, 0)]
    [InlineData(FaultKind.CallerDiesAfter, 1)]
    public void A_broken_connection_leaves_open_whether_the_call_was_carried_out(FaultKind fault, int done)
    {
        cloud.Faults.Plan(fault, _ => true);

        var failure = Assert.ThrowsAny<Exception>(() => Ask(cloud.Operator));

        Assert.Contains(Causes(failure), cause => cause is ConnectionLostException);
        Assert.Equal(done, carriedOut);
        Assert.Equal(nameof(ConnectionLostException), Assert.Single(cloud.Calls.Since(0)).Error);
    }

    [Theory]
    [InlineData(FaultKind.CallerDiesBefore, 0)]
    [InlineData(FaultKind.CallerDiesAfter, 1)]
    public void A_dead_caller_never_hears_an_answer(FaultKind fault, int done)
    {
        var deaths = 0;
        var key = cloud.Access.Issue(Someone([Allow("sts:GetCallerIdentity")]) with { Die = () => deaths++ }, temporary: true);
        cloud.Faults.Plan(fault, _ => true);

        Assert.Throws<SimulationStalledException>(() => Ask(key));

        Assert.Equal(1, deaths);
        Assert.Equal(done, carriedOut);
        Assert.Single(cloud.Calls.Since(0));
        Assert.Throws<SimulationStalledException>(() => Ask(key));
        Assert.Equal(done, carriedOut);
    }

    [Fact]
    public void A_call_under_way_is_carried_out_but_not_answered_when_its_caller_ends()
    {
        var key = Role("sts:GetCallerIdentity");
        cloud.Faults.Draw = call =>
        {
            cloud.Access.Revoke(key);
            return null;
        };

        Assert.Throws<SimulationStalledException>(() => Ask(key));

        Assert.Equal(1, carriedOut);
    }

    [Fact]
    public void An_unknown_service_is_named_with_those_that_are_here()
    {
        var other = new InProcessDoor(new Gateway(cloud));

        var failure = Assert.ThrowsAny<Exception>(() => Ask(cloud.Operator, other));

        Assert.Contains(Causes(failure), cause => cause.Message.Contains("no service 'sts'", StringComparison.Ordinal));
    }

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }

    private static Policy Allow(string action) => new("p", [new("s", false, [action], ["*"], [])]);

    private static Caller Someone(ImmutableArray<Policy> policies) =>
        new("arn:aws:sts::111122223333:assumed-role/role/session", "111122223333", "someone", policies, ConditionKeys.None);

    private IssuedKey Role(params string[] actions) => cloud.Access.Issue(Someone([.. actions.Select(Allow)]), temporary: true);

    private Answer Identify(ApiCall call)
    {
        call.Demand("*");
        carriedOut++;
        return Answer.Of(new XElement("Arn", call.Caller.Arn), new XElement("UserId", "AIDA"), new XElement("Account", call.Caller.AccountId));
    }

    private GetCallerIdentityResponse Ask(IssuedKey key, InProcessDoor? at = null)
    {
        AWSCredentials credentials = key.SessionToken is null
            ? new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey)
            : new SessionAWSCredentials(key.AccessKeyId, key.SecretAccessKey, key.SessionToken);
        using var client = new AmazonSecurityTokenServiceClient(credentials, new AmazonSecurityTokenServiceConfig
        {
            RegionEndpoint = RegionEndpoint.EUCentral1,
            HttpClientFactory = at ?? door,
            MaxErrorRetry = 0,
        });
        return cloud.Time.Run(() => client.GetCallerIdentityAsync(new()));
    }
}
