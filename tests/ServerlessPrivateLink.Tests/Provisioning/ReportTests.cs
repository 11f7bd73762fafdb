using System.Collections.Immutable;
using System.Text.Json;
using ServerlessPrivateLink.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

public sealed class ReportTests
{
    private static readonly AnnounceServiceInput Input = new(
        "orders",
        "vpce-svc-1",
        "com.amazonaws.vpce.eu-central-1.vpce-svc-1",
        Samples.Subnets,
        [Samples.Instance(), Samples.Instance("ledger", 3306) with { ListenerPort = 3307 }],
        [Samples.Account("111111111111")],
        new([], [], []),
        [],
        new([], []));

    [Fact]
    public void An_announcement_holds_what_a_consumer_needs()
    {
        var announcement = Announce(Input);

        Assert.Equal("com.amazonaws.vpce.eu-central-1.vpce-svc-1", announcement.ServiceName);
        Assert.Equal(("eu-central-1", "999999999999"), (announcement.Region, announcement.AccountId));
        Assert.Equal([new(5432, "orders-prod"), new(3307, "ledger")], announcement.Listeners.AsEnumerable());
        Assert.Equal(["euc1-az2", "euc1-az3"], announcement.Zones.Select(static zone => zone.ZoneId));
        Assert.Equal(["us-east-1"], Announce(Input with { Consumers = [Samples.Account("111111111111", regions: ["us-east-1", "eu-central-1"])] }).OtherRegions.AsEnumerable());
        Assert.Equal("5432 leads to orders-prod, 3307 leads to ledger", announcement.Alert.Facts["listeners"]);
    }

    [Fact]
    public void A_fingerprint_follows_the_facts_and_no_warning()
    {
        Assert.Equal(Announce(Input).Fingerprint, Announce(Input with { Warnings = new(["mind this"], [], []), Removed = ["target group pl-old"] }).Fingerprint);
        Assert.NotEqual(Announce(Input).Fingerprint, Announce(Input with { Consumers = [Samples.Account("222222222222")] }).Fingerprint);
        Assert.NotEqual(Announce(Input).Fingerprint, Announce(Input with { Exposures = [Samples.Instance()] }).Fingerprint);
        Assert.NotEqual(Announce(Input).Fingerprint, Announce(Input with { Subnets = [Samples.Subnets[0]] }).Fingerprint);
        Assert.True(Announce(Input).Fingerprint.Length <= 256);
    }

    [Fact]
    public void What_is_wrong_and_what_was_removed_is_told_by_name()
    {
        var announcement = Announce(Input with { Warnings = new(["mind this"], ["sick"], [9999]), Removed = ["target group pl-old", "listener on port 5433"] });

        Assert.Equal(3, announcement.Warnings.Length);
        Assert.Contains("on port 9999", announcement.Warnings[2], StringComparison.Ordinal);
        Assert.Equal("target group pl-old; listener on port 5433", announcement.Alert.Facts["removed"]);
        Assert.StartsWith("mind this; sick; ", announcement.Alert.Facts["warnings"], StringComparison.Ordinal);
        Assert.DoesNotContain("removed", Announce(Input).Alert.Facts.Keys);
    }

    [Fact]
    public void A_failure_is_told_with_step_reason_and_remedy()
    {
        var report = Report("EnsureListeners", "NameTakenException", """{"errorType":"NameTakenException","errorMessage":"It is taken. Remedy: Rename it.","stackTrace":["at X"]}""");

        Assert.Equal("EnsureListeners", report.Step);
        Assert.Equal("It is taken.", report.Reason);
        Assert.Equal("Rename it.", report.Remedy);
        Assert.Equal("EnsureListeners: It is taken. Rename it. An alert was published.", report.Cause);
        Assert.Equal("The link orders could not be built: EnsureListeners failed.", report.Alert.Sentence);
        Assert.DoesNotContain("at X", string.Join('\n', report.Alert.Facts.Values) + report.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_steps_side_by_side_the_trace_tells_which_one_it_was()
    {
        var report = Report("BuildLink", "AmazonEC2Exception", """
            {"errorType":"AmazonEC2Exception","errorMessage":"no","stackTrace":[
            "at Amazon.Runtime.X.InvokeAsync()","at ServerlessPrivateLink.Provisioning.EnsureSecurityGroup.CreateAsync(String name)",
            "at ServerlessPrivateLink.Provisioning.EnsureSecurityGroup.Handle(EnsureSecurityGroupInput input, ILambdaContext context)"]}
            """);

        Assert.Equal("EnsureSecurityGroup", report.Step);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("{\"unfinished")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void A_cause_in_any_form_is_told(string cause)
    {
        var report = Report("CheckTargets", "States.Timeout", cause);

        Assert.Equal("CheckTargets", report.Step);
        Assert.NotEqual("", report.Reason);
        Assert.Contains("Start the execution again", report.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"orders\"")]
    [InlineData("{\"name\": 7}")]
    [InlineData("null")]
    public void A_document_without_a_name_is_told_of_without_one(string document)
    {
        var report = FailureReport.Of(new(JsonDocument.Parse(document).RootElement, "arn:execution", Failed("PlanLink", "X", "why")));

        Assert.Equal("", report.Link);
        Assert.Equal("A link could not be built: PlanLink failed.", report.Alert.Sentence);
    }

    private static Announcement Announce(AnnounceServiceInput input) => Announcement.Of(input, "999999999999", "eu-central-1");

    private static FailureReport Report(string caughtAt, string error, string cause) =>
        FailureReport.Of(new(JsonDocument.Parse("""{"name":"orders"}""").RootElement, "arn:execution", Failed(caughtAt, error, cause)));

    private static ImmutableDictionary<string, CaughtError> Failed(string state, string error, string cause) =>
        ImmutableDictionary<string, CaughtError>.Empty.Add(state, new(error, cause));
}
