using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Availability Zones: those that have a subnet.</summary>
internal sealed class ZoneCalls(Ec2State ec2)
{
    public IEnumerable<Operation> All => [Operation.Reads("DescribeAvailabilityZones", Describe)];

    private Answer Describe(ApiCall call)
    {
        call.DemandInRegion("*");
        call.StopIfDryRun();
        var region = ec2.Cloud.Options.Region;
        var zones = ec2.All<Subnet>().Select(subnet => new Zone(subnet.Zone, subnet.ZoneId)).Distinct().OrderBy(zone => zone.Name, StringComparer.Ordinal);
        var names = call.Form.Texts("ZoneName");
        var ids = call.Form.Texts("ZoneId");
        if (names.Concat(ids).FirstOrDefault(wanted => !zones.Any(zone => zone.Name == wanted || zone.Id == wanted)) is { } unknown)
            throw new AwsErrorException("InvalidParameterValue", $"Invalid availability zone: [{unknown}]");
        var named = zones.Where(zone => (names.IsEmpty || names.Contains(zone.Name, StringComparer.Ordinal)) && (ids.IsEmpty || ids.Contains(zone.Id, StringComparer.Ordinal)));
        return Answer.Of(Xml.List("availabilityZoneInfo", "item", ZoneFilters(region).Apply(named, call.Form), zone => Write(zone, region)));
    }

    private static Filters<Zone> ZoneFilters(string region) => new()
    {
        { "group-name", _ => region + "-zg-1" },
        { "message", static _ => [] },
        { "opt-in-status", static _ => "opt-in-not-required" },
        { "region-name", _ => region },
        { "state", static _ => "available" },
        { "zone-id", static zone => zone.Id },
        { "zone-name", static zone => zone.Name },
        { "zone-type", static _ => "availability-zone" },
    };

    private static IEnumerable<XElement?> Write(Zone zone, string region) =>
    [
        Xml.Of("optInStatus", "opt-in-not-required"),
        Xml.Node("messageSet"),
        Xml.Of("regionName", region),
        Xml.Of("zoneName", zone.Name),
        Xml.Of("zoneId", zone.Id),
        Xml.Of("groupName", region + "-zg-1"),
        Xml.Of("networkBorderGroup", region),
        Xml.Of("zoneType", "availability-zone"),
        Xml.Of("zoneState", "available"),
    ];

    private sealed record Zone(string Name, string Id);
}
