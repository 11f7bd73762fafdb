using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using ServerlessPrivateLink.Provisioning;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>
/// Stands between the steps of a run and AWS. What reads goes through; what would change anything is written down and answered as AWS
/// would answer it; and what asks for something that the run would only make is answered from what was written down.
/// </summary>
/// <param name="subnets">The subnets that a load balancer may be put into.</param>
internal sealed class PlannedCalls(ImmutableArray<PlannedSubnet> subnets)
{
    private const string Made = "planned:";

    private readonly ImmutableArray<PlannedCall>.Builder calls = ImmutableArray.CreateBuilder<PlannedCall>();
    private ServiceConfiguration? service;

    /// <summary>So far, in their order.</summary>
    public ImmutableArray<PlannedCall> All => calls.ToImmutable();

    public static bool IsMade(string? id) => id?.StartsWith(Made, StringComparison.Ordinal) is true;

    /// <summary>The answer to a call; null: AWS is to answer it.</summary>
    public T? Answer<T>(AmazonWebServiceRequest request)
        where T : AmazonWebServiceResponse, new()
    {
        var name = request.GetType().Name;
        if (name.StartsWith("Describe", StringComparison.Ordinal)) return AsksForMade(request) ? Known(request) as T ?? new T() : null;
        calls.Add(PlannedCallText.Of(request));
        return Make(request) as T ?? new T();
    }

    private static bool AsksForMade(AmazonWebServiceRequest request) => request switch
    {
        DescribeTargetHealthRequest one => IsMade(one.TargetGroupArn),
        DescribeTargetGroupAttributesRequest one => IsMade(one.TargetGroupArn),
        DescribeListenersRequest one => IsMade(one.LoadBalancerArn),
        DescribeLoadBalancerAttributesRequest one => IsMade(one.LoadBalancerArn),
        DescribeVpcEndpointServicePermissionsRequest one => IsMade(one.ServiceId),
        DescribeVpcEndpointServiceConfigurationsRequest { ServiceIds: [var id, ..] } => IsMade(id),
        _ => false,
    };

    private DescribeVpcEndpointServiceConfigurationsResponse? Known(AmazonWebServiceRequest request) =>
        request is DescribeVpcEndpointServiceConfigurationsRequest && service is not null ? new() { ServiceConfigurations = [service] } : null;

    private AmazonWebServiceResponse? Make(AmazonWebServiceRequest request) => request switch
    {
        CreateTargetGroupRequest one => new CreateTargetGroupResponse { TargetGroups = [new() { TargetGroupArn = Made + one.Name, TargetGroupName = one.Name }] },
        CreateLoadBalancerRequest one => new CreateLoadBalancerResponse { LoadBalancers = [Make(one)] },
        CreateSecurityGroupRequest one => new CreateSecurityGroupResponse { GroupId = Made + one.GroupName },
        CreateVpcEndpointServiceConfigurationRequest one => new CreateVpcEndpointServiceConfigurationResponse { ServiceConfiguration = service = Make(one) },
        CreateVpcEndpointConnectionNotificationRequest => new CreateVpcEndpointConnectionNotificationResponse { ConnectionNotification = new() { ConnectionNotificationId = $"{Made}notification" } },
        ModifyVpcEndpointServicePermissionsRequest { AddAllowedPrincipals: { } added } => new ModifyVpcEndpointServicePermissionsResponse
        {
            AddedPrincipals = [.. added.Select(static principal => new AddedPrincipal { Principal = principal, ServicePermissionId = Made + principal })],
        },
        _ => null,
    };

    private LoadBalancer Make(CreateLoadBalancerRequest asked) => new()
    {
        LoadBalancerArn = Made + asked.Name,
        LoadBalancerName = asked.Name,
        SecurityGroups = asked.SecurityGroups,
        AvailabilityZones = [.. asked.Subnets.Select(id => new Amazon.ElasticLoadBalancingV2.Model.AvailabilityZone { SubnetId = id, ZoneName = ZoneOf(id) })],
    };

    private ServiceConfiguration Make(CreateVpcEndpointServiceConfigurationRequest asked) => new()
    {
        ServiceId = $"{Made}endpoint service",
        ServiceName = "known when it is made",
        ServiceState = ServiceState.Available,
        AcceptanceRequired = asked.AcceptanceRequired,
        NetworkLoadBalancerArns = asked.NetworkLoadBalancerArns,
        AvailabilityZones = [.. subnets.Select(static subnet => subnet.Zone).Distinct(StringComparer.Ordinal)],
        SupportedRegions = [.. (asked.SupportedRegions ?? []).Select(static region => new SupportedRegionDetail { Region = region })],
        Tags = asked.TagSpecifications is [var first, ..] ? first.Tags : [],
    };

    private string ZoneOf(string subnetId) => subnets.First(subnet => subnet.SubnetId == subnetId).Zone;
}
