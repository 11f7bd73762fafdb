using System.Collections.Immutable;
using System.Net;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Whether the load balancer's subnets have a route to what lies outside the VPC; within it the local route leads everywhere.</summary>
internal static class RouteCheck
{
    public static IEnumerable<Complaint> Of(DoctorFacts facts)
    {
        if (facts.Balancer is not { } balancer) yield break;

        foreach (var database in facts.Databases)
        {
            foreach (var target in database.Targets.Where(target => target.Fact.Health != "healthy" && target.Place.SubnetId is null && !IsWithin(facts.Network.VpcCidrs, target.Place.Address)).Take(1))
            {
                ImmutableArray<string> without = [.. balancer.Fact.Zones.Select(zone => TableOf(facts, zone.SubnetId)).OfType<TableFact>().Where(table => !LeadsTo(table, target.Place.Address)).Select(static table => table.Id).Distinct(StringComparer.Ordinal)];
                if (without.IsEmpty) continue;
                yield return new(
                    "route",
                    database.Name,
                    $"The load balancer's subnets have no route to {database.Name}.",
                    $"{string.Join(", ", without)} has no active route for {target.Fact.Address}",
                    $"aws ec2 create-route --route-table-id {without[0]} --destination-cidr-block {target.Fact.Address}/32 with the transit gateway, peering or VPN that leads there; and a route back, for the load balancer's subnets",
                    Bearing.Cause);
            }
        }
    }

    private static TableFact? TableOf(DoctorFacts facts, string subnetId) =>
        facts.Network.Tables.FirstOrDefault(table => table.SubnetIds.Contains(subnetId, StringComparer.Ordinal)) ?? facts.Network.Tables.FirstOrDefault(static table => table.IsMain);

    // The longest prefix decides, also when it leads nowhere; what a prefix list holds is not read, so nothing is claimed of it.
    private static bool LeadsTo(TableFact table, IPAddress address)
    {
        if (table.Routes.Any(static route => route.Destination is null)) return true;

        return table.Routes
            .Where(route => IsWithin([route.Destination!], address))
            .OrderByDescending(static route => int.Parse(route.Destination!.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault() is { IsActive: true };
    }

    private static bool IsWithin(ImmutableArray<string> cidrs, IPAddress address) =>
        Ipv4Block.TryFrom(address, out var number) && cidrs.Any(cidr => Ipv4Block.TryParse(cidr, out var block) && block.Contains(number));
}
