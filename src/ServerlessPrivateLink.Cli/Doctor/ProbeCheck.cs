using ServerlessPrivateLink.Probing;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether a client in the VPC hears the database through the load balancer.</summary>
internal static class ProbeCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts) => facts.Databases
        .Where(static database => database.Probe is { IsGood: false })
        .Select(static database => new Complaint(
            "probe",
            database.Name,
            ProbeAdvice.What(database.Probe!),
            FormattableString.Invariant($"{database.Probe!.Result}; name {database.Probe.Times.Resolve ?? 0} ms, connection {database.Probe.Times.Connect?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}"),
            ProbeAdvice.Remedy(database.Probe),
            Bearing.Reach));
}
