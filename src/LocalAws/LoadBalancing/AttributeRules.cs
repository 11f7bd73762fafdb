using System.Collections.Immutable;
using System.Globalization;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>
/// Which attributes there are, their defaults and what they may be
/// (Elastic Load Balancing API Reference: LoadBalancerAttribute, TargetGroupAttribute, ListenerAttribute).
/// </summary>
internal sealed class AttributeRules(string noun, ImmutableArray<AttributeRule> rules)
{
    public static readonly AttributeRules OfLoadBalancers = new("Load balancer",
    [
        new("access_logs.s3.enabled", "false", IsFlag),
        new("access_logs.s3.bucket", "", static _ => true),
        new("access_logs.s3.prefix", "", static _ => true),
        new("deletion_protection.enabled", "false", IsFlag),
        new("dns_record.client_routing_policy", "any_availability_zone", OneOf("availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone")),
        new("ipv6.deny_all_igw_traffic", "false", IsFlag),
        new("load_balancing.cross_zone.enabled", "false", IsFlag),
        new("secondary_ips.auto_assigned.per_subnet", "0", Within(0, 7)),
        new("zonal_shift.config.enabled", "false", IsFlag),
    ]);

    public static readonly AttributeRules OfTargetGroups = new("Target group",
    [
        new("deregistration_delay.connection_termination.enabled", "false", IsFlag),
        new("deregistration_delay.timeout_seconds", "300", Within(0, 3600)),
        new("load_balancing.cross_zone.enabled", "use_load_balancer_configuration", OneOf("true", "false", "use_load_balancer_configuration")),
        new("preserve_client_ip.enabled", "false", IsFlag),
        new("proxy_protocol_v2.enabled", "false", IsFlag),
        new("stickiness.enabled", "false", IsFlag),
        new("stickiness.type", "source_ip", OneOf("source_ip")),
        new("target_group_health.dns_failover.minimum_healthy_targets.count", "1", IsCountOrOff),
        new("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off", IsCountOrOff),
        new("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1", IsCountOrOff),
        new("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off", IsCountOrOff),
        new("target_health_state.unhealthy.connection_termination.enabled", "true", IsFlag),
        new("target_health_state.unhealthy.draining_interval_seconds", "0", Within(0, 360000)),
    ]);

    public static readonly AttributeRules OfListeners = new("Listener", [new("tcp.idle_timeout.seconds", "350", Within(60, 6000))]);

    public ImmutableSortedDictionary<string, string> Defaults { get; } =
        rules.ToImmutableSortedDictionary(rule => rule.Key, rule => rule.Default, StringComparer.Ordinal);

    /// <summary>The new attributes of a request, each known and allowed.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Read(Form form)
    {
        var wanted = form.List("Attributes.member").Select(entry => KeyValuePair.Create(entry.Needed("Key"), entry.Text("Value") ?? "")).ToImmutableArray();
        foreach (var (key, value) in wanted)
        {
            var rule = rules.FirstOrDefault(rule => rule.Key == key) ?? throw ElbErrors.Invalid($"{noun} attribute key '{key}' is not recognized");
            if (!rule.Allows(value))
                throw ElbErrors.Invalid($"{noun} attribute value '{value}' for key '{key}' is not valid");
        }

        return wanted;
    }

    private static bool IsFlag(string text) => text is "true" or "false";

    private static bool IsCountOrOff(string text) => text == "off" || Within(1, int.MaxValue)(text);

    private static Func<string, bool> OneOf(params ImmutableArray<string> allowed) => text => allowed.Contains(text, StringComparer.Ordinal);

    private static Func<string, bool> Within(int from, int to) =>
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to;
}

/// <summary>One attribute.</summary>
internal sealed record AttributeRule(string Key, string Default, Func<string, bool> Allows);
