using System.Collections.Immutable;
using System.Globalization;
using LocalAws.Ec2;
using LocalAws.LoadBalancing;

namespace LocalAws;

/// <summary>
/// What an account has, in lines that do not depend on the ids that were drawn: two accounts that were built alike have the same lines,
/// and something that was made twice has a line too many.
/// </summary>
public static class AccountShape
{
    /// <param name="cloud">The account.</param>
    /// <param name="drawnTags">Tags whose values hold ids: only that they are there is compared.</param>
    public static ImmutableArray<string> Of(Cloud cloud, params IEnumerable<string> drawnTags)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        var names = new Names(cloud, [.. drawnTags]);
        return
        [
            .. Groups(cloud, names).Concat(Rules(cloud, names)).Concat(Balancers(cloud, names)).Concat(TargetGroups(cloud, names))
                .Concat(Services(cloud, names)).Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Groups(Cloud cloud, Names names) =>
        cloud.Ec2.All<SecurityGroup>().Select(group => $"security group {group.Name} in {group.VpcId}{names.Of(group.Tags)}");

    private static IEnumerable<string> Rules(Cloud cloud, Names names) => cloud.Ec2.All<SecurityGroupRule>()
        .Select(rule => $"rule of {names.Of(rule.GroupId)} {(rule.Egress ? "out" : "in")}, peer {names.Of(rule.Spec.Peer)}, {(rule.Spec with { Peer = "" }).Text}{names.Of(rule.Tags)}");

    private static IEnumerable<string> Balancers(Cloud cloud, Names names) => cloud.LoadBalancing.All<LoadBalancer>()
        .Select(one => $"load balancer {one.Name}, {one.Settings.Scheme}, in {names.All(one.Nodes.Select(node => node.Subnet.Id))}, groups {names.All(one.GroupIds)}, "
            + $"enforces {one.EnforcesOnPrivateLink}{Text(one.Attributes)}{names.Of(one.Tags)}")
        .Concat(cloud.LoadBalancing.All<Listener>().Select(listener =>
            $"listener {names.Of(listener.LoadBalancer.Arn)} {listener.Settings.Protocol} {Text(listener.Port)} to {names.All(listener.TargetGroupArns)}{Text(listener.Attributes)}{names.Of(listener.Tags)}"));

    private static IEnumerable<string> TargetGroups(Cloud cloud, Names names) => cloud.LoadBalancing.All<TargetGroup>()
        .Select(group => $"target group {group.Name}, {group.Settings}, targets {string.Join(' ', Targets(cloud, group))}{Text(group.Attributes)}{names.Of(group.Tags)}");

    private static IEnumerable<string> Targets(Cloud cloud, TargetGroup group) => group.TargetsAt(cloud.Time.GetUtcNow())
        .Select(target => $"{target.Address}:{Text(target.Port)} {target.Zone}{(target.DrainsUntil is null ? "" : " draining")}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Services(Cloud cloud, Names names) => cloud.Ec2.All<EndpointService>()
        .Select(service => $"endpoint service of {names.Of(service.Id)}, {service.StateAt(cloud.Time.GetUtcNow())}, acceptance {service.AcceptanceRequired}, zones {string.Join(' ', service.Zones.Keys)}, "
            + $"Regions {string.Join(' ', service.ForeignRegions)}, {string.Join(' ', service.IpAddressTypes)}{names.Of(service.Tags)}")
        .Concat(cloud.Ec2.All<ServicePermission>().Select(one => $"principal {one.Principal} of {names.Of(one.Service.Id)}{names.Of(one.Tags)}"))
        .Concat(cloud.Ec2.All<ConnectionNotification>().Select(one => $"notification {string.Join(' ', one.Events)} of {names.Of(one.Service.Id)} to {one.TopicArn}"))
        .Concat(cloud.Ec2.All<EndpointConnection>().Select(one => $"connection of {one.OwnerId} to {names.Of(one.Service.Id)}, {one.StateAt(cloud.Time.GetUtcNow())}{names.Of(one.Tags)}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(ImmutableSortedDictionary<string, string> attributes) => $", {string.Join(' ', attributes.Select(one => $"{one.Key}={one.Value}"))}";

    /// <summary>Names in place of drawn ids and ARNs.</summary>
    private sealed class Names(Cloud cloud, ImmutableHashSet<string> drawnTags)
    {
        private readonly ImmutableDictionary<string, string> known = cloud.Ec2.All<SecurityGroup>().Select(group => KeyValuePair.Create(group.Id, group.Name))
            .Concat(cloud.LoadBalancing.All<LoadBalancer>().Select(one => KeyValuePair.Create(one.Arn, one.Name)))
            .Concat(cloud.LoadBalancing.All<TargetGroup>().Select(group => KeyValuePair.Create(group.Arn, group.Name)))
            .Concat(cloud.Ec2.All<EndpointService>().Select(service => KeyValuePair.Create(
                service.Id,
                string.Join(' ', service.LoadBalancerArns.Select(arn => cloud.LoadBalancing.Find<LoadBalancer>(arn)?.Name)))))
            .ToImmutableDictionary(StringComparer.Ordinal);

        public string Of(string id) => known.GetValueOrDefault(id, id);

        public string All(IEnumerable<string> ids) => string.Join(' ', ids.Select(Of).Order(StringComparer.Ordinal));

        public string Of(Tags tags) => tags.Any ? $", tags {string.Join(' ', tags.Values.Select(tag => drawnTags.Contains(tag.Key) ? tag.Key : $"{tag.Key}={tag.Value}"))}" : "";
    }
}
