using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>How a complaint bears on the others.</summary>
internal enum Bearing
{
    /// <summary>It explains none of the others, and none of them explains it.</summary>
    Apart,

    /// <summary>What it says keeps traffic from the database.</summary>
    Cause,

    /// <summary>The load balancer finds the database unhealthy.</summary>
    Health,

    /// <summary>A client does not reach the database.</summary>
    Reach,
}

/// <summary>Something that is broken.</summary>
/// <param name="Check">Which check found it.</param>
/// <param name="Database">Of which database; null: of the whole link.</param>
/// <param name="What">One sentence.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Bearing">How it bears on the others.</param>
internal sealed record Complaint(string Check, string? Database, string What, string Evidence, string Fix, Bearing Bearing)
{
    /// <summary>Those that no other explains: a database behind a closed door is unhealthy, and only the door is worth a word.</summary>
    public static ImmutableArray<Complaint> Unexplained(ImmutableArray<Complaint> all) => [.. all.Where(one => !all.Any(one.IsExplainedBy))];

    private bool IsExplainedBy(Complaint other) =>
        Bearing is not Bearing.Apart && other.Bearing is not Bearing.Apart && other.Bearing < Bearing && (other.Database is null || other.Database == Database);
}
