using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using LocalAws.Ec2;

namespace LocalAws.LoadBalancing;

/// <summary>The account's Network Load Balancers, target groups and listeners.</summary>
public sealed class LoadBalancingState
{
    private static readonly TimeSpan SoonestGone = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LatestGone = TimeSpan.FromSeconds(90);

    private readonly OrderedDictionary<string, ElbResource> resources = new(StringComparer.Ordinal);

    internal LoadBalancingState(Cloud cloud) => Cloud = cloud;

    internal Cloud Cloud { get; }

    internal DateTimeOffset Now => Cloud.Time.GetUtcNow();

    /// <summary>All of one sort, oldest first.</summary>
    public IEnumerable<T> All<T>()
        where T : ElbResource => resources.Values.OfType<T>();

    /// <summary>The one of that sort with an ARN; null when there is none.</summary>
    public T? Find<T>(string? arn)
        where T : ElbResource => arn is null ? null : resources.GetValueOrDefault(arn) as T;

    /// <summary>What of it a caller is shown: see <see cref="Visibility"/>.</summary>
    internal IEnumerable<T> Shown<T>()
        where T : ElbResource => All<T>().Where(resource => Shows(resource));

    /// <summary>The one of that sort with an ARN, if a caller is shown it.</summary>
    internal T? FindShown<T>(string? arn)
        where T : ElbResource => Find<T>(arn) is { } found && Shows(found) ? found : null;

    /// <summary>Whether it exists and a caller is shown it.</summary>
    internal bool Shows([NotNullWhen(true)] ElbResource? resource) => resource?.ShownFrom <= Now;

    /// <summary>What a group serves; null: no listener forwards to it.</summary>
    internal GroupUse? UseOf(TargetGroup group) => All<Listener>()
        .Where(listener => listener.TargetGroupArns.Contains(group.Arn, StringComparer.Ordinal))
        .Select(listener => new GroupUse(listener.LoadBalancer, listener.ForwardsSince))
        .MinBy(use => use.Since);

    /// <summary>What is registered in some groups, each of which counts once.</summary>
    internal IEnumerable<Target> TargetsOf(IEnumerable<string> groupArns) =>
        groupArns.Distinct(StringComparer.Ordinal).SelectMany(arn => Find<TargetGroup>(arn)?.TargetsAt(Now) ?? []);

    /// <summary>The health of a target now.</summary>
    internal TargetHealth HealthOf(TargetGroup group, Target target) => HealthOf(group, target, Now);

    /// <summary>The health of a target at an instant before which nothing else happens.</summary>
    internal TargetHealth HealthOf(TargetGroup group, Target target, DateTimeOffset at)
    {
        var use = UseOf(group);
        return TargetHealth.Of(target, group.Settings.HealthCheck, use, Reachable(use, target.Address, PortOf(group, target)), at);
    }

    /// <summary>When time alone will next change the health of one of a group's targets; null: never.</summary>
    internal DateTimeOffset? NextTurn(TargetGroup group, DateTimeOffset after)
    {
        var use = UseOf(group);
        return group.TargetsAt(after)
            .SelectMany(target => TargetHealth.Turns(target, group.Settings.HealthCheck, use, Reachable(use, target.Address, PortOf(group, target))))
            .Where(turn => turn > after)
            .Select(turn => (DateTimeOffset?)turn)
            .Min();
    }

    /// <summary>Whether a client that the load balancer sends to a target finds something listening there.</summary>
    internal bool Answers(TargetGroup group, Target target) => Reachable(UseOf(group), target.Address, target.Port) is { IsOpen: true };

    /// <summary>What the load balancer sends a client to that connects to a port of it; null: nothing of it answers there.</summary>
    internal Target? TargetFor(LoadBalancer one, int port)
    {
        var group = All<Listener>().Where(listener => listener.LoadBalancer == one && listener.Port == port).SelectMany(listener => listener.TargetGroupArns).Select(Find<TargetGroup>).FirstOrDefault();
        if (group is null)
            return null;
        var targets = group.TargetsAt(Now).Where(target => target.DrainsUntil is null).ToImmutableArray();
        // Where none is healthy all get traffic (User Guide for Network Load Balancers, "Health checks for target groups").
        return targets.FirstOrDefault(target => HealthOf(group, target) == TargetHealth.Healthy) ?? targets.FirstOrDefault();
    }

    internal T Add<T>(T resource)
        where T : ElbResource
    {
        resource.ShownFrom = Cloud.Visibility.OfNew();
        resources.Add(resource.Arn, resource);
        resource.TagsChanged = () => Cloud.Tagging.Note(resource.Arn, resource.Tags, static () => true);
        resource.TagsChanged();
        return resource;
    }

    internal void Remove(ElbResource resource)
    {
        if (resources.Remove(resource.Arn))
            Cloud.Tagging.Forget(resource.Arn);
    }

    internal LoadBalancerNode AddNode(LoadBalancer owner, Subnet subnet, IPAddress? wanted)
    {
        if (wanted is not null && !subnet.TryTake(wanted))
            throw ElbErrors.Invalid($"The private IPv4 address '{wanted}' is not available in subnet '{subnet.Id}'");
        var face = Cloud.Ec2.Add(new NetworkInterface(
            Cloud.Chance.Id("eni"),
            subnet,
            wanted ?? subnet.Take(Cloud.Chance),
            $"ELB {owner.Arn[(owner.Arn.IndexOf('/', StringComparison.Ordinal) + 1)..]}",
            "network_load_balancer",
            "amazon-elb")
        {
            GroupIds = owner.GroupIds,
        });
        return new(subnet, face, Now);
    }

    /// <summary>Interfaces outlive their load balancer a little, so its security group cannot be deleted at once.</summary>
    internal void RemoveNode(LoadBalancerNode node)
    {
        node.Subnet.Release(node.Interface.Address);
        node.Interface.GoneAt = Now + Cloud.Chance.Between(SoonestGone, LatestGone);
    }

    /// <summary>
    /// What listens at an address, if network ACLs and the security groups there let this load balancer's nodes in and its own let its checks out
    /// (User Guide for Network Load Balancers: "Update the security groups": health checks are subject to outbound rules; "Target groups", network ACLs).
    /// </summary>
    private ListeningPort? Reachable(GroupUse? use, IPAddress address, int port)
    {
        if (use?.LoadBalancer is not { } from || Cloud.Ec2.Ports.Find(address, port) is not { } there)
            return null;
        if (from.CanHaveGroups && !LetsOut(from.GroupIds, address, port, there.GroupIds))
            return null;
        // Every node checks every target; that one of them cannot is not known to be told otherwise.
        if (!from.Nodes.All(node => Cloud.Ec2.AclsPass(node.Interface.Address, address, port)))
            return null;
        return there.GroupIds.IsEmpty || there.GroupIds.Any(group => Admits(group, from, port)) ? there : null;
    }

    private bool Admits(string groupId, LoadBalancer from, int port) => Cloud.Ec2.All<SecurityGroupRule>()
        .Where(rule => rule.GroupId == groupId && !rule.Egress)
        .Any(rule => from.Nodes.Any(node => rule.Spec.Admits(port, node.Interface.Address, from.GroupIds)));

    private bool LetsOut(ImmutableArray<string> groupIds, IPAddress address, int port, ImmutableArray<string> groupsThere) =>
        Cloud.Ec2.All<SecurityGroupRule>().Any(rule => rule.Egress
            && groupIds.Contains(rule.GroupId, StringComparer.Ordinal)
            && rule.Spec.Admits(port, address, groupsThere));

    private static int PortOf(TargetGroup group, Target target) =>
        int.TryParse(group.Settings.HealthCheck.Port, System.Globalization.CultureInfo.InvariantCulture, out var port) ? port : target.Port;
}
