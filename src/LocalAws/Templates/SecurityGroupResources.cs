using System.Text.RegularExpressions;

namespace LocalAws.Templates;

internal static partial class SecurityGroupResources
{
    public static Made Group(Deployment deployment, string id, Properties properties)
    {
        var group = new SecurityGroupSettings(
            id,
            deployment.Cloud.Chance.Id("sg"),
            properties.OptionalText("GroupName") ?? deployment.NewName(id, 255),
            Described(properties, "GroupDescription") ?? throw new TemplateException(properties.At("GroupDescription"), "nothing", "text"),
            properties.Text("VpcId"),
            [.. properties.Groups("SecurityGroupIngress").Select(rule => Rule(rule, "Source"))],
            properties.Json("SecurityGroupEgress") is null ? null : [.. properties.Groups("SecurityGroupEgress").Select(rule => Rule(rule, "Destination"))],
            properties.TagList("Tags"));
        deployment.Made.SecurityGroups[id] = group;
        return Made.Of(group.GroupId, ("GroupId", group.GroupId), ("Id", group.GroupId), ("VpcId", group.VpcId));
    }

    public static Made Ingress(Deployment deployment, string id, Properties properties)
    {
        var group = Find(deployment, properties);
        deployment.Made.SecurityGroups[group.LogicalId] = group with { Ingress = group.Ingress.Add(Rule(properties, "Source")) };
        return Made.Of(id);
    }

    /// <summary>The first rule given takes the place of the one that lets everything out.</summary>
    public static Made Egress(Deployment deployment, string id, Properties properties)
    {
        var group = Find(deployment, properties);
        deployment.Made.SecurityGroups[group.LogicalId] = group with { Egress = (group.Egress ?? []).Add(Rule(properties, "Destination")) };
        return Made.Of(id);
    }

    private static SecurityGroupSettings Find(Deployment deployment, Properties properties)
    {
        var groupId = properties.Text("GroupId");
        return deployment.Made.SecurityGroups.Values.FirstOrDefault(group => group.GroupId == groupId)
            ?? throw new TemplateException(properties.At("GroupId"), groupId, "a security group of this template");
    }

    private static SecurityRuleSettings Rule(Properties rule, string end)
    {
        var read = new SecurityRuleSettings(
            rule.Text("IpProtocol"),
            rule.Number("FromPort", -1, 65_535),
            rule.Number("ToPort", -1, 65_535),
            rule.OptionalText("CidrIp"),
            rule.OptionalText("CidrIpv6"),
            rule.OptionalText($"{end}SecurityGroupId"),
            rule.OptionalText($"{end}PrefixListId"),
            Described(rule, "Description"));
        return new[] { read.CidrIp, read.CidrIpv6, read.GroupId, read.PrefixListId }.Count(source => source is not null) == 1
            ? read
            : throw new TemplateException(rule.Path, "none or several", $"exactly one of CidrIp, CidrIpv6, {end}SecurityGroupId, {end}PrefixListId");
    }

    private static string? Described(Properties properties, string name) => properties.OptionalText(name) is not { } text || Descriptions().IsMatch(text)
        ? properties.OptionalText(name)
        : throw new TemplateException(properties.At(name), text, "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, 255 at most");

    /// <summary>AWS CloudFormation Template Reference, AWS::EC2::SecurityGroup: what EC2 takes as a description.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Descriptions();
}
