using System.Collections.Immutable;
using LocalAws.Access;

namespace LocalAws.Ec2;

/// <summary>A VPC endpoint service over Network Load Balancers.</summary>
public sealed class EndpointService(string id, string name, DateTimeOffset createdAt) : Ec2Resource(id, "vpc-endpoint-service")
{
    /// <summary>What consumers call it.</summary>
    public string Name { get; } = name;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Whether connections wait to be accepted.</summary>
    public bool AcceptanceRequired { get; internal set; } = true;

    /// <summary>Its load balancers.</summary>
    public ImmutableArray<string> LoadBalancerArns { get; internal set; } = [];

    /// <summary>The zones of its load balancers when it was created or last changed: a new zone is not enabled by itself.</summary>
    public ImmutableSortedDictionary<string, string> Zones { get; internal set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Regions from which it can be reached, besides its own.</summary>
    public ImmutableSortedSet<string> ForeignRegions { get; internal set; } = [];

    /// <summary><c>ipv4</c>, <c>ipv6</c> or both.</summary>
    public ImmutableSortedSet<string> IpAddressTypes { get; internal set; } = ["ipv4"];

    /// <summary>Its private DNS name.</summary>
    public string? PrivateDnsName { get; internal set; }

    /// <summary>When its deletion began; null: it stays.</summary>
    public DateTimeOffset? DeletingSince { get; internal set; }

    /// <summary>When its deletion ends.</summary>
    internal DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When describes stop showing it.</summary>
    internal DateTimeOffset? HiddenAt { get; set; }

    /// <summary>Its state at an instant.</summary>
    public string StateAt(DateTimeOffset now) => DeletingSince is null ? "Available" : now < DeletedAt ? "Deleting" : "Deleted";

    internal override bool StandsAt(DateTimeOffset now) => HiddenAt is null || now < HiddenAt;

    internal override ConditionKeys KeysIn(Ec2State ec2) => ConditionKeys.None
        .With("ec2:VpceMultiRegion", ForeignRegions.IsEmpty ? "false" : "true")
        .With("ec2:VpceSupportedRegion", ForeignRegions.Add(ec2.Cloud.Options.Region));
}

/// <summary>A principal that may ask for a connection.</summary>
public sealed class ServicePermission(string id, EndpointService service, string principal, string principalType) : Ec2Resource(id, "vpc-endpoint-service-permission")
{
    /// <summary>What it may connect to.</summary>
    public EndpointService Service { get; } = service;

    /// <summary>The principal, as it was given.</summary>
    public string Principal { get; } = principal;

    /// <summary><c>Account</c>, <c>Role</c>, <c>User</c>, <c>All</c> or <c>Service</c>.</summary>
    public string PrincipalType { get; } = principalType;

    internal override bool StandsAt(DateTimeOffset now) => Service.StandsAt(now);
}

/// <summary>A consumer's endpoint, as the provider of the service sees it.</summary>
public sealed class EndpointConnection(string id, string endpointId, EndpointService service, string ownerId, string region, DateTimeOffset createdAt)
    : Ec2Resource(id, "vpc-endpoint-connection")
{
    /// <summary>The consumer's endpoint.</summary>
    public string EndpointId { get; } = endpointId;

    /// <summary>What it connects to.</summary>
    public EndpointService Service { get; } = service;

    /// <summary>The consumer's account.</summary>
    public string OwnerId { get; } = ownerId;

    /// <summary>The consumer's Region.</summary>
    public string Region { get; } = region;

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>When it was accepted or rejected last; null: never.</summary>
    public DateTimeOffset? AnsweredAt { get; internal set; }

    /// <summary>The answer so far.</summary>
    internal ConnectionAnswer Answer { get; set; } = ConnectionAnswer.None;

    /// <summary>When an accepted one becomes available, or the deletion ends.</summary>
    internal DateTimeOffset SettlesAt { get; set; }

    /// <summary>When describes stop showing a deleted one.</summary>
    internal DateTimeOffset HiddenAt { get; set; }

    /// <summary>Its state at an instant, in the spelling of the wire.</summary>
    public string StateAt(DateTimeOffset now) => Answer switch
    {
        ConnectionAnswer.None => "pendingAcceptance",
        ConnectionAnswer.Accepted => now < SettlesAt ? "pending" : "available",
        ConnectionAnswer.Rejected => "rejected",
        _ => now < SettlesAt ? "deleting" : "deleted",
    };

    /// <summary>Whether it keeps its service from being deleted.</summary>
    public bool IsLiveAt(DateTimeOffset now) => StateAt(now) is "pendingAcceptance" or "pending" or "available";

    internal override bool StandsAt(DateTimeOffset now) => Service.StandsAt(now) && (Answer is not ConnectionAnswer.Deleted || now < HiddenAt);
}

/// <summary>What became of a request for a connection.</summary>
internal enum ConnectionAnswer
{
    None,
    Accepted,
    Rejected,
    Deleted,
}

/// <summary>Where events of a service's connections are published.</summary>
public sealed class ConnectionNotification(string id, EndpointService service, string topicArn, ImmutableArray<string> events)
    : Ec2Resource(id, "vpc-endpoint-connection-notification")
{
    /// <summary>Whose events.</summary>
    public EndpointService Service { get; } = service;

    /// <summary>The SNS topic.</summary>
    public string TopicArn { get; } = topicArn;

    /// <summary><c>Accept</c>, <c>Connect</c>, <c>Delete</c>, <c>Reject</c>.</summary>
    public ImmutableArray<string> Events { get; } = events;

    internal override bool StandsAt(DateTimeOffset now) => Service.StandsAt(now);
}
