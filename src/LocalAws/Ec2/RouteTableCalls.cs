using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Route tables: only looked at here.</summary>
internal sealed class RouteTableCalls(Ec2State ec2)
{
    public IEnumerable<Operation> All => [RouteTables.In(ec2)];

    private static Listing<RouteTable> RouteTables => new(
        "DescribeRouteTables",
        "routeTableSet",
        "RouteTableId",
        "InvalidRouteTableID.NotFound",
        "routeTable ID",
        new(static table => table.Tags)
        {
            { "association.gateway-id", static table => table.Associations.Select(use => use.GatewayId) },
            { "association.main", static table => table.Associations.Select(use => Ec2Xml.Text(use.Main)) },
            { "association.route-table-association-id", static table => table.Associations.Select(use => use.Id) },
            { "association.route-table-id", static table => table.Associations.Select(_ => table.Id) },
            { "association.subnet-id", static table => table.Associations.Select(use => use.SubnetId) },
            { "owner-id", static table => table.OwnerId },
            { "route-table-id", static table => table.Id },
            { "route.destination-cidr-block", static table => Fields(table, "DestinationCidrBlock") },
            { "route.destination-ipv6-cidr-block", static table => Fields(table, "DestinationIpv6CidrBlock") },
            { "route.destination-prefix-list-id", static table => Fields(table, "DestinationPrefixListId") },
            { "route.egress-only-internet-gateway-id", static table => Fields(table, "EgressOnlyInternetGatewayId") },
            { "route.gateway-id", static table => Fields(table, "GatewayId") },
            { "route.instance-id", static table => Fields(table, "InstanceId") },
            { "route.nat-gateway-id", static table => Fields(table, "NatGatewayId") },
            { "route.origin", static table => Fields(table, "Origin") },
            { "route.state", static table => Fields(table, "State") },
            { "route.transit-gateway-id", static table => Fields(table, "TransitGatewayId") },
            { "route.vpc-peering-connection-id", static table => Fields(table, "VpcPeeringConnectionId") },
            { "vpc-id", static table => table.VpcId },
        },
        static table =>
        [
            Xml.List("associationSet", "item", table.Associations, use =>
            [
                Xml.Of("main", use.Main),
                Xml.Of("routeTableAssociationId", use.Id),
                Xml.Of("routeTableId", table.Id),
                Xml.Of("subnetId", use.SubnetId),
                Xml.Of("gatewayId", use.GatewayId),
                Xml.Node("associationState", Xml.Of("state", "associated")),
            ]),
            Xml.Node("propagatingVgwSet"),
            Xml.Of("routeTableId", table.Id),
            Xml.List("routeSet", "item", table.Routes, route => route.Fields.Select(entry => Xml.Of(char.ToLowerInvariant(entry.Key[0]) + entry.Key[1..], entry.Value))),
            Ec2Xml.TagSet(table.Tags),
            Xml.Of("vpcId", table.VpcId),
            Xml.Of("ownerId", table.OwnerId),
        ]);

    private static IEnumerable<string?> Fields(RouteTable table, string field) => table.Routes.Select(route => route.Fields.GetValueOrDefault(field));
}
