using System.Net;
using System.Text.Json;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class ErrorWireTests
{
    public static TheoryData<string> Packages => new(AwsSurface.Packages);

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Each_recorded_error_of_each_operation_arrives_as_its_own_class(string package)
    {
        var record = AwsSurface.Record(package).GetProperty("shapes");
        foreach (var (operation, json) in Clients.Operations(package))
        {
            var request = new Samples(package).Filled(Clients.Model(package, AwsSurface.Text(json, "request")));
            foreach (var error in AwsSurface.Texts(json, "errors"))
            {
                using var client = new Transport(Refusal(package, AwsSurface.Text(record.GetProperty(error), "errorCode"))).Named(package);

                var thrown = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => client.Call(operation, request));

                Assert.Equal((operation, error), (operation, thrown.GetType().Name));
                Assert.Equal(AwsSurface.Text(record.GetProperty(error), "errorCode"), thrown.ErrorCode);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task A_code_that_the_operation_does_not_list_is_the_base_exception_of_the_service(string package)
    {
        var (operation, json) = Clients.Operations(package).First();
        using var client = new Transport(Refusal(package, "UnauthorizedOperation")).Named(package);

        var thrown = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => client.Call(operation, new Samples(package).Filled(Clients.Model(package, AwsSurface.Text(json, "request")))));

        Assert.Equal(AwsSurface.Text(AwsSurface.Record(package), "exception"), thrown.GetType().Name);
        Assert.Equal(("UnauthorizedOperation", "why", HttpStatusCode.Forbidden), (thrown.ErrorCode, thrown.Message, thrown.StatusCode));
    }

    [Fact]
    public async Task An_ec2_error_tells_code_message_and_request()
    {
        using var client = new Transport(Answer.Of(400,
            "<Response><Errors><Error><Code>InvalidSubnetID.NotFound</Code><Message>no such subnet</Message></Error></Errors><RequestID>request-6</RequestID></Response>")).Ec2();

        var thrown = await Assert.ThrowsAsync<AmazonEC2Exception>(() => client.DescribeSubnetsAsync(new DescribeSubnetsRequest()));

        Assert.Equal(("InvalidSubnetID.NotFound", "no such subnet", "request-6", ErrorType.Unknown), (thrown.ErrorCode, thrown.Message, thrown.RequestId, thrown.ErrorType));
    }

    [Fact]
    public async Task A_query_error_also_tells_whose_fault_it_is()
    {
        using var client = new Transport(Answer.Of(400,
            "<ErrorResponse><Error><Type>Sender</Type><Code>TargetGroupNotFound</Code><Message>gone</Message></Error><RequestId>request-7</RequestId></ErrorResponse>")).Elb();

        var thrown = await Assert.ThrowsAsync<TargetGroupNotFoundException>(() => client.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest()));

        Assert.Equal(("TargetGroupNotFound", "gone", "request-7", ErrorType.Sender), (thrown.ErrorCode, thrown.Message, thrown.RequestId, thrown.ErrorType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Bad Gateway</body></html>")]
    public async Task A_body_that_is_no_error_leaves_only_the_status(string body)
    {
        using var client = new Transport(Answer.Of(502, body)).Elb();

        var thrown = await Assert.ThrowsAsync<AmazonElasticLoadBalancingV2Exception>(() => client.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest()));

        Assert.True(string.IsNullOrEmpty(thrown.ErrorCode), thrown.ErrorCode);
        Assert.Equal(HttpStatusCode.BadGateway, thrown.StatusCode);
    }

    [Theory]
    [InlineData("ExecutionAlreadyExists")]
    [InlineData("com.amazonaws.swf.service.v2.model#ExecutionAlreadyExists")]
    public async Task The_namespace_of_a_json_error_is_cut_off(string type)
    {
        using var client = new Transport(Answer.Of(400, JsonSerializer.Serialize(new { __type = type, message = "twice" }))).States();

        var thrown = await Assert.ThrowsAsync<ExecutionAlreadyExistsException>(() => client.StartExecutionAsync(new StartExecutionRequest()));

        Assert.Equal(("ExecutionAlreadyExists", "twice"), (thrown.ErrorCode, thrown.Message));
    }

    [Fact]
    public async Task A_json_error_may_carry_members_of_its_own()
    {
        using var client = new Transport(Answer.Of(400, """{"__type":"ValidationException","message":"no","reason":"API_DOES_NOT_SUPPORT_LABELED_ARNS"}""")).States();

        var thrown = await Assert.ThrowsAsync<Amazon.StepFunctions.Model.ValidationException>(() => client.StartExecutionAsync(new StartExecutionRequest()));

        Assert.Same(ValidationExceptionReason.API_DOES_NOT_SUPPORT_LABELED_ARNS, thrown.Reason);
    }

    [Fact]
    public async Task A_rest_error_is_named_by_its_header()
    {
        using var client = new Transport(Answer.Of(404, """{"Type":"User","Message":"no such function"}""",
            ("x-amzn-ErrorType", "ResourceNotFoundException:http://internal.amazon.com/coral/"), ("x-amzn-RequestId", "request-8"))).Lambda();

        var thrown = await Assert.ThrowsAsync<Amazon.Lambda.Model.ResourceNotFoundException>(() => client.InvokeAsync(new() { FunctionName = "none" }));

        Assert.Equal(("no such function", "User", "request-8"), (thrown.Message, thrown.Type, thrown.RequestId));
    }

    [Fact]
    public async Task A_rest_error_without_header_and_body_leaves_only_the_status()
    {
        using var client = new Transport(Answer.Of(500, "")).Lambda();

        var thrown = await Assert.ThrowsAsync<AmazonLambdaException>(() => client.InvokeAsync(new() { FunctionName = "none" }));

        Assert.True(string.IsNullOrEmpty(thrown.ErrorCode), thrown.ErrorCode);
        Assert.Equal(HttpStatusCode.InternalServerError, thrown.StatusCode);
    }

    private static Answer Refusal(string package, string code) => package switch
    {
        "AWSSDK.EC2" => Answer.Of(403, $"<Response><Errors><Error><Code>{code}</Code><Message>why</Message></Error></Errors><RequestID>r</RequestID></Response>"),
        "AWSSDK.StepFunctions" or "AWSSDK.ResourceGroupsTaggingAPI" or "AWSSDK.SimpleSystemsManagement" => Answer.Of(403, JsonSerializer.Serialize(new { __type = code, message = "why" })),
        "AWSSDK.Lambda" => Answer.Of(403, """{"Message":"why"}""", ("x-amzn-ErrorType", code)),
        _ => Answer.Of(403, $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>why</Message></Error><RequestId>r</RequestId></ErrorResponse>"),
    };
}
