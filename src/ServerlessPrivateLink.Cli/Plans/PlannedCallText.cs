using System.Globalization;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using TargetDescription = Amazon.ElasticLoadBalancingV2.Model.TargetDescription;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>Says in words what a call would do.</summary>
internal static class PlannedCallText
{
    private const string Suffix = "Request";

    public static PlannedCall Of(AmazonWebServiceRequest request)
    {
        var name = request.GetType().Name[..^Suffix.Length];
        var (kind, what) = Say(request, name);
        return new($"{Prefix(request)}:{name}", kind, what);
    }

    private static string Prefix(AmazonWebServiceRequest request) => request switch
    {
        AmazonElasticLoadBalancingV2Request => "elasticloadbalancing",
        AmazonSimpleNotificationServiceRequest => "sns",
        _ => "ec2",
    };

    private static (ChangeKind Kind, string What) Say(AmazonWebServiceRequest request, string name) => request switch
    {
        PublishRequest one => (ChangeKind.Tell, $"alert: {one.Subject}"),
        AmazonElasticLoadBalancingV2Request one => SayOfLoadBalancing(one, name),
        _ => SayOfEc2(request, name),
    };

    private static (ChangeKind Kind, string What) SayOfLoadBalancing(AmazonElasticLoadBalancingV2Request request, string name) => request switch
    {
        CreateTargetGroupRequest one => (ChangeKind.Create, $"target group {one.Name}, TCP port {Number(one.Port)}"),
        ModifyTargetGroupRequest one => (ChangeKind.Change, $"health check of {Short(one.TargetGroupArn)}"),
        ModifyTargetGroupAttributesRequest one => (ChangeKind.Change, $"{Short(one.TargetGroupArn)}: {string.Join(", ", one.Attributes.Select(static attribute => $"{attribute.Key}={attribute.Value}"))}"),
        DeleteTargetGroupRequest one => (ChangeKind.Remove, $"target group {Short(one.TargetGroupArn)}"),
        RegisterTargetsRequest one => (ChangeKind.Create, $"{Listed(one.Targets)} in {Short(one.TargetGroupArn)}"),
        DeregisterTargetsRequest one => (ChangeKind.Remove, $"{Listed(one.Targets)} from {Short(one.TargetGroupArn)}"),
        CreateLoadBalancerRequest one => (ChangeKind.Create, $"{one.Scheme.Value} Network Load Balancer {one.Name} in {string.Join(", ", one.Subnets)}"),
        SetSecurityGroupsRequest one => (ChangeKind.Change, $"{Short(one.LoadBalancerArn)}: security groups {string.Join(", ", one.SecurityGroups.Select(Short))}, which PrivateLink traffic need not pass"),
        SetSubnetsRequest one => (ChangeKind.Change, $"{Short(one.LoadBalancerArn)}: subnets {string.Join(", ", one.Subnets)}"),
        ModifyLoadBalancerAttributesRequest one => (ChangeKind.Change, $"{Short(one.LoadBalancerArn)}: {string.Join(", ", one.Attributes.Select(static attribute => $"{attribute.Key}={attribute.Value}"))}"),
        DeleteLoadBalancerRequest one => (ChangeKind.Remove, $"load balancer {Short(one.LoadBalancerArn)}"),
        CreateListenerRequest one => (ChangeKind.Create, $"listener on TCP port {Number(one.Port)} for {string.Join(", ", one.DefaultActions.Select(static action => Short(action.TargetGroupArn)))}"),
        ModifyListenerRequest one => (ChangeKind.Change, $"listener {Short(one.ListenerArn)} for {string.Join(", ", (one.DefaultActions ?? []).Select(static action => Short(action.TargetGroupArn)))}"),
        DeleteListenerRequest one => (ChangeKind.Remove, $"listener {Short(one.ListenerArn)}"),
        AddTagsRequest one => (ChangeKind.Change, $"tags of {string.Join(", ", one.ResourceArns.Select(Short))}: {string.Join(", ", one.Tags.Select(static tag => $"{tag.Key}={tag.Value}"))}"),
        RemoveTagsRequest one => (ChangeKind.Remove, $"tags of {string.Join(", ", one.ResourceArns.Select(Short))}: {string.Join(", ", one.TagKeys)}"),
        _ => (ChangeKind.Change, name),
    };

    private static (ChangeKind Kind, string What) SayOfEc2(AmazonWebServiceRequest request, string name) => request switch
    {
        CreateSecurityGroupRequest one => (ChangeKind.Create, $"security group {one.GroupName} in {one.VpcId}"),
        DeleteSecurityGroupRequest one => (ChangeKind.Remove, $"security group {one.GroupId}"),
        AuthorizeSecurityGroupIngressRequest one => (ChangeKind.Create, $"rules of {Short(one.GroupId)}: {string.Join(", ", one.IpPermissions.Select(Say))}"),
        RevokeSecurityGroupIngressRequest one => (ChangeKind.Remove, $"rules of {Short(one.GroupId)}: {string.Join(", ", one.SecurityGroupRuleIds ?? [])}"),
        CreateVpcEndpointServiceConfigurationRequest one => (ChangeKind.Create, $"endpoint service over {string.Join(", ", one.NetworkLoadBalancerArns.Select(Short))}"),
        ModifyVpcEndpointServiceConfigurationRequest one => (ChangeKind.Change, $"endpoint service {Short(one.ServiceId)}{Say(one)}"),
        DeleteVpcEndpointServiceConfigurationsRequest one => (ChangeKind.Remove, $"endpoint service {string.Join(", ", one.ServiceIds)}"),
        CreateVpcEndpointConnectionNotificationRequest one => (ChangeKind.Create, $"connection events of {Short(one.ServiceId)}, published to {one.ConnectionNotificationArn}"),
        DeleteVpcEndpointConnectionNotificationsRequest one => (ChangeKind.Remove, $"connection events: {string.Join(", ", one.ConnectionNotificationIds)}"),
        ModifyVpcEndpointServicePermissionsRequest { RemoveAllowedPrincipals: { Count: > 0 } gone } => (ChangeKind.Remove, $"allowed principals {string.Join(", ", gone)}"),
        ModifyVpcEndpointServicePermissionsRequest one => (ChangeKind.Create, $"allowed principals {string.Join(", ", one.AddAllowedPrincipals ?? [])}"),
        RejectVpcEndpointConnectionsRequest one => (ChangeKind.Remove, $"connections of {string.Join(", ", one.VpcEndpointIds)}"),
        CreateTagsRequest one => (ChangeKind.Change, $"tags of {string.Join(", ", one.Resources.Select(Short))}: {string.Join(", ", one.Tags.Select(static tag => $"{tag.Key}={tag.Value}"))}"),
        DeleteTagsRequest one => (ChangeKind.Remove, $"tags of {string.Join(", ", one.Resources.Select(Short))}: {string.Join(", ", (one.Tags ?? []).Select(static tag => tag.Key))}"),
        _ => (ChangeKind.Change, name),
    };

    private static string Say(IpPermission permission) =>
        $"{permission.IpProtocol} {Number(permission.FromPort)} from {string.Join(", ", [.. (permission.UserIdGroupPairs ?? []).Select(static pair => Short(pair.GroupId)), .. (permission.Ipv4Ranges ?? []).Select(static range => range.CidrIp)])}";

    private static string Say(ModifyVpcEndpointServiceConfigurationRequest change)
    {
        string[] parts =
        [
            .. change.AcceptanceRequired is true ? (string[])["connections wait for an answer"] : [],
            .. (change.AddSupportedRegions ?? []).Select(static region => $"+{region}"),
            .. (change.RemoveSupportedRegions ?? []).Select(static region => $"-{region}"),
        ];
        return parts.Length == 0 ? ": takes up the load balancer's zones" : $": {string.Join(", ", parts)}";
    }

    private static string Listed(IEnumerable<TargetDescription> targets) => $"targets {string.Join(", ", targets.Select(static target => $"{target.Id}:{Number(target.Port)}"))}";

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    // Of an ARN what a person knows it by; of what is yet to be made its name.
    private static string Short(string id)
    {
        if (PlannedCalls.IsMade(id)) return id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!id.StartsWith("arn:", StringComparison.Ordinal)) return id;
        var resource = id.Split(':', 6)[^1];
        return resource.Split('/') is [_, var name, ..] && !resource.StartsWith("loadbalancer/", StringComparison.Ordinal) && !resource.StartsWith("listener/", StringComparison.Ordinal) ? name
            : resource.Split('/') is [_, "net", var balancer, ..] ? balancer
            : resource;
    }
}
