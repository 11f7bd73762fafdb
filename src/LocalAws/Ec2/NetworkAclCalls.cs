using System.Collections.Immutable;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Network ACLs: only looked at here.</summary>
internal sealed class NetworkAclCalls(Ec2State ec2)
{
    public IEnumerable<Operation> All => [Acls.In(ec2)];

    private Listing<NetworkAcl> Acls => new(
        "DescribeNetworkAcls",
        "networkAclSet",
        "NetworkAclId",
        "InvalidNetworkAclID.NotFound",
        "networkAcl ID",
        new(static acl => acl.Tags)
        {
            { "association.network-acl-id", static acl => acl.Id },
            { "association.subnet-id", acl => SubnetsOf(acl) },
            { "default", static acl => Ec2Xml.Text(acl.IsDefault) },
            { "entry.cidr", static acl => Entries(acl).Select(static rule => rule.Cidr) },
            { "entry.egress", static acl => Entries(acl).Select(static rule => Ec2Xml.Text(rule.Egress)) },
            { "entry.protocol", static acl => Entries(acl).Select(static rule => rule.Protocol) },
            { "entry.rule-action", static acl => Entries(acl).Select(Action) },
            { "entry.rule-number", static acl => Entries(acl).Select(static rule => rule.NumberText) },
            { "network-acl-id", static acl => acl.Id },
            { "owner-id", static acl => acl.OwnerId },
            { "vpc-id", static acl => acl.VpcId },
        },
        acl =>
        [
            Xml.List("associationSet", "item", SubnetsOf(acl), subnetId =>
            [
                Xml.Of("networkAclAssociationId", $"aclassoc-{subnetId["subnet-".Length..]}"),
                Xml.Of("networkAclId", acl.Id),
                Xml.Of("subnetId", subnetId),
            ]),
            Xml.List("entrySet", "item", Entries(acl), Write),
            Xml.Of("default", acl.IsDefault),
            Xml.Of("networkAclId", acl.Id),
            Ec2Xml.TagSet(acl.Tags),
            Xml.Of("vpcId", acl.VpcId),
            Xml.Of("ownerId", acl.OwnerId),
        ]);

    private static IEnumerable<XElement?> Write(NetworkAclRule rule) =>
    [
        Xml.Of("cidrBlock", rule.Cidr),
        Xml.Of("egress", rule.Egress),
        rule.FromPort is null ? null : Xml.Node("portRange", Xml.Of("from", rule.FromPort.Value), Xml.Of("to", rule.ToPort!.Value)),
        Xml.Of("protocol", rule.Protocol),
        Xml.Of("ruleAction", Action(rule)),
        Xml.Of("ruleNumber", rule.Number),
    ];

    private static string Action(NetworkAclRule rule) => rule.Allows ? "allow" : "deny";

    private static IEnumerable<NetworkAclRule> Entries(NetworkAcl acl) => acl.Rules
        .Append(new(NetworkAclRule.Last, Egress: true, Allows: false, "-1", "0.0.0.0/0", null, null))
        .Append(new(NetworkAclRule.Last, Egress: false, Allows: false, "-1", "0.0.0.0/0", null, null))
        .OrderBy(static rule => rule.Egress ? 0 : 1)
        .ThenBy(static rule => rule.Number);

    private ImmutableArray<string> SubnetsOf(NetworkAcl acl)
    {
        var given = ec2.All<NetworkAcl>().SelectMany(static other => other.SubnetIds).ToHashSet(StringComparer.Ordinal);
        return acl.IsDefault
            ? [.. acl.SubnetIds.Concat(ec2.All<Subnet>().Where(subnet => subnet.VpcId == acl.VpcId && !given.Contains(subnet.Id)).Select(static subnet => subnet.Id))]
            : acl.SubnetIds;
    }
}
