using Amazon.EC2.Model;
using LocalAws.Ec2;
using LocalAws.Templates;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Ec2;

/// <summary>What consumers do to a service, and what its owner sees of it.</summary>
public sealed class ConsumerTests
{
    private const string Consumer = "133737826969";
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:connections";

    private readonly ExampleAccount account = new();
    private readonly EndpointService service;

    public ConsumerTests()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;
        account.Pass(150);
        var made = account.Run(() => account.Ec2.CreateVpcEndpointServiceConfigurationAsync(new CreateVpcEndpointServiceConfigurationRequest { NetworkLoadBalancerArns = [arn], AcceptanceRequired = true }));
        account.Run(() => account.Ec2.ModifyVpcEndpointServicePermissionsAsync(new ModifyVpcEndpointServicePermissionsRequest { ServiceId = made.ServiceConfiguration.ServiceId, AddAllowedPrincipals = [$"arn:aws:iam::{Consumer}:root"] }));
        service = account.Cloud.Ec2.Find<EndpointService>(made.ServiceConfiguration.ServiceId)!;
    }

    private EndpointServices Services => account.Cloud.Ec2.Services;

    [Fact]
    public void A_zone_that_the_service_does_not_have_is_refused()
    {
        var error = Assert.Throws<AwsErrorException>(() => Services.Connect(service.Name, Consumer, zoneIds: [service.Zones.Values.First(), "euc1-az9"]));

        Assert.Equal("InvalidParameter", error.Code);
        Assert.StartsWith($"The VPC endpoint service {service.Name} does not support the availability zone of the subnet: subnet-", error.Message, StringComparison.Ordinal);
        Assert.Empty(Shown());
    }

    [Fact]
    public void An_endpoint_has_one_subnet_in_a_zone()
    {
        var zone = service.Zones.Values.First();

        Assert.Equal("DuplicateSubnetsInSameZone", Assert.Throws<AwsErrorException>(() => Services.Connect(service.Name, Consumer, zoneIds: [zone, zone])).Code);
        Services.Connect(service.Name, Consumer, zoneIds: [.. service.Zones.Values]);
    }

    [Theory]
    [InlineData("210987654321", null)]
    [InlineData(Consumer, "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0")]
    public void A_service_that_is_not_there_looks_like_one_that_is_not_for_the_consumer(string owner, string? name)
    {
        var error = Assert.Throws<AwsErrorException>(() => Services.Connect(name ?? service.Name, owner));

        Assert.Equal(("InvalidServiceName", $"The Vpc Endpoint Service '{name ?? service.Name}' does not exist"), (error.Code, error.Message));
    }

    [Fact]
    public void An_endpoint_that_is_deleted_and_made_again_is_another_one()
    {
        var first = Services.Connect(service.Name, Consumer);
        Services.Disconnect(first);
        var second = Services.Connect(service.Name, Consumer);

        Assert.NotEqual(first.EndpointId, second.EndpointId);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(["Deleting", "PendingAcceptance"], Shown());
        account.Pass(60);
        Assert.Equal(["Deleted", "PendingAcceptance"], Shown());
        account.Pass(60);
        Assert.Equal(["PendingAcceptance"], Shown());
    }

    [Fact]
    public void What_is_deleted_can_be_neither_accepted_nor_rejected()
    {
        var gone = Services.Connect(service.Name, Consumer);
        Services.Disconnect(gone);

        Assert.Equal("InvalidState", Refusal(Accept(gone.EndpointId)));
        Assert.Equal("InvalidState", Assert.Single(account.Run(() => account.Ec2.RejectVpcEndpointConnectionsAsync(new RejectVpcEndpointConnectionsRequest { ServiceId = service.Id, VpcEndpointIds = [gone.EndpointId] })).Unsuccessful).Error.Code);
        account.Pass(60);
        Assert.Equal("InvalidState", Refusal(Accept(gone.EndpointId)));
        account.Pass(60);
        Assert.Equal("InvalidVpcEndpointId.NotFound", Refusal(Accept(gone.EndpointId)));
    }

    [Fact]
    public void A_rejected_one_may_be_accepted_and_an_available_one_rejected()
    {
        var connection = Services.Connect(service.Name, Consumer);
        Accept(connection.EndpointId);
        account.Pass(60);
        Assert.Equal(["Available"], Shown());

        account.Run(() => account.Ec2.RejectVpcEndpointConnectionsAsync(new RejectVpcEndpointConnectionsRequest { ServiceId = service.Id, VpcEndpointIds = [connection.EndpointId] }));
        Assert.Equal(["Rejected"], Shown());
        Accept(connection.EndpointId);
        Assert.Equal(["Pending"], Shown());
    }

    [Fact]
    public void A_notification_may_get_lost()
    {
        account.Cloud.Sns.Add(new TopicSettings("Connections", "connections", Topic, null, null));
        account.Cloud.Access.Attach(Topic, new("connections", [new([new("Service", "vpce.amazonaws.com")], new("Vpce", false, ["sns:Publish"], [Topic], []))]));
        account.Run(() => account.Ec2.CreateVpcEndpointConnectionNotificationAsync(new CreateVpcEndpointConnectionNotificationRequest { ServiceId = service.Id, ConnectionNotificationArn = Topic, ConnectionEvents = ["Connect", "Delete"] }));

        Services.IsMute = true;
        var connection = Services.Connect(service.Name, Consumer);
        Services.IsMute = false;
        Services.Disconnect(connection);
        Services.Disconnect(connection);

        Assert.Contains("Delete", Assert.Single(account.Cloud.Sns.Published).Message, StringComparison.Ordinal);
    }

    private AcceptVpcEndpointConnectionsResponse Accept(string endpoint) =>
        account.Run(() => account.Ec2.AcceptVpcEndpointConnectionsAsync(new AcceptVpcEndpointConnectionsRequest { ServiceId = service.Id, VpcEndpointIds = [endpoint] }));

    private static string Refusal(AcceptVpcEndpointConnectionsResponse answer) => Assert.Single(answer.Unsuccessful).Error.Code;

    private IEnumerable<string> Shown() => account.Run(() => account.Ec2.DescribeVpcEndpointConnectionsAsync(new DescribeVpcEndpointConnectionsRequest())).VpcEndpointConnections?.OrderBy(one => one.CreationTimestamp).ThenBy(one => one.VpcEndpointState.Value, StringComparer.Ordinal).Select(one => one.VpcEndpointState.Value) ?? [];
}
