using System.Collections.Immutable;
using LocalAws.Ec2;

namespace LocalAws.LoadBalancing;

/// <summary>What a load balancer was asked to be; creating it again with equal settings is no error.</summary>
/// <param name="Name">Its name, unique in account and Region.</param>
/// <param name="Scheme"><c>internal</c> or <c>internet-facing</c>.</param>
/// <param name="IpAddressType"><c>ipv4</c> or <c>dualstack</c>.</param>
/// <param name="SubnetIds">One subnet for each zone.</param>
/// <param name="GroupIds">Security groups.</param>
internal sealed record LoadBalancerSettings(string Name, string Scheme, string IpAddressType, ImmutableSortedSet<string> SubnetIds, ImmutableSortedSet<string> GroupIds)
{
    public bool IsSameAs(LoadBalancerSettings other) => Name == other.Name
        && Scheme == other.Scheme
        && IpAddressType == other.IpAddressType
        && SubnetIds.SetEquals(other.SubnetIds)
        && GroupIds.SetEquals(other.GroupIds);
}

/// <summary>A Network Load Balancer.</summary>
public sealed class LoadBalancer : ElbResource
{
    internal LoadBalancer(string arn, LoadBalancerSettings settings, string vpcId, string dnsName, DateTimeOffset createdAt, DateTimeOffset activeAt)
        : base(arn, AttributeRules.OfLoadBalancers)
    {
        Settings = settings;
        VpcId = vpcId;
        DnsName = dnsName;
        CreatedAt = createdAt;
        ActiveAt = activeAt;
    }

    /// <summary>Its name.</summary>
    public string Name => Settings.Name;

    /// <summary>Its VPC.</summary>
    public string VpcId { get; }

    /// <summary>Its DNS name.</summary>
    public string DnsName { get; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it becomes, or became, active.</summary>
    public DateTimeOffset ActiveAt { get; }

    /// <summary>Its nodes, one for each zone.</summary>
    public ImmutableArray<LoadBalancerNode> Nodes { get; internal set; } = [];

    /// <summary>Its security groups.</summary>
    public ImmutableArray<string> GroupIds { get; internal set; } = [];

    /// <summary>Whether inbound rules apply to traffic from PrivateLink; null when it has no security group.</summary>
    public bool? EnforcesOnPrivateLink { get; internal set; }

    /// <summary>Whether it was created with a security group; without, it can never have one.</summary>
    public bool CanHaveGroups => EnforcesOnPrivateLink is not null;

    /// <summary>What it was asked to be when it was created.</summary>
    internal LoadBalancerSettings Settings { get; }

    /// <summary>What it is now, in the same form.</summary>
    internal LoadBalancerSettings Current => Settings with { SubnetIds = [.. Nodes.Select(node => node.Subnet.Id)], GroupIds = [.. GroupIds] };

    /// <summary>Its state at an instant: it takes minutes to become active.</summary>
    public string StateAt(DateTimeOffset now) => now < ActiveAt ? "provisioning" : "active";
}

/// <summary>A load balancer's presence in one zone.</summary>
/// <param name="Subnet">Where it is.</param>
/// <param name="Interface">Its network interface.</param>
/// <param name="EnabledAt">Since when the zone is enabled.</param>
public sealed record LoadBalancerNode(Subnet Subnet, NetworkInterface Interface, DateTimeOffset EnabledAt);
