using System.Collections.Immutable;
using System.Globalization;
using LocalAws;
using LocalAws.Ec2;
using LocalAws.LoadBalancing;

namespace ServerlessPrivateLink.Benchmarks.Crash;

/// <summary>What there is of a link, in lines without ids, so that two worlds can be compared; what is there twice stands there twice.</summary>
internal static class EndState
{
    // What was announced is known by the service's id, which is another in every world.
    private static readonly ImmutableHashSet<string> Left = [ResourceTags.Announced, ResourceTags.Told, ResourceTags.Decided, ResourceTags.Telling];

    public static ImmutableArray<string> Of(Cloud cloud)
    {
        var now = cloud.Time.GetUtcNow();
        var services = cloud.Ec2.All<EndpointService>().Where(service => IsOurs(service.Tags) && service.StateAt(now) != "Deleted").ToList();
        IEnumerable<string> lines =
        [
            .. from balancer in cloud.LoadBalancing.All<LoadBalancer>()
               select $"load balancer {balancer.Name} in {Joined(balancer.Nodes.Select(static node => node.Subnet.Id))} with {Joined(balancer.GroupIds.Select(Group))}, enforcing {balancer.EnforcesOnPrivateLink}, {TextOf(balancer.Tags)}",
            .. from listener in cloud.LoadBalancing.All<Listener>()
               select string.Create(CultureInfo.InvariantCulture, $"listener {listener.Port} of {listener.LoadBalancer.Name} to {Joined(listener.TargetGroupArns.Select(NameOf))}, {TextOf(listener.Tags)}"),
            .. from targets in cloud.LoadBalancing.All<TargetGroup>()
               select $"target group {targets.Name} with {Joined(targets.TargetsAt(now).Where(static target => target.DrainsUntil is null).Select(static target => string.Create(CultureInfo.InvariantCulture, $"{target.Address}:{target.Port}")))}, {TextOf(targets.Tags)}",
            .. from service in services
               select $"service of {Joined(service.LoadBalancerArns.Select(NameOf))} in {service.StateAt(now)} to {Joined(service.ForeignRegions)} and {Joined(service.Zones.Keys)}, acceptance {service.AcceptanceRequired}, {TextOf(service.Tags)}",
            .. from permission in cloud.Ec2.All<ServicePermission>()
               where services.Contains(permission.Service)
               select $"permission of {permission.Principal}, {TextOf(permission.Tags)}",
            .. from notification in cloud.Ec2.All<ConnectionNotification>()
               where services.Contains(notification.Service)
               select $"notification to {notification.TopicArn} of {Joined(notification.Events)}",
            .. from connection in cloud.Ec2.All<EndpointConnection>()
               where services.Contains(connection.Service)
               select $"connection of {connection.OwnerId} is {connection.StateAt(now)}",
            .. from rule in cloud.Ec2.All<SecurityGroupRule>()
               where IsOurs(rule.Tags)
               select string.Create(CultureInfo.InvariantCulture, $"rule of {Group(rule.GroupId)}: {Group(rule.Spec.Peer)} to {rule.Spec.FromPort}, {TextOf(rule.Tags)}"),
            .. from one in cloud.Ec2.All<SecurityGroup>()
               where IsOurs(one.Tags)
               select $"security group {one.Name}, {TextOf(one.Tags)}",
        ];
        return [.. lines.Order(StringComparer.Ordinal)];

        string Group(string id) => cloud.Ec2.Find<SecurityGroup>(id)?.Name ?? id;
        string NameOf(string arn) => arn.Split('/')[^2];
    }

    private static bool IsOurs(Tags tags) => tags[ResourceTags.Stack] is not null;

    private static string TextOf(Tags tags) => Joined(tags.Values.Where(static tag => !Left.Contains(tag.Key)).Select(static tag => $"{tag.Key}={tag.Value}"));

    private static string Joined(IEnumerable<string> texts) => string.Join(' ', texts.Order(StringComparer.Ordinal));
}
