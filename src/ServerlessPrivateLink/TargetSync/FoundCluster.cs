using System.Collections.Immutable;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>A cluster as RDS describes it now.</summary>
public sealed record FoundCluster(string Name, ImmutableArray<FoundMember> Members);

/// <param name="Name">The instance.</param>
/// <param name="Host">Its own endpoint, which leads to this member whatever its role; null while it has none.</param>
/// <param name="IsWriter">Its role.</param>
public sealed record FoundMember(string Name, string? Host, bool IsWriter);
