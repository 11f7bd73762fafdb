using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.RDS.Model;
using Amazon.SimpleNotificationService.Model;
using Xunit;

namespace ServerlessPrivateLink.Tests.Offline;

public sealed class QueryWireTests
{
    [Fact]
    public async Task A_list_goes_out_as_numbered_members()
    {
        var transport = new Transport(Answer.Ok("<CreateLoadBalancerResponse><CreateLoadBalancerResult/></CreateLoadBalancerResponse>"));
        using var client = transport.Elb();

        await client.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
        {
            Name = "orders",
            Scheme = LoadBalancerSchemeEnum.Internal,
            Type = LoadBalancerTypeEnum.Network,
            SubnetMappings = [new SubnetMapping { SubnetId = "subnet-1", PrivateIPv4Address = "10.0.0.7" }, new SubnetMapping { SubnetId = "subnet-2" }],
        });

        Assert.Equal("https://elasticloadbalancing.eu-central-1.amazonaws.com/", transport.Only.Uri.ToString());
        Assert.Equal(
            "Action=CreateLoadBalancer&Name=orders&Scheme=internal&SubnetMappings.member.1.PrivateIPv4Address=10.0.0.7&SubnetMappings.member.1.SubnetId=subnet-1"
            + "&SubnetMappings.member.2.SubnetId=subnet-2&Type=network&Version=2015-12-01",
            transport.Only.Text);
    }

    [Fact]
    public async Task An_empty_list_that_was_set_is_sent_as_a_name_without_a_value()
    {
        var transport = new Transport(Answer.Ok("<R><DescribeTargetGroupsResult/></R>"));
        using var client = transport.Elb();

        await client.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { Names = [] });

        Assert.Equal("Action=DescribeTargetGroups&Names=&Version=2015-12-01", transport.Only.Text);
    }

    [Fact]
    public async Task A_model_may_name_its_list_items()
    {
        var transport = new Transport(Answer.Ok(
            """
            <DescribeDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
              <DescribeDBInstancesResult>
                <Marker>next</Marker>
                <DBInstances><DBInstance>
                  <DBInstanceIdentifier>orders</DBInstanceIdentifier><DbiResourceId>db-1</DbiResourceId><MultiAZ>true</MultiAZ>
                  <Endpoint><Address>orders.example</Address><Port>5432</Port></Endpoint>
                  <DBSubnetGroup><Subnets><Subnet><SubnetIdentifier>subnet-1</SubnetIdentifier></Subnet><Subnet><SubnetIdentifier>subnet-2</SubnetIdentifier></Subnet></Subnets></DBSubnetGroup>
                </DBInstance></DBInstances>
              </DescribeDBInstancesResult>
              <ResponseMetadata><RequestId>request-3</RequestId></ResponseMetadata>
            </DescribeDBInstancesResponse>
            """));
        using var client = transport.Rds();

        var answer = await client.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = [new Filter { Name = "engine", Values = ["postgres", "mysql"] }] });

        var instance = answer.DBInstances.Single();
        Assert.Equal("mysql", transport.Only.Form["Filters.Filter.1.Values.Value.2"]);
        Assert.Equal(("next", "request-3"), (answer.Marker, answer.ResponseMetadata.RequestId));
        Assert.Equal(("orders", "db-1", true, 5432), (instance.DBInstanceIdentifier, instance.DbiResourceId, instance.MultiAZ, instance.Endpoint.Port));
        Assert.Equal(["subnet-1", "subnet-2"], instance.DBSubnetGroup.Subnets.Select(subnet => subnet.SubnetIdentifier));
        Assert.Null(instance.VpcSecurityGroups);
    }

    [Fact]
    public async Task A_map_goes_out_as_numbered_entries_and_a_blob_as_base64()
    {
        var transport = new Transport(Answer.Ok("<PublishResponse><PublishResult><MessageId>message-1</MessageId></PublishResult></PublishResponse>"));
        using var client = transport.Sns();

        var answer = await client.PublishAsync(new PublishRequest("arn:topic", "hello", "a subject")
        {
            MessageAttributes = new()
            {
                ["event"] = new MessageAttributeValue { DataType = "String", StringValue = "ServiceReady" },
                ["bytes"] = new MessageAttributeValue { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) },
            },
        });

        Assert.Equal("message-1", answer.MessageId);
        Assert.Equal(("event", "ServiceReady"), (transport.Only.Form["MessageAttributes.entry.1.Name"], transport.Only.Form["MessageAttributes.entry.1.Value.StringValue"]));
        Assert.Equal(("Binary", "AQID"), (transport.Only.Form["MessageAttributes.entry.2.Value.DataType"], transport.Only.Form["MessageAttributes.entry.2.Value.BinaryValue"]));
    }

    [Fact]
    public async Task An_overload_sets_the_members_that_it_names()
    {
        var transport = new Transport(Answer.Ok("<PublishResponse><PublishResult/></PublishResponse>"));
        using var client = transport.Sns();

        await client.PublishAsync("arn:topic", "hello", "a subject");

        Assert.Equal("Action=Publish&Message=hello&Subject=a%20subject&TopicArn=arn%3Atopic&Version=2010-03-31", transport.Only.Text);
    }
}
