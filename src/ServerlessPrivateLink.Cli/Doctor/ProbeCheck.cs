using ServerlessPrivateLink.Probing;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether a client in the VPC hears the database through the load balancer.</summary>
internal static class ProbeCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts) => !LetsProbesIn(facts) ? [] : facts.Databases
        .Where(static database => database.Probe is { IsGood: false })
        .Select(static database => new Complaint(
            "probe",
            database.Name,
            ProbeAdvice.What(database.Probe!),
            FormattableString.Invariant($"{database.Probe!.Result}; name {database.Probe.Times.Resolve ?? 0} ms, connection {database.Probe.Times.Connect?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}"),
            ProbeAdvice.Remedy(database.Probe),
            Bearing.Reach));

    /// <summary>Consumers need no inbound rule and a probe does: without one, that it is not let in says nothing of them.</summary>
    public static bool LetsProbesIn(DoctorFacts facts) => facts.Balancer is not { } balancer
        || facts.Network.Rules.Any(rule => !rule.Egress && balancer.GroupIds.Contains(rule.GroupId, StringComparer.Ordinal));
}
