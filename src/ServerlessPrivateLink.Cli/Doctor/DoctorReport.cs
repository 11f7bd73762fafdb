using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>What the doctor says of a link.</summary>
/// <param name="Link">The link.</param>
/// <param name="Healthy">Nothing is broken.</param>
/// <param name="Findings">What is broken, without what follows from it.</param>
/// <param name="Heard">What each database said to a client in the VPC.</param>
/// <param name="Notes">What a person should know though it is not broken.</param>
/// <param name="Skipped">What was not looked at, and why.</param>
public sealed record DoctorReport(string Link, bool Healthy, ImmutableArray<DoctorFinding> Findings, ImmutableArray<string> Heard, ImmutableArray<string> Notes, ImmutableArray<string> Skipped)
{
    /// <summary>0 when nothing is broken.</summary>
    internal int ExitCode => Healthy ? Cli.ExitCode.Done : Cli.ExitCode.Failed;
}

/// <summary>Something that is broken.</summary>
/// <param name="Check">Which check found it.</param>
/// <param name="Database">Of which database; null: of the whole link.</param>
/// <param name="What">One sentence.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="Fix">What to do.</param>
public sealed record DoctorFinding(string Check, string? Database, string What, string Evidence, string Fix);
