using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ServerlessPrivateLink.Deploying;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Deploying;

public sealed class RuleTests
{
    private const string StackId = "arn:aws:cloudformation:eu-central-1:111122223333:stack/prod/1";
    private const string Host = "cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com";

    private static readonly AnswerPlace Place = new("aws", "eu-central-1", "111122223333", "amazonaws.com");
    private static readonly DateOnly Today = new(2026, 1, 1);
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(static text => text.Get),
        Gen.Choose(0, 6_000).Select(static length => new string('x', length)),
        Gen.Choose(0, 3_000).Select(static length => new string('"', length)),
        Gen.Choose(0, 2_000).Select(static length => string.Concat(Enumerable.Repeat("\U0001F512é\n", length))));

    [Theory]
    [InlineData($"https://{Host}/a%7Cb?X-Amz-Signature=1", true)]
    [InlineData("https://cloudformation-custom-resource-response-eucentral1.s3-eu-central-1.amazonaws.com/a", true)]
    [InlineData("https://cloudformation-custom-resource-response-eucentral1.s3.amazonaws.com/a", true)]
    [InlineData($"http://{Host}/a", false)]
    [InlineData($"https://{Host}:8443/a", false)]
    [InlineData($"https://somebody@{Host}/a", false)]
    [InlineData($"https://{Host}.elsewhere.example/a", false)]
    [InlineData($"https://x{Host}/a", false)]
    [InlineData("https://elsewhere.example/a", false)]
    [InlineData("https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/a", false)]
    [InlineData("https://s3.eu-central-1.amazonaws.com/cloudformation-custom-resource-response-eucentral1/a", false)]
    [InlineData("https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com.cn/a", false)]
    public void An_answer_goes_to_the_bucket_of_this_region_alone(string address, bool goes) => Assert.Equal(goes, Place.Takes(new(address)));

    [Fact]
    public void Other_partitions_have_their_own_suffix()
    {
        var china = new AnswerPlace("aws-cn", "cn-north-1", "111122223333", "amazonaws.com.cn");

        Assert.True(china.Takes(new("https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn/a")));
        Assert.False(china.Takes(new("https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com/a")));
    }

    [Fact]
    public void A_redirect_is_not_followed()
    {
        using var handler = AnswerDoor.NoRedirects();

        Assert.False(handler.AllowAutoRedirect);
    }

    [Fact]
    public void Whatever_the_reason_the_body_is_valid_and_small_enough_and_ends_with_what_to_do() => Prop.ForAll(Texts.ToArbitrary(), static reason =>
    {
        var body = StackAnswer.Failure("link/orders", $"{reason}Do this.").Body(StackId, new('r', 36), new('L', 255));
        using var read = JsonDocument.Parse(body);
        var said = read.RootElement.GetProperty("Reason").GetString()!;

        Assert.InRange(body.Length, 1, StackAnswer.MostBytes);
        Assert.Equal(("FAILED", "link/orders"), (read.RootElement.GetProperty("Status").GetString(), read.RootElement.GetProperty("PhysicalResourceId").GetString()));
        Assert.EndsWith("Do this.", said, StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_failure_always_has_a_reason() => Assert.NotEqual("", StackAnswer.Failure("x", "").Reason);

    [Fact]
    public void Only_a_physical_id_of_our_own_takes_a_link_down() => Prop.ForAll(Texts.ToArbitrary(), static id =>
    {
        var deed = RequestRule.Of(Request(RequestKind.Delete, "", id), "aws", Today);

        if (id.StartsWith("link/", StringComparison.Ordinal)) return;
        Assert.Equal(StackAnswer.Success(id), ((Deed.Answer)deed).Given);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("link/orders", "orders")]
    [InlineData("kept/orders", null)]
    [InlineData("none", null)]
    [InlineData("prod-DeployedLink-1ABCDEFGHIJKL", null)]
    [InlineData("link/", null)]
    [InlineData("link/Orders\"}", null)]
    [InlineData("link/orders\n", null)]
    public void A_deletion_releases_the_link_that_the_id_names(string physicalId, string? link)
    {
        var deed = RequestRule.Of(Request(RequestKind.Delete, World.Document(), physicalId), "aws", Today);

        Assert.Equal(link is null ? new Deed.Answer(StackAnswer.Success(physicalId)) : new Deed.Run(Machine.Release, link, $$"""{"name":"{{link}}"}"""), deed);
    }

    [Theory]
    [InlineData(RequestKind.Create, "", "none")]
    [InlineData(RequestKind.Update, "link/orders", "link/orders")]
    public void A_document_that_is_none_is_answered_with_all_that_is_wrong_and_the_resource_stays_what_it_is(RequestKind kind, string physicalId, string expected)
    {
        var given = ((Deed.Answer)RequestRule.Of(Request(kind, """{ "name": "UPPER" }""", physicalId), "aws", Today)).Given;

        Assert.Equal((false, expected), (given.Succeeded, given.PhysicalId));
        Assert.Contains("$.name", given.Reason, StringComparison.Ordinal);
        Assert.Contains("$.databases", given.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_stood_before_a_creation_is_kept_when_that_fails_and_is_the_stacks_when_not()
    {
        var run = (Deed.Run)RequestRule.Of(Request(RequestKind.Create, World.Document()), "aws", Today);

        Assert.Equal(("link/orders", "kept/orders"), Ids(Request(RequestKind.Create, World.Document()), run, stood: true));
        Assert.Equal(("link/orders", "link/orders"), Ids(Request(RequestKind.Create, World.Document()), run, stood: false));
        Assert.Equal(("link/orders", "link/orders"), Ids(Request(RequestKind.Update, World.Document(), "link/orders"), run, stood: true));
        Assert.Equal(("link/orders", "kept/orders"), Ids(Request(RequestKind.Update, World.Document(), "link/sales"), run, stood: true));

        static (string, string) Ids(StackRequest request, Deed.Run run, bool stood) =>
            PendingRequest.Of(request, run, stood, Now) is var pending ? (pending.PhysicalId, pending.PhysicalIdIfFailed) : default;
    }

    [Theory]
    [InlineData("SUCCEEDED", 1, true, "")]
    [InlineData("FAILED", 1, false, "PlanLink: It is not there. Make it. For this stack: deploy it again then.")]
    [InlineData("TIMED_OUT", 1, false, "ran out of time")]
    [InlineData("ABORTED", 1, false, "was stopped")]
    [InlineData("RUNNING", 50, null, "")]
    [InlineData("RUNNING", 51, false, "was not done within 50 minutes")]
    [InlineData("", 10, null, "")]
    [InlineData("", 11, false, "could not be started")]
    public void An_execution_that_ended_or_takes_too_long_is_answered(string status, int minutes, bool? succeeded, string reason)
    {
        var look = new ExecutionLook(status, """{ "ServiceName": "com.amazonaws.vpce.x", "ServiceId": "vpce-svc-1" }""", "PlanLink: It is not there. Make it. An alert was published.");

        var answer = RequestEnd.Of(Pending(Machine.Provision), look, Now.AddMinutes(minutes));

        Assert.Equal(succeeded, answer?.Succeeded);
        Assert.Contains(reason, answer?.Reason ?? "", StringComparison.Ordinal);
        if (succeeded is true) Assert.Equal(("com.amazonaws.vpce.x", "vpce-svc-1", "orders"), (answer!.Data["ServiceName"], answer.Data["ServiceId"], answer.Data["Link"]));
        else if (answer is not null) Assert.Equal("kept/orders", answer.PhysicalId);
    }

    [Fact]
    public void Every_way_to_end_is_answered_before_CloudFormation_stops_waiting() => Assert.All(
        ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "RUNNING", "PENDING_REDRIVE", ""],
        static status => Assert.NotNull(RequestEnd.Of(Pending(Machine.Release), new(status, "{}", ""), Now.AddSeconds(3600 - 300))));

    [Fact]
    public void A_release_that_fails_says_the_command() =>
        Assert.Contains("`privatelink down orders --force`", RequestEnd.Of(Pending(Machine.Release), new("FAILED", "", "in use"), Now)!.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(RequestKind.Create, "sales", "", true)]
    [InlineData(RequestKind.Update, "sales", "", true)]
    [InlineData(RequestKind.Delete, "", "", true)]
    [InlineData(RequestKind.Delete, "orders", "", true)]
    [InlineData(RequestKind.Delete, "sales", "", false)]
    [InlineData(RequestKind.Delete, "orders,sales", "", false)]
    [InlineData(RequestKind.Delete, "orders", "orders", false)]
    public void A_stack_goes_when_nothing_stands_but_its_own_link_and_nobody_uses_that(RequestKind kind, string standing, string used, bool goes)
    {
        var answer = GuardRule.Of(Request(kind, World.Document()), Listed(standing), Listed(used));

        Assert.Equal((goes, "guard"), (answer.Succeeded, answer.PhysicalId));
        if (standing.Contains("sales", StringComparison.Ordinal) && !goes) Assert.Contains("privatelink down sales", answer.Reason, StringComparison.Ordinal);
        if (used.Length > 0) Assert.Contains("privatelink down orders --force", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guard_whose_stack_describes_no_link_names_all_of_them() =>
        Assert.Contains("privatelink down a; privatelink down b", GuardRule.Of(Request(RequestKind.Delete, ""), ["a", "b"], []).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "RequestType": "Create", "ResponseURL": "nowhere", "StackId": "s", "RequestId": "1", "LogicalResourceId": "l" }""")]
    [InlineData("""{ "RequestType": "Create", "ResponseURL": "https://a/b", "StackId": "s", "RequestId": 1, "LogicalResourceId": "l" }""")]
    public void What_is_no_request_is_not_read(string json)
    {
        using var read = JsonDocument.Parse(json);

        Assert.Null(StackRequest.Read(read.RootElement));
    }

    [Theory]
    [InlineData("2", 1, "DeployedLink", "1", "orders", true, true)]
    [InlineData("2", 1, "DeployedLink", "1", "sales", true, true)]
    [InlineData("1", 1, "DeployedLink", "1", "orders", false, false)]
    [InlineData("2", -1, "DeployedLink", "1", "orders", false, false)]
    [InlineData("2", 1, "Other", "1", "orders", false, false)]
    [InlineData("2", 1, "DeployedLink", "2", "orders", false, false)]
    public void Only_a_later_request_for_the_same_resource_is_in_the_way(string request, int minutes, string resource, string stack, string link, bool stopped, bool forgotten)
    {
        var old = Pending(Machine.Provision) with { StackId = "1" };
        var newer = old with { RequestId = request, Since = Now.AddMinutes(minutes), LogicalId = resource, StackId = stack, Link = link };

        Assert.Equal((stopped, forgotten), (old.IsStoppedBy(newer), old.IsForgottenWith(newer)));
    }

    [Fact]
    public void A_link_that_was_built_goes_on_when_the_one_that_it_replaces_is_deleted()
    {
        var built = Pending(Machine.Provision) with { Address = "", Answer = StackAnswer.Success("link/orders") };
        var deletion = built with { RequestId = "2", Link = "sales" };

        Assert.Equal((false, false), (built.IsStoppedBy(deletion), built.IsForgottenWith(deletion)));
        Assert.Equal((true, true), (built.IsStoppedBy(deletion with { Link = "orders" }), built.IsForgottenWith(deletion with { Link = "orders" })));
    }

    private static ImmutableArray<string> Listed(string names) => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static StackRequest Request(RequestKind kind, string document, string physicalId = "") =>
        new(kind, new($"https://{Host}/a"), StackId, "1", "DeployedLink", physicalId, document);

    private static PendingRequest Pending(Machine machine) =>
        new($"https://{Host}/a", StackId, "1", "DeployedLink", machine is Machine.Release ? RequestKind.Delete : RequestKind.Create, "orders", machine, "link/orders", "kept/orders", Now, Answer: null);
}
