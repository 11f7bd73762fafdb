using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ServerlessPrivateLink.Cli.Reports;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>
/// The checklist that vendors hand to their customers, each item judged by what AWS answered. Everything that the document asks for
/// has to be there; that the run ended well proves nothing.
/// </summary>
public static class Checklist
{
    public static ImmutableArray<ChecklistItem> For(Link link, LinkFacts facts)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(facts);
        return
        [
            DetailsGathered(link, facts),
            AddressResolved(link, facts),
            TargetGroup(link, facts),
            TargetRegistered(link, facts),
            LoadBalancerAndListener(link, facts),
            CrossZone(facts),
            AcceptanceRequired(facts),
            ServiceName(facts),
            PrincipalsAllowed(link, facts),
            SecurityGroupOpened(link, facts),
            NameAnnounced(facts),
        ];
    }

    private static ChecklistItem DetailsGathered(Link link, LinkFacts facts)
    {
        var lines = facts.Databases.Select(database => $"{database.Name}: {database.Engine}, {database.Status}, {database.Host}:{Text(database.Port)}")
            .Concat(link.Databases.Where(database => database.Kind is DatabaseKind.Host).Select(host => $"{host.Name}: host, port {Text(host.Port ?? 0)} (from the document)"));
        return Item("details gathered", AreKnown(link, facts) && facts.Databases.All(database => database.Host.Length > 0), lines);
    }

    private static ChecklistItem AddressResolved(Link link, LinkFacts facts)
    {
        var targets = facts.TargetGroups.SelectMany(group => group.Targets.Select(target => (Group: group, target.Address, Subnet: SubnetOf(facts, target.Address, group.VpcId)))).ToImmutableArray();
        return Item(
            "address resolved in the VPC",
            IsForEach(link, facts.TargetGroups) && facts.TargetGroups.All(group => !group.Targets.IsEmpty)
                && targets.All(target => target.Subnet is not null || IsAllowedHost(link, target.Group.Database, target.Address)),
            targets.Select(target => target.Subnet is { } subnet
                ? $"{target.Group.Database}: {target.Address} in {subnet.SubnetId} ({subnet.Cidr}, {subnet.Zone})"
                : $"{target.Group.Database}: {target.Address} outside the VPC"));
    }

    private static ChecklistItem TargetGroup(Link link, LinkFacts facts) => Item(
        "target group",
        IsForEach(link, facts.TargetGroups),
        facts.TargetGroups.Select(group => $"{group.Name}: {group.Database}, port {Text(group.Port)}, health check {group.HealthCheck}"));

    private static ChecklistItem TargetRegistered(Link link, LinkFacts facts) => Item(
        "target registered",
        IsForEach(link, facts.TargetGroups) && facts.TargetGroups.All(group => group.Targets.Any(target => target.Health == "healthy")),
        facts.TargetGroups.SelectMany(group => group.Targets.Select(target => $"{group.Name}: {target.Address}:{Text(target.Port)} is {target.Health}")));

    private static ChecklistItem LoadBalancerAndListener(Link link, LinkFacts facts)
    {
        if (facts.LoadBalancer is not { } balancer)
            return Missing("internal NLB and listener", "no load balancer carries the link's tags");
        var isServed = facts.TargetGroups.All(group => balancer.Listeners.Any(listener => listener.TargetGroupArn == group.Arn && listener.Protocol == "TCP"));
        return Item(
            "internal NLB and listener",
            balancer is { Type: "network", Scheme: "internal", State: "active" } && IsForEach(link, facts.TargetGroups) && isServed,
            [
                $"{balancer.Name}: {balancer.Scheme} {balancer.Type} load balancer, {balancer.State}, in {string.Join(", ", balancer.Zones.Select(zone => $"{zone.Zone} ({zone.SubnetId})"))}",
                .. balancer.Listeners.Select(listener => $"{listener.Protocol} {Text(listener.Port)} to {NameOf(facts, listener.TargetGroupArn)}"),
            ]);
    }

    private static ChecklistItem CrossZone(LinkFacts facts) => facts.LoadBalancer is { } balancer
        ? Item("cross-zone", balancer.CrossZone, [$"load_balancing.cross_zone.enabled is {(balancer.CrossZone ? "true" : "false")} on {balancer.Name}"])
        : Missing("cross-zone", "no load balancer carries the link's tags");

    private static ChecklistItem AcceptanceRequired(LinkFacts facts) => facts.Service is { } service
        ? Item(
            "endpoint service with acceptance required",
            service.AcceptanceRequired && service.State == "Available" && service.LoadBalancerArns.Any(arn => arn == facts.LoadBalancer?.Arn),
            [$"{service.ServiceId}: {service.State}, acceptance {(service.AcceptanceRequired ? "required" : "not required")}, behind it {facts.LoadBalancer?.Name}"])
        : Missing("endpoint service with acceptance required", "no endpoint service carries the link's tags");

    private static ChecklistItem ServiceName(LinkFacts facts) => facts.Service is { ServiceName: { Length: > 0 } name }
        ? Item("service name", true, [name])
        : Missing("service name", "no endpoint service carries the link's tags");

    private static ChecklistItem PrincipalsAllowed(Link link, LinkFacts facts)
    {
        var allowed = facts.Service?.Principals ?? [];
        var wanted = link.Consumers.Select(consumer => consumer.Principal).ToImmutableHashSet(StringComparer.Ordinal);
        return Item(
            "principals allowed",
            wanted.SetEquals(allowed.Select(principal => principal.Principal)),
            allowed.Select(principal => $"{principal.Principal}: accept {principal.Accept}"));
    }

    private static ChecklistItem SecurityGroupOpened(Link link, LinkFacts facts)
    {
        if (facts.Databases.IsEmpty && link.Databases.All(database => database.Kind is DatabaseKind.Host))
            return Item("security group opened", true, ["the document names hosts only: what protects them is not in this account's security groups"]);
        var sources = link.Ingress is Ingress.SecurityGroup
            ? [facts.SecurityGroup?.GroupId ?? ""]
            : (facts.LoadBalancer?.Zones ?? []).Select(zone => facts.Subnets.FirstOrDefault(subnet => subnet.SubnetId == zone.SubnetId)?.Cidr ?? "").ToImmutableArray();
        return Item(
            "security group opened",
            !sources.IsEmpty && AreKnown(link, facts) && facts.Databases.All(database => !database.SecurityGroupIds.IsEmpty && sources.All(source => IsOpen(facts, database, source))),
            facts.Rules.Where(rule => rule.GroupId != facts.SecurityGroup?.GroupId)
                .Select(rule => $"{rule.GroupId}: {rule.RuleId} lets {rule.Source} in to port {Text(rule.FromPort)}"));
    }

    private static ChecklistItem NameAnnounced(LinkFacts facts) => facts.Service is { Announced: { Length: > 0 } fingerprint } service
        ? Item("name announced", true, [$"{service.ServiceId} carries the tag {ResourceTags.Announced} = {fingerprint}, which is written after publishing"])
        : Missing("name announced", $"no endpoint service carries the tag {ResourceTags.Announced}");

    // One open group suffices: a connection passes when any of a database's groups lets it in.
    private static bool IsOpen(LinkFacts facts, DatabaseFact database, string source) => facts.Rules.Any(rule =>
        database.SecurityGroupIds.Any(group => group == rule.GroupId) && rule.FromPort <= database.Port && database.Port <= rule.ToPort && rule.Source == source);

    private static bool AreKnown(Link link, LinkFacts facts) => facts.Databases.Length == link.Databases.Count(database => database.Kind is not DatabaseKind.Host);

    private static bool IsForEach(Link link, ImmutableArray<TargetGroupFact> groups) => groups.Length == link.Databases.Length;

    private static bool IsAllowedHost(Link link, string? database, string address) => link.Databases.Any(host =>
        host.Kind is DatabaseKind.Host && host.Name == database && host.AllowedCidrs.Any(cidr => Contains(cidr, address)));

    private static SubnetFact? SubnetOf(LinkFacts facts, string address, string vpcId) =>
        facts.Subnets.FirstOrDefault(subnet => subnet.VpcId == vpcId && Contains(subnet.Cidr, address));

    private static bool Contains(string cidr, string address) =>
        IPNetwork.TryParse(cidr, out var network) && IPAddress.TryParse(address, out var ip) && network.Contains(ip);

    private static string NameOf(LinkFacts facts, string targetGroupArn) =>
        facts.TargetGroups.FirstOrDefault(group => group.Arn == targetGroupArn)?.Name ?? targetGroupArn;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static ChecklistItem Item(string item, bool done, IEnumerable<string> evidence)
    {
        var lines = string.Join("; ", evidence);
        return new(item, done, lines.Length > 0 ? lines : "AWS lists nothing");
    }

    private static ChecklistItem Missing(string item, string evidence) => new(item, false, evidence);
}
