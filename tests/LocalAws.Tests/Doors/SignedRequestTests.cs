using System.Text.Json;
using System.Xml.Linq;
using LocalAws.Access;
using LocalAws.Tests.Signing;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Doors;

/// <summary>Who gets in by the gateway's checked side, and in whose words the others are turned away.</summary>
public sealed class SignedRequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly WireRequest WhoAmI = Requests.Of("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", ("Content-Type", Requests.Form));
    private static readonly WireRequest Vpcs = Requests.Of("POST", "/", "Action=DescribeVpcs&Version=2016-11-15", ("Content-Type", Requests.Form));
    private static readonly WireRequest Machines = Requests.Of("POST", "/", "{}", ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "AWSStepFunctions.ListStateMachines"));
    private static readonly WireRequest Functions = Requests.Of("GET", "/2015-03-31/functions/?MaxItems=5", "");

    private readonly Cloud cloud = new(CloudOptions.Default);

    public static TheoryData<string> Services => ["sts", "ec2", "states", "lambda"];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_good_signature_lets_in(string service) => Assert.Equal(200, Send(Sign(Of(service), service)).Status);

    [Fact]
    public void A_form_in_the_query_of_a_GET_is_read() => Assert.Contains(
        "user/operator",
        Send(Sign(Requests.Of("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", ""), "sts")).Text(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("sts", 403, "SignatureDoesNotMatch")]
    [InlineData("ec2", 403, "SignatureDoesNotMatch")]
    [InlineData("states", 400, "InvalidSignatureException")]
    [InlineData("lambda", 403, "InvalidSignatureException")]
    public void A_wrong_secret_is_refused_and_nothing_is_logged(string service, int status, string code)
    {
        var refusal = Send(Of(service).Signed(cloud.Operator.AccessKeyId, "wrong", service, Now));

        Assert.Equal((status, code), (refusal.Status, Code(refusal)));
        Assert.Contains("Check your AWS Secret Access Key", refusal.Text(), StringComparison.Ordinal);
        Assert.Equal(0, cloud.Calls.Count);
    }

    [Theory]
    [InlineData("sts", 403, "MissingAuthenticationToken")]
    [InlineData("ec2", 403, "MissingAuthenticationToken")]
    [InlineData("states", 400, "MissingAuthenticationTokenException")]
    [InlineData("lambda", 403, "MissingAuthenticationTokenException")]
    public void Without_a_signature_nobody_gets_in(string service, int status, string code)
    {
        var refusal = Send(Of(service));

        Assert.Equal((status, code), (refusal.Status, Code(refusal)));
    }

    [Theory]
    [InlineData("sts", 403, "InvalidClientTokenId")]
    [InlineData("ec2", 401, "AuthFailure")]
    [InlineData("states", 400, "UnrecognizedClientException")]
    [InlineData("lambda", 403, "UnrecognizedClientException")]
    public void An_unknown_key_is_refused_in_the_words_of_the_service(string service, int status, string code)
    {
        var refusal = Send(Of(service).Signed("AKIANOBODY", "secret", service, Now));

        Assert.Equal((status, code), (refusal.Status, Code(refusal)));
    }

    [Theory]
    [InlineData("sts", -301, "SignatureDoesNotMatch", "Signature expired: 20261121T095459Z is now earlier than 20261121T095500Z (20261121T100000Z - 5 min.)")]
    [InlineData("states", 301, "InvalidSignatureException", "Signature not yet current: 20261121T100501Z is still later than 20261121T100500Z (20261121T100000Z + 5 min.)")]
    [InlineData("ec2", -301, "RequestExpired", "Request has expired.")]
    public void The_date_is_held_against_the_real_clock(string service, int seconds, string code, string message)
    {
        var refusal = Send(Sign(Of(service), service, Now.AddSeconds(seconds)));

        Assert.Equal(code, Code(refusal));
        Assert.Contains(message, Message(refusal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public void Five_minutes_are_let_pass(int seconds) => Assert.Equal(200, Send(Sign(WhoAmI, "sts", Now.AddSeconds(seconds))).Status);

    [Fact]
    public void Another_Region_is_refused() => Refused(
        WhoAmI.Signed(cloud.Operator.AccessKeyId, cloud.Operator.SecretAccessKey, "sts", Now, region: "us-east-1"),
        "SignatureDoesNotMatch",
        "Credential should be scoped to a valid region, not 'us-east-1'.");

    [Fact]
    public void A_signature_for_another_service_is_refused() =>
        Refused(Sign(Machines, "sts"), "InvalidSignatureException", "Credential should be scoped to correct service: 'states'.");

    [Fact]
    public void Another_date_in_the_scope_is_refused()
    {
        var request = Sign(WhoAmI, "sts");

        Refused(request.With("Authorization", request.Header("Authorization")!.Replace("/20261121/", "/20261120/", StringComparison.Ordinal)), "SignatureDoesNotMatch", "Date in Credential scope does not match");
    }

    [Fact]
    public void A_changed_body_path_query_or_header_is_refused()
    {
        Refused(Sign(WhoAmI, "sts") with { Body = "Action=GetCallerIdentity&Version=2011-06-15&x=1"u8.ToArray() }, "SignatureDoesNotMatch", "Canonical String");
        Refused(Sign(Functions, "lambda") with { Path = "/2015-03-31/functions" }, "InvalidSignatureException", "Canonical String");
        Refused(Sign(Functions, "lambda") with { Query = "MaxItems=6" }, "InvalidSignatureException", "Canonical String");
        Refused(Sign(Machines, "states").With("X-Amz-Target", "AWSStepFunctions.StopExecution"), "InvalidSignatureException", "Canonical String");
    }

    [Theory]
    [InlineData("host", "'Host' or ':authority' must be a 'SignedHeader'")]
    [InlineData("x-amz-target", "'X-Amz-Target' must be a 'SignedHeader'")]
    public void What_carries_meaning_must_be_signed(string header, string message) => Refused(
        Machines.Signed(cloud.Operator.AccessKeyId, cloud.Operator.SecretAccessKey, "states", Now, leftOut: [header]), "InvalidSignatureException", message);

    [Fact]
    public void An_unsigned_payload_is_refused()
    {
        var request = Sign(WhoAmI.With("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD"), "sts");

        Assert.Equal(200, Send(request).Status);
        Refused(request with { Body = "Action=GetCallerIdentity&Version=2011-06-15&x=1"u8.ToArray() }, "SignatureDoesNotMatch", "Canonical String");
    }

    [Theory]
    [InlineData("AWS4-ECDSA-P256-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=0", "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'")]
    [InlineData("Basic dXNlcjpwYXNz", "Unsupported AWS 'algorithm': 'Basic'")]
    [InlineData("AWS4-HMAC-SHA256 nonsense", "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter.")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0", "Credential must have exactly 5 slash-delimited elements")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20261121/eu-central-1/sts/aws4_request, SignedHeaders=host, Signature=0", "requires existence of either a 'X-Amz-Date' or a 'Date' header")]
    public void Half_a_signature_is_none(string header, string message) => Refused(WhoAmI.With("Authorization", header), "IncompleteSignature", message);

    [Fact]
    public void A_presigned_request_is_told_that_it_must_sign_otherwise() =>
        Refused(Requests.Of("GET", "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0", ""), "IncompleteSignature", "presigned");

    [Fact]
    public void A_role_needs_its_token()
    {
        var role = cloud.Access.Issue(new("arn:aws:sts::111122223333:assumed-role/role/session", "111122223333", "role", [], ConditionKeys.None), temporary: true);

        Assert.Equal(200, Send(WhoAmI.With("X-Amz-Security-Token", role.SessionToken!).Signed(role.AccessKeyId, role.SecretAccessKey, "sts", Now)).Status);
        Refused(WhoAmI.Signed(role.AccessKeyId, role.SecretAccessKey, "sts", Now), "InvalidClientTokenId", "security token");
    }

    [Theory]
    [InlineData("dynamodb", "application/x-amz-json-1.0", "\"__type\":\"UnknownService\"")]
    [InlineData("iam", Requests.Form, "<Code>UnknownService</Code>")]
    [InlineData("s3", "", "<Code>UnknownService</Code>")]
    [InlineData("apigateway", "", "\"Message\":\"There is no service")]
    public void An_unknown_service_is_answered_so_that_its_client_can_read_it(string service, string type, string part)
    {
        var answer = Send(Sign(Requests.Of("POST", "/thing", "Action=Any&Version=x", ("Content-Type", type)), service));

        Assert.Equal(404, answer.Status);
        Assert.Contains(part, answer.Text(), StringComparison.Ordinal);
        Assert.Contains("There are: ec2, elasticloadbalancing", answer.Text(), StringComparison.Ordinal);
    }

    private static WireRequest Of(string service) => service switch
    {
        "sts" => WhoAmI,
        "ec2" => Vpcs,
        "states" => Machines,
        _ => Functions,
    };

    private void Refused(WireRequest request, string code, string message)
    {
        var refusal = Send(request);

        Assert.Equal(code, Code(refusal));
        Assert.Contains(message, Message(refusal), StringComparison.Ordinal);
    }

    private WireRequest Sign(WireRequest request, string service, DateTimeOffset? at = null) =>
        request.Signed(cloud.Operator.AccessKeyId, cloud.Operator.SecretAccessKey, service, at ?? Now);

    private WireResponse Send(WireRequest request) => cloud.Time.Run(() => cloud.Gateway.HandleSignedAsync(request, Now, CancellationToken.None));

    private static string Code(WireResponse response) =>
        response.Headers.TryGetValue("x-amzn-ErrorType", out var type) ? type
        : response.ContentType.Contains("json", StringComparison.Ordinal) ? JsonDocument.Parse(response.Body).RootElement.GetProperty("__type").GetString()!
        : Element(response, "Code");

    private static string Message(WireResponse response)
    {
        if (!response.ContentType.Contains("json", StringComparison.Ordinal))
            return Element(response, "Message");
        var root = JsonDocument.Parse(response.Body).RootElement;
        return (root.TryGetProperty("message", out var message) ? message : root.GetProperty("Message")).GetString()!;
    }

    private static string Element(WireResponse response, string name) => XElement.Parse(response.Text()).Descendants().First(element => element.Name.LocalName == name).Value;
}
