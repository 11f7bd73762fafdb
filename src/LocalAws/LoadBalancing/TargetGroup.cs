using System.Collections.Immutable;
using System.Net;

namespace LocalAws.LoadBalancing;

/// <summary>How targets are checked.</summary>
internal sealed record HealthCheck(string Protocol, string Port, int IntervalSeconds, int TimeoutSeconds, int HealthyThreshold, int UnhealthyThreshold, string? Path);

/// <summary>What a target group was asked to be; creating it again with equal settings is no error.</summary>
internal sealed record TargetGroupSettings(string Name, string Protocol, int Port, string VpcId, string TargetType, string IpAddressType, HealthCheck HealthCheck);

/// <summary>A target group.</summary>
public sealed class TargetGroup : ElbResource
{
    private ImmutableArray<Target> targets = [];

    internal TargetGroup(string arn, TargetGroupSettings settings)
        : base(arn, AttributeRules.OfTargetGroups) => Settings = settings;

    /// <summary>Its name.</summary>
    public string Name => Settings.Name;

    /// <summary>The port of targets that are registered without one.</summary>
    public int Port => Settings.Port;

    /// <summary>Its VPC.</summary>
    public string VpcId => Settings.VpcId;

    internal TargetGroupSettings Settings { get; set; }

    /// <summary>What is registered, and what still drains.</summary>
    public ImmutableArray<Target> TargetsAt(DateTimeOffset now) => targets = [.. targets.Where(target => target.DrainsUntil is null || now < target.DrainsUntil)];

    internal void Put(Target target) => targets = [.. targets.Where(other => !other.IsAt(target.Address, target.Port)), target];

    internal void Remove(Target target) => targets = targets.Remove(target);
}

/// <summary>A registered target.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Zone">Its zone, or <c>all</c> outside the VPC.</param>
/// <param name="RegisteredAt">When it was registered.</param>
/// <param name="InitialFor">How long it takes to be checked for the first time.</param>
/// <param name="DrainsUntil">When it is gone; null: it is registered.</param>
public sealed record Target(IPAddress Address, int Port, string Zone, DateTimeOffset RegisteredAt, TimeSpan InitialFor, DateTimeOffset? DrainsUntil)
{
    /// <summary>Since when its health is told of in lists.</summary>
    internal DateTimeOffset ShownFrom { get; init; }

    /// <summary>Whether it is this address and port.</summary>
    public bool IsAt(IPAddress address, int port) => Address.Equals(address) && Port == port;
}
