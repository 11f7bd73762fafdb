using System.Globalization;
using System.Text.RegularExpressions;
using LocalAws.Wire;

namespace LocalAws.Ec2;

/// <summary>Security groups themselves.</summary>
internal sealed partial class SecurityGroupCalls(Ec2State ec2)
{
    public IEnumerable<Operation> All =>
    [
        Groups.In(ec2),
        Operation.Writes("CreateSecurityGroup", Create),
        Operation.Writes("DeleteSecurityGroup", Delete),
    ];

    private Listing<SecurityGroup> Groups => new(
        "DescribeSecurityGroups",
        "securityGroupInfo",
        "GroupId",
        "InvalidGroup.NotFound",
        "security group",
        GroupFilters,
        group =>
        [
            Xml.Of("groupId", group.Id),
            RulePermissions.Write("ipPermissionsEgress", Rules(group, egress: true), VpcOf),
            Ec2Xml.TagSet(group.Tags),
            Xml.Of("vpcId", group.VpcId),
            Xml.Of("securityGroupArn", ec2.Arn("security-group", group.Id)),
            Xml.Of("ownerId", group.OwnerId),
            Xml.Of("groupName", group.Name),
            Xml.Of("groupDescription", group.Description),
            RulePermissions.Write("ipPermissions", Rules(group, egress: false), VpcOf),
        ]);

    private Filters<SecurityGroup> GroupFilters
    {
        get
        {
            var filters = new Filters<SecurityGroup>(static group => group.Tags)
            {
                { "description", static group => group.Description },
                { "group-id", static group => group.Id },
                { "group-name", static group => group.Name },
                { "owner-id", static group => group.OwnerId },
                { "vpc-id", static group => group.VpcId },
            };
            foreach (var (prefix, egress) in new[] { ("ip-permission.", false), ("egress.ip-permission.", true) })
            {
                filters.Add(prefix + "cidr", group => Peers(group, egress, PeerKind.Cidr));
                filters.Add(prefix + "ipv6-cidr", group => Peers(group, egress, PeerKind.CidrIpv6));
                filters.Add(prefix + "group-id", group => Peers(group, egress, PeerKind.Group));
                filters.Add(prefix + "group-name", group => Peers(group, egress, PeerKind.Group).Select(id => ec2.Find<SecurityGroup>(id)?.Name));
                filters.Add(prefix + "prefix-list-id", group => Peers(group, egress, PeerKind.PrefixList));
                filters.Add(prefix + "from-port", group => Rules(group, egress).Select(rule => rule.Spec.FromPort?.ToString(CultureInfo.InvariantCulture)));
                filters.Add(prefix + "to-port", group => Rules(group, egress).Select(rule => rule.Spec.ToPort?.ToString(CultureInfo.InvariantCulture)));
                filters.Add(prefix + "protocol", group => Rules(group, egress).Select(rule => rule.Spec.Protocol));
                filters.Add(prefix + "user-id", group => Rules(group, egress).Where(rule => rule.Spec.Kind is PeerKind.Group).Select(rule => rule.Spec.PeerOwnerId ?? rule.GroupOwnerId));
            }

            return filters;
        }
    }

    private IEnumerable<SecurityGroupRule> Rules(SecurityGroup group, bool egress) =>
        ec2.Shown<SecurityGroupRule>().Where(rule => rule.GroupId == group.Id && rule.Egress == egress);

    private IEnumerable<string> Peers(SecurityGroup group, bool egress, PeerKind kind) =>
        Rules(group, egress).Where(rule => rule.Spec.Kind == kind).Select(rule => rule.Spec.Peer);

    private string? VpcOf(string groupId) => ec2.Find<SecurityGroup>(groupId)?.VpcId;

    private Answer Create(ApiCall call)
    {
        var name = call.Form.Required("GroupName");
        var description = call.Form.Required("GroupDescription");
        var vpcId = call.Form.Required("VpcId");
        var tags = TagRules.Specified(call.Form, "security-group");
        CheckText("groupName", name);
        CheckText("groupDescription", description);
        if (name.StartsWith("sg-", StringComparison.Ordinal))
            throw new AwsErrorException("InvalidParameterValue", $"Invalid value '{name}' for groupName. Group names may not be in the format sg-*.");
        call.DemandCreate(ec2, "security-group", tags);
        call.DemandOn(ec2, "vpc", vpcId);
        call.StopIfDryRun();
        if (ec2.Find<Vpc>(vpcId) is null)
            throw new AwsErrorException("InvalidVpcID.NotFound", $"The vpc ID '{vpcId}' does not exist");
        if (ec2.All<SecurityGroup>().Any(group => group.VpcId == vpcId && group.Name == name))
            throw new AwsErrorException("InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpcId}'");
        // EC2 API Reference, "Error codes for the Amazon EC2 API".
        if (ec2.All<SecurityGroup>().Count() >= ec2.Cloud.Quotas.SecurityGroups)
            throw new AwsErrorException("SecurityGroupLimitExceeded", "You've reached the limit on the number of security groups that you can create.");
        var made = ec2.AddNew(new SecurityGroup(ec2.Cloud.Chance.Id("sg"), name, description, vpcId, ec2.Cloud.Options.AccountId) { Tags = tags });
        ec2.AddRule(made, egress: true, RuleSpec.Everywhere);
        return Answer.Of(Xml.Of("groupId", made.Id), Ec2Xml.TagSet(tags), Xml.Of("securityGroupArn", ec2.Arn("security-group", made.Id)));
    }

    private Answer Delete(ApiCall call)
    {
        var id = call.Form.Required("GroupId");
        call.DemandOn(ec2, "security-group", id);
        call.StopIfDryRun();
        var group = ec2.FindShown<SecurityGroup>(id) ?? throw Groups.NotFound(id);
        if (group.Name == "default")
            throw new AwsErrorException("CannotDelete", $"the specified group: \"{id}\" name: \"default\" cannot be deleted by a user");
        var inUse = ec2.All<NetworkInterface>().Any(face => face.GroupIds.Contains(id, StringComparer.Ordinal))
            || ec2.All<SecurityGroupRule>().Any(rule => rule.GroupId != id && rule.Spec.Kind is PeerKind.Group && rule.Spec.Peer == id);
        if (inUse)
            throw new AwsErrorException("DependencyViolation", $"resource {id} has a dependent object");
        foreach (var rule in ec2.All<SecurityGroupRule>().Where(rule => rule.GroupId == id).ToList())
            ec2.Remove(rule.Id);
        ec2.Remove(id);
        return Answer.Of(Xml.Of("return", true), Xml.Of("groupId", id));
    }

    private static void CheckText(string parameter, string text)
    {
        if (!Allowed().IsMatch(text))
            throw new AwsErrorException("InvalidParameterValue", $"Value ({text}) for parameter {parameter} is invalid. Character sets beyond ASCII are not supported.");
    }

    [GeneratedRegex(@"^[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{1,255}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Allowed();
}
