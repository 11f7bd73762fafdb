using System.Collections.Immutable;
using LocalAws.Ec2;

namespace LocalAws.LoadBalancing;

/// <summary>
/// The health of a target (Elastic Load Balancing API Reference: TargetHealth). A new target stays <c>initial</c> for one to three
/// minutes: that is what users of Network Load Balancers measure.
/// </summary>
/// <param name="State"><c>healthy</c>, <c>initial</c>, ….</param>
/// <param name="Reason">The reason code of every state but <c>healthy</c>.</param>
/// <param name="Description">The reason in words.</param>
internal sealed record TargetHealth(string State, string? Reason, string? Description)
{
    public static readonly TargetHealth Healthy = new("healthy", null, null);
    public static readonly TargetHealth Unhealthy = new("unhealthy", "Target.FailedHealthChecks", "Health checks failed");
    public static readonly TargetHealth Draining = new("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress");
    public static readonly TargetHealth NotRegistered = new("unused", "Target.NotRegistered", "Target is not registered to the target group");
    public static readonly TargetHealth NotAttached = new("unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer");
    public static readonly TargetHealth ZoneNotEnabled = new("unused", "Target.NotInUse", "Target is in an Availability Zone that is not enabled for the load balancer");
    public static readonly TargetHealth Registering = new("initial", "Elb.RegistrationInProgress", "Target registration is in progress");
    public static readonly TargetHealth Checking = new("initial", "Elb.InitialHealthChecking", "Initial health checks in progress");

    /// <summary>The part of the first wait in which the registration itself is in progress.</summary>
    private const double RegistrationPart = 0.6;

    /// <param name="target">The target.</param>
    /// <param name="check">How it is checked.</param>
    /// <param name="use">What the group serves; null: nothing.</param>
    /// <param name="port">What is at the target's address and port; null: nothing that a check would reach.</param>
    /// <param name="now">The instant.</param>
    public static TargetHealth Of(Target target, HealthCheck check, GroupUse? use, ListeningPort? port, DateTimeOffset now)
    {
        if (target.DrainsUntil is not null)
            return Draining;
        if (use is null)
            return NotAttached;
        if (use.EnabledAt(target.Zone) is not { } enabled)
            return ZoneNotEnabled;
        var begin = Begin(target, use, enabled);
        if (now < begin + (target.InitialFor * RegistrationPart))
            return Registering;
        var checkedAt = begin + target.InitialFor;
        return now < checkedAt ? Checking : AfterChecks(check, port, checkedAt, now);
    }

    /// <summary>The instants at which time alone changes it, some of them perhaps past; the parameters are those of <see cref="Of"/>.</summary>
    public static ImmutableArray<DateTimeOffset> Turns(Target target, HealthCheck check, GroupUse? use, ListeningPort? port)
    {
        if (target.DrainsUntil is { } gone)
            return [gone];
        if (use?.EnabledAt(target.Zone) is not { } enabled)
            return [];
        var begin = Begin(target, use, enabled);
        ImmutableArray<DateTimeOffset> first = [begin + (target.InitialFor * RegistrationPart), begin + target.InitialFor];
        return port is null ? first : first.Add(port.Since + Needed(check, port));
    }

    private static DateTimeOffset Begin(Target target, GroupUse use, DateTimeOffset enabled) =>
        new[] { target.RegisteredAt, use.Since, use.LoadBalancer.ActiveAt, enabled }.Max();

    private static TimeSpan Needed(HealthCheck check, ListeningPort port) =>
        TimeSpan.FromSeconds(check.IntervalSeconds * (port.IsOpen ? check.HealthyThreshold : check.UnhealthyThreshold));

    private static TargetHealth AfterChecks(HealthCheck check, ListeningPort? port, DateTimeOffset checkedAt, DateTimeOffset now)
    {
        if (port is null)
            return Unhealthy;
        var hasSettled = port.Since <= checkedAt || now >= port.Since + Needed(check, port);
        return port.IsOpen == hasSettled ? Healthy : Unhealthy;
    }
}

/// <summary>What a target group serves.</summary>
/// <param name="LoadBalancer">The load balancer.</param>
/// <param name="Since">Since when one of its listeners forwards to the group.</param>
internal sealed record GroupUse(LoadBalancer LoadBalancer, DateTimeOffset Since)
{
    /// <summary>Since when a zone is enabled; null: it is not.</summary>
    public DateTimeOffset? EnabledAt(string zone)
    {
        var nodes = zone == "all" ? LoadBalancer.Nodes : LoadBalancer.Nodes.Where(node => node.Subnet.Zone == zone).ToImmutableArray();
        return nodes.IsEmpty ? null : nodes.Min(node => node.EnabledAt);
    }
}
