using System.Collections.Immutable;

namespace LocalAws.LoadBalancing;

/// <summary>A listener.</summary>
public sealed class Listener : ElbResource
{
    internal Listener(string arn, LoadBalancer loadBalancer, ListenerSettings settings, DateTimeOffset createdAt)
        : base(arn, AttributeRules.OfListeners)
    {
        LoadBalancer = loadBalancer;
        Settings = settings;
        ForwardsSince = createdAt;
    }

    /// <summary>What it belongs to.</summary>
    public LoadBalancer LoadBalancer { get; }

    /// <summary>Its port.</summary>
    public int Port => Settings.Port;

    /// <summary>The groups that it forwards to.</summary>
    public ImmutableArray<string> TargetGroupArns => [.. Settings.TargetGroups.Select(group => group.Arn)];

    /// <summary>Since when it forwards to them.</summary>
    public DateTimeOffset ForwardsSince { get; internal set; }

    internal ListenerSettings Settings { get; set; }
}

/// <summary>What a listener was asked to be.</summary>
internal sealed record ListenerSettings(string Protocol, int Port, ImmutableArray<ForwardTarget> TargetGroups)
{
    public bool IsSameAs(ListenerSettings other) => Protocol == other.Protocol && Port == other.Port && TargetGroups.SequenceEqual(other.TargetGroups);
}

/// <summary>A group that a listener forwards to.</summary>
internal sealed record ForwardTarget(string Arn, int? Weight);
