using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LocalAws.Ec2;

namespace LocalAws.Accounts;

/// <summary>VPCs, subnets and route tables from the CLI's JSON.</summary>
internal sealed class NetworkLoader(Cloud cloud)
{
    public void Load(CliDocument vpcs, CliDocument subnets, CliDocument? routeTables)
    {
        foreach (var vpc in vpcs.RequiredList("Vpcs"))
            Add(vpc, ReadVpc(vpc), "VpcId");
        foreach (var subnet in subnets.RequiredList("Subnets"))
            Add(subnet, ReadSubnet(subnet), "SubnetId");
        foreach (var table in routeTables?.RequiredList("RouteTables") ?? [])
            Add(table, ReadTable(table), "RouteTableId");
        foreach (var vpc in cloud.Ec2.All<Vpc>().ToList().Where(vpc => !cloud.Ec2.All<RouteTable>().Any(table => table.VpcId == vpc.Id)))
            cloud.Ec2.Add(MainTable(vpc));
        foreach (var vpc in cloud.Ec2.All<Vpc>().ToList())
            cloud.Ec2.Add(NetworkAcl.Default(cloud.Chance.Apart(vpc.Id).Id("acl"), vpc));
    }

    private void Add<T>(CliDocument at, T resource, string idField)
        where T : Ec2Resource
    {
        if (cloud.Ec2.Find<Ec2Resource>(resource.Id) is not null)
            throw new AccountFormatException($"{at.File}: {at.Path}.{idField}: found \"{resource.Id}\" for the second time, needed each once.");
        cloud.Ec2.Add(resource);
    }

    private Vpc ReadVpc(CliDocument vpc)
    {
        var primary = Block(vpc, "CidrBlock");
        var others = vpc.List("CidrBlockAssociationSet")
            .Where(association => (string?)association.Object["CidrBlockState"]?["State"] is null or "associated")
            .Select(association => Block(association, "CidrBlock"));
        return new(vpc.Required("VpcId"), vpc.Text("OwnerId") ?? cloud.Options.AccountId, [.. others.Prepend(primary).Distinct(StringComparer.Ordinal)])
        {
            Ipv6Cidrs = [.. vpc.List("Ipv6CidrBlockAssociationSet").Select(association => association.Text("Ipv6CidrBlock")).OfType<string>()],
            State = vpc.Text("State") ?? "available",
            IsDefault = vpc.Flag("IsDefault"),
            DhcpOptionsId = vpc.Text("DhcpOptionsId") ?? "default",
            Tags = vpc.Tags("Tags"),
        };
    }

    private Subnet ReadSubnet(CliDocument subnet)
    {
        var cidr = Block(subnet, "CidrBlock");
        var zone = subnet.Required("AvailabilityZone");
        var vpcId = subnet.Required("VpcId");
        if (cloud.Ec2.Find<Vpc>(vpcId) is null)
            throw new AccountFormatException($"{subnet.File}: {subnet.Path}.VpcId: found \"{vpcId}\", needed a VPC that is in describe-vpcs.json.");
        return new(
            subnet.Required("SubnetId"),
            vpcId,
            cidr,
            zone,
            subnet.Text("AvailabilityZoneId") ?? ZoneIds.Guess(zone),
            subnet.Text("OwnerId") ?? cloud.Options.AccountId,
            subnet.Number("AvailableIpAddressCount") ?? (int)Math.Min(Cidr.Size(Cidr.Parse(cidr)!.Value) - 5, int.MaxValue))
        {
            State = subnet.Text("State") ?? "available",
            MapPublicIpOnLaunch = subnet.Flag("MapPublicIpOnLaunch"),
            DefaultForAz = subnet.Flag("DefaultForAz"),
            Tags = subnet.Tags("Tags"),
        };
    }

    private RouteTable ReadTable(CliDocument table) => new(
        table.Required("RouteTableId"),
        table.Required("VpcId"),
        table.Text("OwnerId") ?? cloud.Options.AccountId,
        [.. table.List("Routes").Select(ReadRoute)],
        [.. table.List("Associations").Select(use => new RouteTableAssociation(
            use.Text("RouteTableAssociationId") ?? cloud.Chance.Id("rtbassoc"),
            use.Flag("Main"),
            use.Text("SubnetId"),
            use.Text("GatewayId")))])
    {
        Tags = table.Tags("Tags"),
    };

    private static Route ReadRoute(CliDocument route) => new(route.Object
        .Where(field => field.Value is JsonValue value && value.TryGetValue<string>(out _))
        .ToImmutableSortedDictionary(field => field.Key, field => field.Value!.GetValue<string>(), StringComparer.Ordinal));

    /// <summary>Every VPC has a main table; without routes to elsewhere it keeps traffic inside.</summary>
    private RouteTable MainTable(Vpc vpc) => new(
        cloud.Chance.Id("rtb"),
        vpc.Id,
        vpc.OwnerId,
        [.. vpc.Cidrs.Select(cidr => new Route(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("DestinationCidrBlock", cidr),
            KeyValuePair.Create("GatewayId", "local"),
            KeyValuePair.Create("Origin", "CreateRouteTable"),
            KeyValuePair.Create("State", "active"),
        ])))],
        [new(cloud.Chance.Id("rtbassoc"), true, null, null)]);

    private static string Block(CliDocument at, string name) =>
        Cidr.Canonical(at.Required(name), AddressFamily.InterNetwork) ?? throw at.At(name).Wrong("an IPv4 CIDR block such as 10.0.0.0/16");
}

/// <summary>Zone ids, for files made by a CLI too old to print them.</summary>
internal static class ZoneIds
{
    /// <summary><c>eu-central-1a</c> gives <c>euc1-az1</c>: the form is right, the number is a guess, since accounts map zones differently.</summary>
    public static string Guess(string zone)
    {
        var parts = zone.Split('-');
        return parts.Length == 3 ? $"{parts[0]}{parts[1][0]}{parts[2][..^1]}-az{zone[^1] - 'a' + 1}" : zone;
    }
}
