using Amazon.EC2;
using Amazon.EC2.Model;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class Ec2WireTests
{
    [Fact]
    public async Task A_request_is_a_form_with_flat_lists()
    {
        var transport = new Transport(Answer.Ok("<CreateVpcEndpointServiceConfigurationResponse/>"));
        using var client = transport.Ec2();

        await client.CreateVpcEndpointServiceConfigurationAsync(new CreateVpcEndpointServiceConfigurationRequest
        {
            AcceptanceRequired = true,
            NetworkLoadBalancerArns = ["arn:one"],
            SupportedRegions = ["eu-west-1", "eu-west-2"],
            ClientToken = "token with spaces & more",
            TagSpecifications = [new TagSpecification { ResourceType = ResourceType.VpcEndpointService, Tags = [new Tag("Name", "orders")] }],
        });

        Assert.Equal("https://ec2.eu-central-1.amazonaws.com/", transport.Only.Uri.ToString());
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", transport.Only.Headers["content-type"]);
        Assert.Equal(
            "AcceptanceRequired=true&Action=CreateVpcEndpointServiceConfiguration&ClientToken=token%20with%20spaces%20%26%20more&NetworkLoadBalancerArn.1=arn%3Aone"
            + "&SupportedRegion.1=eu-west-1&SupportedRegion.2=eu-west-2&TagSpecification.1.ResourceType=vpc-endpoint-service"
            + "&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=orders&Version=2016-11-15",
            transport.Only.Text);
    }

    [Fact]
    public async Task What_is_not_set_is_not_sent_and_no_client_token_is_made_up()
    {
        var transport = new Transport(Answer.Ok("<CreateVpcEndpointServiceConfigurationResponse/>"));
        using var client = transport.Ec2();

        await client.CreateVpcEndpointServiceConfigurationAsync(new CreateVpcEndpointServiceConfigurationRequest());

        Assert.Equal("Action=CreateVpcEndpointServiceConfiguration&Version=2016-11-15", transport.Only.Text);
    }

    [Fact]
    public async Task An_empty_list_that_was_set_is_sent_as_a_name_without_a_value()
    {
        var transport = new Transport(Answer.Ok("<DescribeSubnetsResponse/>"));
        using var client = transport.Ec2();

        await client.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = [] });

        Assert.Equal("Action=DescribeSubnets&SubnetId=&Version=2016-11-15", transport.Only.Text);
    }

    [Fact]
    public async Task Ipv4_ranges_go_out_under_one_name_and_come_back_under_another()
    {
        var transport = new Transport(Answer.Ok(
            """
            <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
              <requestId>request-1</requestId>
              <securityGroupInfo><item><groupId>sg-1</groupId><ipPermissions><item>
                <ipProtocol>tcp</ipProtocol><fromPort>5432</fromPort><ipRanges><item><cidrIp>10.0.0.0/16</cidrIp></item></ipRanges>
              </item></ipPermissions></item></securityGroupInfo>
            </DescribeSecurityGroupsResponse>
            """));
        using var client = transport.Ec2();
        var permission = (await client.DescribeSecurityGroupsAsync()).SecurityGroups.Single().IpPermissions.Single();

        await client.AuthorizeSecurityGroupIngressAsync(new AuthorizeSecurityGroupIngressRequest { GroupId = "sg-2", IpPermissions = [permission] });

        Assert.Equal((5432, "10.0.0.0/16"), (permission.FromPort, permission.Ipv4Ranges.Single().CidrIp));
        Assert.Equal("10.0.0.0/16", transport.Sent[1].Form["IpPermissions.1.IpRanges.1.CidrIp"]);
    }

    [Fact]
    public async Task An_answer_carries_the_request_id_and_leaves_absent_and_empty_sets_null()
    {
        var transport = new Transport(Answer.Ok(
            """
            <DescribeVpcEndpointConnectionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
              <requestId>request-2</requestId>
              <vpcEndpointConnectionSet><item>
                <vpcEndpointId>vpce-1</vpcEndpointId><vpcEndpointState>pendingAcceptance</vpcEndpointState>
                <creationTimestamp>2026-03-04T05:06:07.000Z</creationTimestamp><dnsEntrySet/>
              </item></vpcEndpointConnectionSet>
            </DescribeVpcEndpointConnectionsResponse>
            """));
        using var client = transport.Ec2();

        var answer = await client.DescribeVpcEndpointConnectionsAsync(new DescribeVpcEndpointConnectionsRequest());

        var connection = answer.VpcEndpointConnections.Single();
        Assert.Equal("request-2", answer.ResponseMetadata.RequestId);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.HttpStatusCode);
        Assert.Equal(new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc), connection.CreationTimestamp?.ToUniversalTime());
        Assert.Null(connection.DnsEntries);
        Assert.Null(connection.Tags);
        Assert.Null(answer.NextToken);
    }

    [Fact]
    public async Task A_constant_in_an_answer_is_the_declared_object_whatever_its_casing_and_unknown_text_survives()
    {
        var transport = new Transport(
            Answer.Ok("<R><vpcEndpointConnectionSet><item><vpcEndpointState>pendingAcceptance</vpcEndpointState></item></vpcEndpointConnectionSet></R>"),
            Answer.Ok("<R><vpcEndpointConnectionSet><item><vpcEndpointState>dreaming</vpcEndpointState></item></vpcEndpointConnectionSet></R>"));
        using var client = transport.Ec2();

        var known = (await client.DescribeVpcEndpointConnectionsAsync(new DescribeVpcEndpointConnectionsRequest())).VpcEndpointConnections.Single();
        var unknown = (await client.DescribeVpcEndpointConnectionsAsync(new DescribeVpcEndpointConnectionsRequest())).VpcEndpointConnections.Single();

        Assert.Same(State.PendingAcceptance, known.VpcEndpointState);
        Assert.Equal("PendingAcceptance", known.VpcEndpointState.Value);
        Assert.Equal("dreaming", unknown.VpcEndpointState.Value);
    }

    [Fact]
    public async Task An_item_of_a_200_answer_may_be_unsuccessful()
    {
        var transport = new Transport(Answer.Ok(
            "<R><unsuccessful><item><resourceId>vpce-1</resourceId><error><code>InvalidVpcEndpointId.NotFound</code><message>gone</message></error></item></unsuccessful></R>"));
        using var client = transport.Ec2();

        var answer = await client.AcceptVpcEndpointConnectionsAsync(new AcceptVpcEndpointConnectionsRequest { ServiceId = "vpce-svc-1", VpcEndpointIds = ["vpce-1"] });

        Assert.Equal(("vpce-1", "InvalidVpcEndpointId.NotFound"), (answer.Unsuccessful.Single().ResourceId, answer.Unsuccessful.Single().Error.Code));
    }
}
