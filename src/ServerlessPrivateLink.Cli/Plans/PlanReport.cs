using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Plans;

/// <summary>What a provisioning run would do.</summary>
/// <param name="Link">The link's name.</param>
/// <param name="Changes">The calls that it would make, without those that only read.</param>
/// <param name="Warnings">What a person should know though nothing is refused.</param>
/// <param name="Skipped">What could not be looked at, and why.</param>
/// <param name="UsdBefore">What the link costs each month as it stands; null: nobody asked.</param>
/// <param name="UsdAfter">What it would cost.</param>
public sealed record PlanReport(
    string Link,
    ImmutableArray<PlannedCall> Changes,
    ImmutableArray<string> Warnings,
    ImmutableArray<string> Skipped,
    decimal? UsdBefore,
    decimal? UsdAfter)
{
    /// <summary>For pipelines.</summary>
    public int ExitCode => Changes.IsEmpty ? Cli.ExitCode.Done : Cli.ExitCode.Changes;
}
