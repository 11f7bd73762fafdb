using System.Collections.Immutable;

namespace ServerlessPrivateLink.TargetSync;

/// <summary>Where a database is now, as far as that could be learnt.</summary>
/// <param name="Addresses">Addresses that may be targets, each once.</param>
/// <param name="Doubts">What could not be learnt, and why. While there is one, nothing is taken away.</param>
public sealed record Whereabouts(ImmutableArray<string> Addresses, ImmutableArray<Doubt> Doubts)
{
    public static Whereabouts Of(IEnumerable<string> addresses, params IEnumerable<Doubt> doubts) =>
        new([.. addresses.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. doubts]);
}

/// <summary>A question about a database that got no usable answer.</summary>
/// <param name="Rule">Which rule kept the answer from being used.</param>
/// <param name="Reason">One phrase for people.</param>
public sealed record Doubt(SyncRule Rule, string Reason);

/// <summary>Why a sync changes less than it was asked to.</summary>
public enum SyncRule
{
    /// <summary>RDS does not know the database, or no member of the cluster is its writer.</summary>
    DatabaseUnknown,

    /// <summary>The name does not exist, or its answer holds no address.</summary>
    NameWithoutAddress,

    /// <summary>The resolver did not answer in time.</summary>
    ResolverSilent,

    /// <summary>The address lies where no target of this database may lie.</summary>
    AddressNotAllowed,

    /// <summary>More targets than one run may remove.</summary>
    TooManyRemovals,
}
