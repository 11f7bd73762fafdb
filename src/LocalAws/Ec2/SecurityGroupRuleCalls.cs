using System.Collections.Immutable;
using System.Xml.Linq;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>The rules of security groups.</summary>
internal sealed class SecurityGroupRuleCalls(Ec2State ec2)
{
    public IEnumerable<Operation> All =>
    [
        Rules.In(ec2),
        Operation.Writes("AuthorizeSecurityGroupIngress", Authorize),
        Operation.Writes("RevokeSecurityGroupIngress", Revoke),
    ];

    private Listing<SecurityGroupRule> Rules => new(
        "DescribeSecurityGroupRules",
        "securityGroupRuleSet",
        "SecurityGroupRuleId",
        "InvalidSecurityGroupRuleId.NotFound",
        "security group rule ID",
        new(static rule => rule.Tags)
        {
            { "group-id", static rule => rule.GroupId },
            { "security-group-rule-id", static rule => rule.Id },
        },
        Write);

    private static IEnumerable<XElement?> WriteShort(SecurityGroupRule rule) =>
    [
        Xml.Of("securityGroupRuleId", rule.Id),
        Xml.Of("groupId", rule.GroupId),
        Xml.Of("isEgress", rule.Egress),
        Xml.Of("ipProtocol", rule.Spec.Protocol),
        Xml.Of("fromPort", rule.Spec.FromPort ?? -1),
        Xml.Of("toPort", rule.Spec.ToPort ?? -1),
        Peer("cidrIpv4", rule, PeerKind.Cidr),
        Peer("cidrIpv6", rule, PeerKind.CidrIpv6),
        Peer("prefixListId", rule, PeerKind.PrefixList),
        Xml.Of("description", rule.Spec.Description),
    ];

    private IEnumerable<XElement?> Write(SecurityGroupRule rule) =>
    [
        .. WriteShort(rule),
        Xml.Of("groupOwnerId", rule.GroupOwnerId),
        rule.Spec.Kind is PeerKind.Group
            ? Xml.Node("referencedGroupInfo", Xml.Of("groupId", rule.Spec.Peer), Xml.Of("userId", rule.Spec.PeerOwnerId ?? rule.GroupOwnerId), Xml.Of("vpcId", ec2.Find<SecurityGroup>(rule.Spec.Peer)?.VpcId))
            : null,
        Ec2Xml.TagSet(rule.Tags),
        Xml.Of("securityGroupRuleArn", ec2.Arn("security-group-rule", rule.Id)),
    ];

    private static XElement? Peer(string name, SecurityGroupRule rule, PeerKind kind) => rule.Spec.Kind == kind ? Xml.Of(name, rule.Spec.Peer) : null;

    private Answer Authorize(ApiCall call)
    {
        var groupId = call.Form.Required("GroupId");
        var wanted = RulePermissions.Read(call.Form, ec2.Cloud.Options.AccountId);
        var tags = TagRules.Specified(call.Form, "security-group-rule");
        call.DemandOn(ec2, "security-group", groupId);
        if (tags.Any)
            call.DemandCreate(ec2, "security-group-rule", tags);
        call.StopIfDryRun();
        var group = Group(groupId);
        var present = Ingress(group);
        // github.com/hashicorp/terraform-provider-aws, issue 29492.
        if (wanted.Index().Any(one => wanted.Take(one.Index).Any(one.Item.IsSameAs)))
            throw new AwsErrorException("InvalidParameterValue", "The same permission must not appear multiple times");
        foreach (var rule in wanted)
            Check(rule, present);
        if (present.Length + wanted.Length > ec2.Cloud.Quotas.RulesPerSecurityGroup)
            throw new AwsErrorException("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.");
        ImmutableArray<SecurityGroupRule> made = [.. wanted.Select(rule => ec2.AddRule(group, egress: false, rule))];
        foreach (var rule in made)
        {
            rule.Tags = tags;
            rule.ShownFrom = ec2.Cloud.Visibility.OfNew();
        }

        return Answer.Of(Xml.Of("return", true), Xml.List("securityGroupRuleSet", "item", made, Write));
    }

    private void Check(RuleSpec rule, ImmutableArray<SecurityGroupRule> present)
    {
        if (rule.Kind is PeerKind.Group && rule.PeerOwnerId == ec2.Cloud.Options.AccountId)
            Group(rule.Peer);
        if (present.Any(other => other.Spec.IsSameAs(rule)))
            throw new AwsErrorException("InvalidPermission.Duplicate", $"the specified rule \"{rule.Text}\" already exists");
    }

    private Answer Revoke(ApiCall call)
    {
        var groupId = call.Form.Required("GroupId");
        var ids = call.Form.Texts("SecurityGroupRuleId");
        var wanted = ids.IsEmpty ? RulePermissions.Read(call.Form, ec2.Cloud.Options.AccountId) : [];
        call.DemandOn(ec2, "security-group", groupId);
        call.StopIfDryRun();
        var present = Ingress(Group(groupId));
        ImmutableArray<SecurityGroupRule> gone =
        [
            .. ids.Select(id => present.FirstOrDefault(rule => rule.Id == id) ?? throw Rules.NotFound(id)),
            .. wanted.Select(spec => present.FirstOrDefault(rule => rule.Spec.IsSameAs(spec))
                ?? throw new AwsErrorException("InvalidPermission.NotFound", "The specified rule does not exist in this security group.")),
        ];
        foreach (var rule in gone)
            ec2.Remove(rule.Id);
        return Answer.Of(Xml.Of("return", true), Xml.List("revokedSecurityGroupRuleSet", "item", gone, WriteRevoked));
    }

    private static IEnumerable<XElement?> WriteRevoked(SecurityGroupRule rule) => [.. WriteShort(rule), Peer("referencedGroupId", rule, PeerKind.Group)];

    private ImmutableArray<SecurityGroupRule> Ingress(SecurityGroup group) =>
        [.. ec2.All<SecurityGroupRule>().Where(rule => rule.GroupId == group.Id && !rule.Egress)];

    private SecurityGroup Group(string id) =>
        ec2.FindShown<SecurityGroup>(id) ?? throw new AwsErrorException("InvalidGroup.NotFound", $"The security group '{id}' does not exist");
}
