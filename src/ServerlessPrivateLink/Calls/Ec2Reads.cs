using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace ServerlessPrivateLink.Calls;

/// <summary>Reads of EC2, to the last page.</summary>
internal static class Ec2Reads
{
    public static Filter Filter(string name, params IEnumerable<string> values) => new() { Name = name, Values = [.. values] };

    public static Task<ImmutableArray<SecurityGroup>> SecurityGroupsAsync(this IAmazonEC2 ec2, List<Filter> filters, CancellationToken token) =>
        Pages.ReadAsync(
            next => ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { Filters = filters, NextToken = next }, token),
            static answer => answer.SecurityGroups,
            static answer => answer.NextToken);

    public static Task<ImmutableArray<SecurityGroupRule>> SecurityGroupRulesAsync(this IAmazonEC2 ec2, List<Filter> filters, CancellationToken token) =>
        Pages.ReadAsync(
            next => ec2.DescribeSecurityGroupRulesAsync(new DescribeSecurityGroupRulesRequest { Filters = filters, NextToken = next }, token),
            static answer => answer.SecurityGroupRules,
            static answer => answer.NextToken);

    public static Task<ImmutableArray<NetworkInterface>> NetworkInterfacesAsync(this IAmazonEC2 ec2, List<Filter> filters, CancellationToken token) =>
        Pages.ReadAsync(
            next => ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { Filters = filters, NextToken = next }, token),
            static answer => answer.NetworkInterfaces,
            static answer => answer.NextToken);

    public static Task<ImmutableArray<ServiceConfiguration>> EndpointServicesAsync(this IAmazonEC2 ec2, CancellationToken token) =>
        Pages.ReadAsync(
            next => ec2.DescribeVpcEndpointServiceConfigurationsAsync(new DescribeVpcEndpointServiceConfigurationsRequest { NextToken = next }, token),
            static answer => answer.ServiceConfigurations,
            static answer => answer.NextToken);

    public static Task<ImmutableArray<AllowedPrincipal>> AllowedPrincipalsAsync(this IAmazonEC2 ec2, string serviceId, CancellationToken token) =>
        Pages.ReadAsync(
            next => ec2.DescribeVpcEndpointServicePermissionsAsync(new DescribeVpcEndpointServicePermissionsRequest { ServiceId = serviceId, NextToken = next }, token),
            static answer => answer.AllowedPrincipals,
            static answer => answer.NextToken);

    public static Task<ImmutableArray<VpcEndpointConnection>> ConnectionsAsync(this IAmazonEC2 ec2, List<Filter> filters, CancellationToken token) =>
        Pages.ReadAsync(
            next => ec2.DescribeVpcEndpointConnectionsAsync(new DescribeVpcEndpointConnectionsRequest { Filters = filters, NextToken = next }, token),
            static answer => answer.VpcEndpointConnections,
            static answer => answer.NextToken);

    public static Task<ImmutableArray<ConnectionNotification>> ConnectionNotificationsAsync(this IAmazonEC2 ec2, string serviceId, CancellationToken token) =>
        Pages.ReadAsync(
            next => ec2.DescribeVpcEndpointConnectionNotificationsAsync(
                new DescribeVpcEndpointConnectionNotificationsRequest { Filters = [Filter("service-id", serviceId)], NextToken = next },
                token),
            static answer => answer.ConnectionNotificationSet,
            static answer => answer.NextToken);
}
