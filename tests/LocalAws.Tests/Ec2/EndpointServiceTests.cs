using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Templates;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using LocalAws.Wire;
using Xunit;

namespace LocalAws.Tests.Ec2;

public sealed class EndpointServiceTests
{
    private const string Consumer = "133737826969";
    private const string Principal = "arn:aws:iam::133737826969:root";
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:connections";

    private readonly ExampleAccount account = new();

    [Fact]
    public void A_service_needs_an_active_load_balancer()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;

        Assert.Equal("InvalidParameter", account.ErrorOf(() => Create(arn)));
        account.Pass(150);
        account.Run(() => Create(arn));
    }

    [Fact]
    public void A_load_balancer_serves_one_service_and_cannot_be_deleted_while_it_does()
    {
        var service = MakeService();
        var arn = service.NetworkLoadBalancerArns[0];

        Assert.Equal("InvalidParameter", account.ErrorOf(() => Create(arn)));
        Assert.Equal("ResourceInUse", account.ErrorOf(() => account.Elb.DeleteLoadBalancerAsync(new DeleteLoadBalancerRequest { LoadBalancerArn = arn })));
    }

    [Fact]
    public void Name_and_zones_come_from_region_id_and_load_balancer()
    {
        var service = MakeService();

        Assert.Equal($"com.amazonaws.vpce.eu-central-1.{service.ServiceId}", service.ServiceName);
        Assert.Equal(["eu-central-1a", "eu-central-1b", "eu-central-1c"], service.AvailabilityZones);
        Assert.True(service.AcceptanceRequired);
        Assert.Equal("Available", service.ServiceState.Value);
    }

    [Fact]
    public void A_client_token_gives_the_same_service_again_and_is_refused_for_another()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;
        account.Pass(150);

        var first = account.Run(() => Create(arn, token: "one"));
        var second = account.Run(() => Create(arn, token: "one"));

        Assert.Equal(first.ServiceConfiguration.ServiceId, second.ServiceConfiguration.ServiceId);
        Assert.Equal("IdempotentParameterMismatch", account.ErrorOf(() => Create(arn, token: "one", acceptanceRequired: false)));
    }

    [Fact]
    public void A_client_token_gives_even_a_deleted_service_again()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;
        account.Pass(150);
        var first = account.Run(() => Create(arn, token: "one")).ServiceConfiguration.ServiceId;
        account.Run(() => Delete(first));
        account.Pass(180);

        Assert.Equal(first, account.Run(() => Create(arn, token: "one")).ServiceConfiguration.ServiceId);
        Assert.NotEqual(first, account.Run(() => Create(arn, token: "two")).ServiceConfiguration.ServiceId);
    }

    [Fact]
    public void A_zone_that_the_load_balancer_gained_is_taken_up_by_a_change_some_minutes_later()
    {
        var balancer = account.Run(() => account.Elb.CreateLoadBalancerAsync(Links.LoadBalancerRequest("orders", null, ExampleAccount.DataSubnets[0]))).LoadBalancers[0];
        account.Pass(150);
        var service = account.Run(() => Create(balancer.LoadBalancerArn)).ServiceConfiguration.ServiceId;
        account.Run(() => account.Elb.SetSubnetsAsync(new SetSubnetsRequest { LoadBalancerArn = balancer.LoadBalancerArn, Subnets = [.. ExampleAccount.DataSubnets[..2]] }));

        account.Run(() => Refresh(service));
        Assert.Equal(["eu-central-1a"], Describe(service).AvailabilityZones);

        account.Pass(130);
        Assert.Equal(["eu-central-1a"], Describe(service).AvailabilityZones);
        account.Run(() => Refresh(service));
        Assert.Equal(["eu-central-1a", "eu-central-1b"], Describe(service).AvailabilityZones);
    }

    [Fact]
    public void A_new_principal_comes_with_an_id_that_can_be_tagged()
    {
        var service = MakeService().ServiceId;

        var added = Assert.Single(account.Run(() => Permit(service, Principal)).AddedPrincipals);
        account.Run(() => account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [added.ServicePermissionId], Tags = [new() { Key = "accept", Value = "auto" }] }));

        var permission = Assert.Single(Permissions(service));
        Assert.Equal((Principal, "Account"), (permission.Principal, permission.PrincipalType.Value));
        Assert.Equal("auto", Assert.Single(permission.Tags).Value);
    }

    [Theory]
    [InlineData("133737826969")]
    [InlineData("arn:aws:iam::133737826969:role/with/path")]
    [InlineData("arn:aws:s3:::bucket")]
    public void What_is_no_principal_is_refused(string principal)
    {
        var service = MakeService().ServiceId;

        Assert.Equal("InvalidPrincipal", account.ErrorOf(() => Permit(service, principal)));
    }

    [Fact]
    public void A_consumer_that_is_not_permitted_does_not_see_the_service()
    {
        var service = MakeService();

        Assert.Equal("InvalidServiceName", Assert.Throws<AwsErrorException>(() => account.Cloud.Ec2.Services.Connect(service.ServiceName, Consumer)).Code);
    }

    [Fact]
    public void A_connection_waits_to_be_accepted_and_then_becomes_available()
    {
        var (service, endpoint) = Connect();
        Assert.Equal("pendingAcceptance", StateOf(endpoint), ignoreCase: true);

        var answer = account.Run(() => account.Ec2.AcceptVpcEndpointConnectionsAsync(new AcceptVpcEndpointConnectionsRequest { ServiceId = service, VpcEndpointIds = [endpoint, "vpce-0123456789abcdef0"] }));

        Assert.Equal("InvalidVpcEndpointId.NotFound", Assert.Single(answer.Unsuccessful).Error.Code);
        Assert.Equal("pending", StateOf(endpoint), ignoreCase: true);
        account.Pass(60);
        Assert.Equal("available", StateOf(endpoint), ignoreCase: true);
    }

    [Fact]
    public void A_service_with_connections_stays_and_one_without_goes_slowly()
    {
        var (service, endpoint) = Connect();
        Assert.Equal("ExistingVpcEndpointConnections", Assert.Single(account.Run(() => Delete(service)).Unsuccessful).Error.Code);

        account.Run(() => account.Ec2.RejectVpcEndpointConnectionsAsync(new RejectVpcEndpointConnectionsRequest { ServiceId = service, VpcEndpointIds = [endpoint] }));
        Assert.Empty(account.Run(() => Delete(service)).Unsuccessful ?? []);

        Assert.Equal("Deleting", Describe(service).ServiceState.Value);
        account.Pass(120);
        Assert.Equal("InvalidVpcEndpointServiceId.NotFound", account.ErrorOf(() => account.Ec2.DescribeVpcEndpointServiceConfigurationsAsync(new DescribeVpcEndpointServiceConfigurationsRequest { ServiceIds = [service] })));
    }

    [Fact]
    public void Deleting_what_does_not_exist_is_an_item_of_a_successful_answer() =>
        Assert.Equal("InvalidVpcEndpointService.NotFound", Assert.Single(account.Run(() => Delete("vpce-svc-0123456789abcdef0")).Unsuccessful).Error.Code);

    [Fact]
    public void A_notification_needs_a_topic_that_admits_the_service()
    {
        var service = MakeService().ServiceId;
        Assert.Equal("InvalidConnectionNotification", account.ErrorOf(() => Notify(service)));

        account.Cloud.Sns.Add(new TopicSettings("Connections", "connections", Topic, null, null));
        Assert.Equal("InvalidConnectionNotification", account.ErrorOf(() => Notify(service)));

        AdmitVpce();
        account.Run(() => Notify(service));
        Assert.Equal(["Accept", "Connect"], Assert.Single(account.Run(() => account.Ec2.DescribeVpcEndpointConnectionNotificationsAsync(new DescribeVpcEndpointConnectionNotificationsRequest())).ConnectionNotificationSet).ConnectionEvents);
    }

    [Fact]
    public void A_request_for_a_connection_is_published()
    {
        var service = MakeService();
        account.Cloud.Sns.Add(new TopicSettings("Connections", "connections", Topic, null, null));
        AdmitVpce();
        account.Run(() => Notify(service.ServiceId));
        account.Run(() => Permit(service.ServiceId, Principal));

        var connection = account.Cloud.Ec2.Services.Connect(service.ServiceName, Consumer);

        Assert.Contains(connection.EndpointId, Assert.Single(account.Cloud.Sns.Published).Message, StringComparison.Ordinal);
    }

    private ServiceConfiguration MakeService()
    {
        var arn = account.MakeLoadBalancer().LoadBalancerArn;
        account.Pass(150);
        return account.Run(() => Create(arn)).ServiceConfiguration;
    }

    private (string Service, string Endpoint) Connect()
    {
        var service = MakeService();
        account.Run(() => Permit(service.ServiceId, Principal));
        return (service.ServiceId, account.Cloud.Ec2.Services.Connect(service.ServiceName, Consumer).EndpointId);
    }

    private void AdmitVpce() => account.Cloud.Access.Attach(Topic, new("connections", [new([new("Service", "vpce.amazonaws.com")], new("Vpce", false, ["sns:Publish"], [Topic], []))]));

    private Task<CreateVpcEndpointServiceConfigurationResponse> Create(string arn, string? token = null, bool acceptanceRequired = true) =>
        account.Ec2.CreateVpcEndpointServiceConfigurationAsync(new CreateVpcEndpointServiceConfigurationRequest { NetworkLoadBalancerArns = [arn], AcceptanceRequired = acceptanceRequired, ClientToken = token });

    private Task<ModifyVpcEndpointServiceConfigurationResponse> Refresh(string service) =>
        account.Ec2.ModifyVpcEndpointServiceConfigurationAsync(new ModifyVpcEndpointServiceConfigurationRequest { ServiceId = service });

    private Task<DeleteVpcEndpointServiceConfigurationsResponse> Delete(string service) =>
        account.Ec2.DeleteVpcEndpointServiceConfigurationsAsync(new DeleteVpcEndpointServiceConfigurationsRequest { ServiceIds = [service] });

    private ServiceConfiguration Describe(string service) =>
        account.Run(() => account.Ec2.DescribeVpcEndpointServiceConfigurationsAsync(new DescribeVpcEndpointServiceConfigurationsRequest { ServiceIds = [service] })).ServiceConfigurations[0];

    private Task<ModifyVpcEndpointServicePermissionsResponse> Permit(string service, string principal) =>
        account.Ec2.ModifyVpcEndpointServicePermissionsAsync(new ModifyVpcEndpointServicePermissionsRequest { ServiceId = service, AddAllowedPrincipals = [principal] });

    private List<AllowedPrincipal> Permissions(string service) =>
        account.Run(() => account.Ec2.DescribeVpcEndpointServicePermissionsAsync(new DescribeVpcEndpointServicePermissionsRequest { ServiceId = service })).AllowedPrincipals;

    private Task<CreateVpcEndpointConnectionNotificationResponse> Notify(string service) =>
        account.Ec2.CreateVpcEndpointConnectionNotificationAsync(new CreateVpcEndpointConnectionNotificationRequest { ServiceId = service, ConnectionNotificationArn = Topic, ConnectionEvents = ["Accept", "Connect"] });

    private string StateOf(string endpoint) => account.Run(() => account.Ec2.DescribeVpcEndpointConnectionsAsync(new DescribeVpcEndpointConnectionsRequest
    {
        Filters = [new() { Name = "vpc-endpoint-id", Values = [endpoint] }],
    })).VpcEndpointConnections[0].VpcEndpointState.Value;
}
