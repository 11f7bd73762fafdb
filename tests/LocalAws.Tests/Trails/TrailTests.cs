using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using LocalAws.Faults;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Trails;

public sealed class TrailTests
{
    private readonly ExampleAccount account = new();

    private IEnumerable<JsonNode> Details => account.Cloud.Events.Events.Where(happened => (string)happened["detail-type"]! == "AWS API Call via CloudTrail").Select(happened => happened["detail"]!);

    [Fact]
    public void A_new_account_has_none()
    {
        Tag();
        account.Pass(100);

        Assert.Empty(Details);
    }

    [Fact]
    public void A_call_that_changes_something_is_an_event_within_a_minute_and_one_that_reads_is_none()
    {
        account.Cloud.Trail.IsOn = true;
        account.Run(() => account.Ec2.DescribeVpcsAsync(new DescribeVpcsRequest()));
        Tag();
        Assert.Empty(Details);
        account.Pass(60);

        var happened = Assert.Single(account.Cloud.Events.Events);
        Assert.Equal(("aws.ec2", "AWS API Call via CloudTrail"), ((string)happened["source"]!, (string)happened["detail-type"]!));
        var detail = happened["detail"]!;
        Assert.Equal(("ec2.amazonaws.com", "CreateTags", "AwsApiCall", "eu-central-1"), ((string)detail["eventSource"]!, (string)detail["eventName"]!, (string)detail["eventType"]!, (string)detail["awsRegion"]!));
        Assert.Equal((string)happened["time"]!, (string)detail["eventTime"]!);
        Assert.Equal($$$"""{"resourcesSet":{"items":[{"resourceId":"{{{ExampleAccount.Vpc}}}"}]},"tagSet":{"items":[{"key":"a","value":"b"}]}}""", detail["requestParameters"]!.ToJsonString());
        Assert.True((bool)detail["responseElements"]!["_return"]!);
        Assert.Equal(("IAMUser", "operator"), ((string)detail["userIdentity"]!["type"]!, (string)detail["userIdentity"]!["userName"]!));
        Assert.Matches("^[0-9a-f]{8}-", (string)detail["eventID"]!);
    }

    [Fact]
    public void A_decision_about_connections_names_service_and_endpoints()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;
        account.Pass(150);
        var service = account.Run(() => account.Ec2.CreateVpcEndpointServiceConfigurationAsync(new CreateVpcEndpointServiceConfigurationRequest { NetworkLoadBalancerArns = [arn], AcceptanceRequired = true })).ServiceConfiguration.ServiceId;
        account.Cloud.Trail.IsOn = true;
        account.Run(() => account.Ec2.AcceptVpcEndpointConnectionsAsync(new AcceptVpcEndpointConnectionsRequest { ServiceId = service, VpcEndpointIds = ["vpce-1", "vpce-2"] }));
        account.Run(() => account.Ec2.RejectVpcEndpointConnectionsAsync(new RejectVpcEndpointConnectionsRequest { ServiceId = service, VpcEndpointIds = ["vpce-3"] }));
        account.Run(() => account.Ec2.ModifyVpcEndpointServicePermissionsAsync(new ModifyVpcEndpointServicePermissionsRequest { ServiceId = service, AddAllowedPrincipals = ["*"] }));
        account.Pass(60);

        Assert.Equal($$$"""{"AcceptVpcEndpointConnectionsRequest":{"ServiceId":"{{{service}}}","VpcEndpointId":[{"tag":1,"content":"vpce-1"},{"tag":2,"content":"vpce-2"}]}}""", Of("AcceptVpcEndpointConnections")["requestParameters"]!.ToJsonString());
        Assert.Equal("InvalidVpcEndpointId.NotFound", (string)Of("AcceptVpcEndpointConnections")["responseElements"]!["AcceptVpcEndpointConnectionsResponse"]!["unsuccessful"]!["item"]![1]!["error"]!["code"]!);
        Assert.Equal($$$"""{"ServiceId":"{{{service}}}","VpcEndpointId":{"tag":1,"content":"vpce-3"}}""", Of("RejectVpcEndpointConnections")["requestParameters"]!["RejectVpcEndpointConnectionsRequest"]!.ToJsonString());
        Assert.Equal("*", (string)Of("ModifyVpcEndpointServicePermissions")["requestParameters"]!["ModifyVpcEndpointServicePermissionsRequest"]!["AddAllowedPrincipals"]!["content"]!);

        JsonNode Of(string name) => Assert.Single(Details, detail => (string)detail["eventName"]! == name);
    }

    [Fact]
    public void A_role_is_named_with_its_session_and_a_refusal_with_its_code()
    {
        account.Cloud.Trail.IsOn = true;
        var key = account.Cloud.Access.Issue(Lambda.LambdaWorld.Role("step").Caller, temporary: true);
        var (ec2, _, _, _, _) = account.Clients(key);

        Assert.Throws<AmazonEC2Exception>(() => account.Run(() => ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [ExampleAccount.Vpc], Tags = [new("a", "b")] })));
        account.Pass(60);

        var detail = Assert.Single(Details);
        Assert.Equal("Client.UnauthorizedOperation", (string)detail["errorCode"]!);
        Assert.Null(detail["responseElements"]);
        Assert.Equal(("AssumedRole", "arn:aws:sts::111122223333:assumed-role/step/session", "arn:aws:iam::111122223333:role/step"), ((string)detail["userIdentity"]!["type"]!, (string)detail["userIdentity"]!["arn"]!, (string)detail["userIdentity"]!["sessionContext"]!["sessionIssuer"]!["arn"]!));
    }

    [Fact]
    public void A_call_whose_answer_got_lost_was_made_all_the_same()
    {
        account.Cloud.Trail.IsOn = true;
        account.Cloud.Faults.Plan(FaultKind.AnswerLost, call => call.Action is "ec2:CreateTags");

        Assert.ThrowsAny<Exception>(Tag);
        account.Pass(60);

        Assert.Equal("CreateTags", (string)Assert.Single(Details)["eventName"]!);
    }

    private void Tag() => account.Run(() => account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [ExampleAccount.Vpc], Tags = [new("a", "b")] }));
}
