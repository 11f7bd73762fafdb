using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning;

public sealed record WantedTargetGroup(string Name, string Database, int Port, int ListenerPort, ImmutableSortedDictionary<string, string> Tags);

/// <param name="Name">Its name.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Check">How its targets are checked.</param>
/// <param name="Tags">Its tags.</param>
public sealed record FoundTargetGroup(string Name, string Arn, TargetCheck Check, ImmutableDictionary<string, string> Tags);

/// <summary>How targets are checked.</summary>
public sealed record TargetCheck(string Protocol, string Port, int IntervalSeconds, int TimeoutSeconds, int HealthyThreshold, int UnhealthyThreshold);

/// <summary>What to do about the target groups of a link.</summary>
/// <param name="Existing">ARN by name of those that stand already.</param>
/// <param name="Create">Those that are missing, each once.</param>
/// <param name="PutBack">ARNs of those whose health check somebody changed.</param>
/// <param name="Retag">Tags that are to be put right, by ARN: what the sync of targets goes by.</param>
/// <param name="Leftovers">What the link owns and its document no longer asks for.</param>
public sealed record TargetGroupPlan(
    ImmutableDictionary<string, string> Existing,
    ImmutableArray<WantedTargetGroup> Create,
    ImmutableArray<string> PutBack,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Retag,
    ImmutableArray<LeftoverTargetGroup> Leftovers)
{
    // The fastest that Elastic Load Balancing allows; the time-out must stay below the interval.
    public static readonly TargetCheck Check = new("TCP", "traffic-port", IntervalSeconds: 5, TimeoutSeconds: 4, HealthyThreshold: 2, UnhealthyThreshold: 2);

    // After a failover a session to the old address is only a hanging client: cut it at once instead of draining for five minutes.
    private static readonly ImmutableSortedDictionary<string, string> Attributes = ImmutableSortedDictionary<string, string>.Empty
        .Add("deregistration_delay.connection_termination.enabled", "true")
        .Add("deregistration_delay.timeout_seconds", "0")
        .Add("preserve_client_ip.enabled", "false");

    public static ImmutableArray<WantedTargetGroup> Wanted(Owner owner, ImmutableArray<Exposure> exposures) =>
        [.. exposures.Select(exposure => new WantedTargetGroup(
            ResourceName.TargetGroup(owner.Stack, owner.Link, exposure.Database, exposure.Port),
            exposure.Database,
            exposure.Port,
            exposure.ListenerPort,
            Tags(owner, exposure)))];

    public static TargetGroupPlan Between(Owner owner, ImmutableArray<WantedTargetGroup> wanted, ImmutableArray<FoundTargetGroup> found)
    {
        var names = wanted.Select(static group => group.Name).ToImmutableHashSet(StringComparer.Ordinal);
        var existing = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var group in found.Where(group => names.Contains(group.Name)))
        {
            if (!owner.Owns(group.Tags)) throw new NameTakenException("target group", group.Name, owner.Stack, owner.Link);
            existing[group.Name] = group.Arn;
        }

        return new(
            existing.ToImmutable(),
            [.. wanted.Where(group => !existing.ContainsKey(group.Name)).DistinctBy(static group => group.Name, StringComparer.Ordinal)],
            [.. found.Where(group => names.Contains(group.Name) && group.Check != Check).Select(static group => group.Arn)],
            Differing(wanted, found),
            [.. found.Where(group => owner.Owns(group.Tags) && !names.Contains(group.Name)).OrderBy(static group => group.Name, StringComparer.Ordinal).Select(static group => new LeftoverTargetGroup(group.Arn, group.Name))]);
    }

    private static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Differing(ImmutableArray<WantedTargetGroup> wanted, ImmutableArray<FoundTargetGroup> found) =>
        (from one in found
         from other in wanted
         where one.Name == other.Name
         let tags = other.Tags.Where(tag => one.Tags.GetValueOrDefault(tag.Key) != tag.Value).ToImmutableSortedDictionary(StringComparer.Ordinal)
         where !tags.IsEmpty
         select KeyValuePair.Create(one.Arn, tags)).ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> DifferingAttributes(IReadOnlyDictionary<string, string> read) =>
        Attributes.Where(wanted => read.GetValueOrDefault(wanted.Key) != wanted.Value).ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> Tags(Owner owner, Exposure exposure)
    {
        var tags = owner.Tags(
            (ResourceTags.Database, exposure.Database),
            (ResourceTags.Port, exposure.Port.ToString(CultureInfo.InvariantCulture)));
        // A cluster's hosts change with every failover; what a cluster is at present is asked of RDS, not of a tag.
        if (exposure.Kind is DatabaseKind.Instance or DatabaseKind.Host && exposure.Hosts is [var host]) tags = tags.Add(ResourceTags.Host, host);
        return exposure.Kind switch
        {
            DatabaseKind.Host => tags.Add(ResourceTags.AllowedCidrs, string.Join(' ', exposure.AllowedCidrs)),
            DatabaseKind.Instance => tags.Add(ResourceTags.Standby, exposure.KeepsStandby ? "keep" : ""),
            _ => tags,
        };
    }
}
