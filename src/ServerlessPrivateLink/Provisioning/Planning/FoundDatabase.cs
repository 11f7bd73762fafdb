using System.Collections.Immutable;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>A database of the link document, as the account knows it.</summary>
public abstract record FoundDatabase
{
    private FoundDatabase()
    {
    }

    /// <summary>No database of RDS: nothing is known but its name.</summary>
    public sealed record Host : FoundDatabase;

    /// <param name="Nearest">Names of the same kind that are spelt alike.</param>
    /// <param name="OtherKind">What does have that very name: <c>cluster</c> or <c>instance</c>.</param>
    public sealed record Missing(ImmutableArray<string> Nearest, string? OtherKind) : FoundDatabase;

    /// <param name="Arn">Its ARN, which names its Region.</param>
    /// <param name="Engine">Such as <c>postgres</c>, <c>aurora-mysql</c>.</param>
    /// <param name="Status">Of the instance or of the cluster.</param>
    /// <param name="Port">Null while it is being created.</param>
    /// <param name="VpcId">Of its subnet group.</param>
    /// <param name="Places">Its subnet group: where it may live.</param>
    /// <param name="SecurityGroupIds">Its security groups.</param>
    /// <param name="Instances">The instance itself, or the cluster's members.</param>
    /// <param name="MemberOf">For an instance: the cluster that it belongs to.</param>
    /// <param name="ClusterParameters">For a cluster, and for an instance of one.</param>
    /// <param name="HasStandby">For an instance: it is a Multi-AZ one.</param>
    public sealed record Rds(
        string Arn,
        string Engine,
        string Status,
        int? Port,
        string VpcId,
        ImmutableArray<DatabasePlace> Places,
        ImmutableArray<string> SecurityGroupIds,
        ImmutableArray<FoundInstance> Instances,
        string? MemberOf,
        ParameterGroup? ClusterParameters,
        bool HasStandby) : FoundDatabase;
}

public sealed record DatabasePlace(string SubnetId, string Zone);

/// <param name="Identifier">Its name.</param>
/// <param name="Status">Free text, such as <c>available</c>.</param>
/// <param name="Host">The name of its own endpoint; null while it has none.</param>
/// <param name="IsWriter">False for a cluster's readers.</param>
/// <param name="IsPublic">Its name has a public address outside of the VPC.</param>
/// <param name="Parameters">Its own parameter group.</param>
public sealed record FoundInstance(string Identifier, string Status, string? Host, bool IsWriter, bool IsPublic, ParameterGroup? Parameters);

/// <param name="Name">Its name; <c>default.…</c> cannot be changed.</param>
/// <param name="MaxConnectErrors">As it stands in the group; null: the engine's default.</param>
/// <param name="HostCacheSize">As it stands in the group; null: the engine's default.</param>
/// <param name="IsPendingReboot">What stands in the group is not in force before the next reboot.</param>
public sealed record ParameterGroup(string Name, string? MaxConnectErrors, string? HostCacheSize, bool IsPendingReboot)
{
    public bool IsDefault => Name.StartsWith("default.", StringComparison.Ordinal);
}
