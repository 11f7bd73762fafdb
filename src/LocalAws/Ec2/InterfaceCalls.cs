using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Network interfaces that services of AWS keep: only looked at here.</summary>
internal sealed class InterfaceCalls(Ec2State ec2)
{
    public IEnumerable<Operation> All => [Interfaces.In(ec2)];

    private Listing<NetworkInterface> Interfaces => new(
        "DescribeNetworkInterfaces",
        "networkInterfaceSet",
        "NetworkInterfaceId",
        "InvalidNetworkInterfaceID.NotFound",
        "networkInterface ID",
        new(static face => face.Tags)
        {
            { "addresses.private-ip-address", static face => face.Address.ToString() },
            { "availability-zone", static face => face.Subnet.Zone },
            { "availability-zone-id", static face => face.Subnet.ZoneId },
            { "description", static face => face.Description },
            { "group-id", static face => face.GroupIds },
            { "group-name", face => face.GroupIds.Select(GroupName) },
            { "interface-type", static face => face.Type },
            { "network-interface-id", static face => face.Id },
            { "owner-id", _ => ec2.Cloud.Options.AccountId },
            { "private-ip-address", static face => face.Address.ToString() },
            { "requester-id", static face => face.RequesterId },
            { "requester-managed", static _ => "true" },
            { "source-dest-check", static _ => "false" },
            { "status", static _ => "in-use" },
            { "subnet-id", static face => face.Subnet.Id },
            { "vpc-id", static face => face.Subnet.VpcId },
        },
        face =>
        [
            Xml.Node("attachment", Xml.Of("attachmentId", "ela-attach-" + face.Id["eni-".Length..]), Xml.Of("deleteOnTermination", false), Xml.Of("deviceIndex", 1), Xml.Of("instanceOwnerId", face.RequesterId), Xml.Of("status", "attached")),
            Xml.Of("availabilityZone", face.Subnet.Zone),
            Xml.Of("description", face.Description),
            Xml.List("groupSet", "item", face.GroupIds, id => [Xml.Of("groupId", id), Xml.Of("groupName", GroupName(id))]),
            Xml.Of("interfaceType", face.Type),
            Xml.Of("networkInterfaceId", face.Id),
            Xml.Of("ownerId", ec2.Cloud.Options.AccountId),
            Xml.Of("privateIpAddress", face.Address.ToString()),
            Xml.List("privateIpAddressesSet", "item", [face.Address], address => [Xml.Of("primary", true), Xml.Of("privateIpAddress", address.ToString())]),
            Xml.Of("requesterId", face.RequesterId),
            Xml.Of("requesterManaged", true),
            Xml.Of("sourceDestCheck", false),
            Xml.Of("status", "in-use"),
            Xml.Of("subnetId", face.Subnet.Id),
            Ec2Xml.TagSet(face.Tags),
            Xml.Of("vpcId", face.Subnet.VpcId),
            Xml.Of("availabilityZoneId", face.Subnet.ZoneId),
        ]);

    private string GroupName(string id) => ec2.Find<SecurityGroup>(id)?.Name ?? id;
}
