using System.Collections.Immutable;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether consumers find an endpoint service that leads to the load balancer, and somebody may ask to connect.</summary>
internal static class ServiceCheck
{
    private const string Name = "service";

    public static IEnumerable<Complaint> Of(DoctorFacts facts)
    {
        if (facts.Service is not { } service)
        {
            yield return Broken("The link has no endpoint service.", "none carries its tags", "Build it: privatelink up LINK.json");
            yield break;
        }

        if (service.State != "Available")
            yield return Broken("The endpoint service is not available.", $"{service.ServiceId} is {service.State}", "Wait until EC2 has finished with it, or build it again: privatelink up LINK.json");
        if (facts.Balancer is { } balancer && !service.LoadBalancerArns.Contains(balancer.Fact.Arn, StringComparer.Ordinal))
            yield return Broken("The endpoint service does not lead to the link's load balancer.", $"{service.ServiceId} leads to {Listed(service.LoadBalancerArns)}", $"Put it back: privatelink repair {facts.Name}");
        if (!service.AcceptanceRequired)
            yield return Broken("The endpoint service accepts every request by itself.", $"{service.ServiceId} requires no acceptance", $"Put it back: privatelink repair {facts.Name}");
        if (service.Principals.IsEmpty)
            yield return Broken("Nobody may ask for a connection.", $"{service.ServiceId} has no allowed principal", $"Put back what the document says: privatelink repair {facts.Name}");
    }

    private static string Listed(ImmutableArray<string> arns) => arns.IsEmpty ? "none" : string.Join(", ", arns);

    private static Complaint Broken(string what, string evidence, string fix) => new(Name, null, what, evidence, fix, Bearing.Apart);
}
