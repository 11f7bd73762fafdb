using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Cli.Reports;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>What was found of a link, as lists for people.</summary>
public static class Resources
{
    public static ImmutableArray<BuiltResource> Of(LinkFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            .. facts.TargetGroups.Select(group => new BuiltResource("AWS::ElasticLoadBalancingV2::TargetGroup", group.Arn, group.Name)),
            .. facts.SecurityGroup is { } own ? [new BuiltResource("AWS::EC2::SecurityGroup", own.GroupId, own.Name)] : ImmutableArray<BuiltResource>.Empty,
            .. facts.Rules.Select(rule => new BuiltResource("AWS::EC2::SecurityGroupIngress", rule.RuleId, string.Create(CultureInfo.InvariantCulture, $"{rule.Source} to port {rule.FromPort} of {rule.GroupId}"))),
            .. facts.LoadBalancer is { } balancer
                ? [
                    new BuiltResource("AWS::ElasticLoadBalancingV2::LoadBalancer", balancer.Arn, balancer.Name),
                    .. balancer.Listeners.Select(listener => new BuiltResource("AWS::ElasticLoadBalancingV2::Listener", listener.Arn, string.Create(CultureInfo.InvariantCulture, $"{listener.Protocol} {listener.Port}"))),
                ]
                : ImmutableArray<BuiltResource>.Empty,
            .. facts.Service is { } service
                ? [
                    new BuiltResource("AWS::EC2::VPCEndpointService", service.ServiceId, service.ServiceName),
                    .. service.Notifications.Select(notification => new BuiltResource("AWS::EC2::VPCEndpointConnectionNotification", notification.Id, string.Join(", ", notification.Events))),
                    .. service.Principals.Select(principal => new BuiltResource("AWS::EC2::VPCEndpointServicePermissions", principal.PermissionId, principal.Principal)),
                ]
                : ImmutableArray<BuiltResource>.Empty,
        ];
    }

    public static VendorSheet? VendorSheet(LinkFacts facts, string region, string accountId)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts is not { Service: { } service, LoadBalancer: { } balancer })
            return null;
        return new(
            service.ServiceName,
            region,
            accountId,
            [.. balancer.Listeners.OrderBy(listener => listener.Port).Select(listener => new VendorDatabase(facts.TargetGroups.FirstOrDefault(group => group.Arn == listener.TargetGroupArn)?.Database ?? "", listener.Port))],
            [.. balancer.Zones.Select(zone => new VendorZone(facts.Subnets.FirstOrDefault(subnet => subnet.SubnetId == zone.SubnetId)?.ZoneId ?? "", zone.Zone)).OrderBy(zone => zone.ZoneId, StringComparer.Ordinal)]);
    }
}
