using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Everything that can keep a consumer from its database, from the service to the database.</summary>
internal static class Checks
{
    private static readonly ImmutableArray<Func<DoctorFacts, IEnumerable<Complaint>>> All =
    [
        ServiceCheck.Of, ZoneCheck.Of, BalancerCheck.Of, ListenerCheck.Of, GroupCheck.Of, AclCheck.Of, RouteCheck.Of, TargetCheck.Of, ProbeCheck.Of,
    ];

    /// <summary>What is broken, without what follows from it.</summary>
    public static ImmutableArray<Complaint> Of(DoctorFacts facts) => Complaint.Unexplained([.. All.SelectMany(check => check(facts))]);
}
