using System.Globalization;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>VPCs and subnets: only looked at here.</summary>
internal sealed class NetworkCalls(Ec2State ec2)
{
    public IEnumerable<Operation> All => [Vpcs.In(ec2), Subnets.In(ec2)];

    private static Listing<Vpc> Vpcs => new(
        "DescribeVpcs",
        "vpcSet",
        "VpcId",
        "InvalidVpcID.NotFound",
        "vpc ID",
        new(static vpc => vpc.Tags)
        {
            { "cidr", static vpc => vpc.Cidrs[0] },
            { "cidr-block-association.cidr-block", static vpc => vpc.Cidrs },
            { "cidr-block-association.association-id", static vpc => vpc.Cidrs.Select((_, place) => Association(vpc, place)) },
            { "cidr-block-association.state", static _ => "associated" },
            { "dhcp-options-id", static vpc => vpc.DhcpOptionsId },
            { "ipv6-cidr-block-association.ipv6-cidr-block", static vpc => vpc.Ipv6Cidrs },
            { "is-default", static vpc => Ec2Xml.Text(vpc.IsDefault) },
            { "owner-id", static vpc => vpc.OwnerId },
            { "state", static vpc => vpc.State },
            { "vpc-id", static vpc => vpc.Id },
        },
        static vpc =>
        [
            Xml.Of("ownerId", vpc.OwnerId),
            Xml.Of("instanceTenancy", "default"),
            Xml.List("ipv6CidrBlockAssociationSet", "item", vpc.Ipv6Cidrs, cidr =>
                [Xml.Of("ipv6CidrBlock", cidr), Xml.Node("ipv6CidrBlockState", Xml.Of("state", "associated"))]),
            Xml.List("cidrBlockAssociationSet", "item", vpc.Cidrs.Index(), entry =>
            [
                Xml.Of("associationId", Association(vpc, entry.Index)),
                Xml.Of("cidrBlock", entry.Item),
                Xml.Node("cidrBlockState", Xml.Of("state", "associated")),
            ]),
            Xml.Of("isDefault", vpc.IsDefault),
            Ec2Xml.TagSet(vpc.Tags),
            Xml.Of("vpcId", vpc.Id),
            Xml.Of("state", vpc.State),
            Xml.Of("cidrBlock", vpc.Cidrs[0]),
            Xml.Of("dhcpOptionsId", vpc.DhcpOptionsId),
        ]);

    private Listing<Subnet> Subnets => new(
        "DescribeSubnets",
        "subnetSet",
        "SubnetId",
        "InvalidSubnetID.NotFound",
        "subnet ID",
        new(static subnet => subnet.Tags)
        {
            { "availability-zone", static subnet => subnet.Zone },
            { "availabilityZone", static subnet => subnet.Zone },
            { "availability-zone-id", static subnet => subnet.ZoneId },
            { "availabilityZoneId", static subnet => subnet.ZoneId },
            { "available-ip-address-count", static subnet => subnet.FreeAddresses.ToString(CultureInfo.InvariantCulture) },
            { "cidr", static subnet => subnet.CidrBlock },
            { "cidr-block", static subnet => subnet.CidrBlock },
            { "cidrBlock", static subnet => subnet.CidrBlock },
            { "default-for-az", static subnet => Ec2Xml.Text(subnet.DefaultForAz) },
            { "defaultForAz", static subnet => Ec2Xml.Text(subnet.DefaultForAz) },
            { "ipv6-native", static _ => "false" },
            { "map-public-ip-on-launch", static subnet => Ec2Xml.Text(subnet.MapPublicIpOnLaunch) },
            { "owner-id", static subnet => subnet.OwnerId },
            { "state", static subnet => subnet.State },
            { "subnet-arn", subnet => Arn(subnet) },
            { "subnet-id", static subnet => subnet.Id },
            { "vpc-id", static subnet => subnet.VpcId },
        },
        subnet =>
        [
            Xml.Of("availabilityZoneId", subnet.ZoneId),
            Xml.Of("mapCustomerOwnedIpOnLaunch", false),
            Xml.Of("ownerId", subnet.OwnerId),
            Xml.Of("assignIpv6AddressOnCreation", false),
            Xml.Node("ipv6CidrBlockAssociationSet"),
            Ec2Xml.TagSet(subnet.Tags),
            Xml.Of("subnetArn", Arn(subnet)),
            Xml.Of("enableDns64", false),
            Xml.Of("ipv6Native", false),
            Xml.Of("subnetId", subnet.Id),
            Xml.Of("state", subnet.State),
            Xml.Of("vpcId", subnet.VpcId),
            Xml.Of("cidrBlock", subnet.CidrBlock),
            Xml.Of("availableIpAddressCount", subnet.FreeAddresses),
            Xml.Of("availabilityZone", subnet.Zone),
            Xml.Of("defaultForAz", subnet.DefaultForAz),
            Xml.Of("mapPublicIpOnLaunch", subnet.MapPublicIpOnLaunch),
        ]);

    private static string Association(Vpc vpc, int place) =>
        $"vpc-cidr-assoc-{vpc.Id["vpc-".Length..]}" + (place == 0 ? "" : place.ToString(CultureInfo.InvariantCulture));

    private string Arn(Subnet subnet) =>
        $"arn:{ec2.Cloud.Options.Partition}:ec2:{ec2.Cloud.Options.Region}:{subnet.OwnerId}:subnet/{subnet.Id}";
}
