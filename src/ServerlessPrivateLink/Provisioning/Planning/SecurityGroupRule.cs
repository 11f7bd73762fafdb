using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>
/// Which of a database's security groups is opened. One that admits the load balancer is enough, so it is one, the first by id, that this account owns
/// and that the stack's parameter lists, if it lists any.
/// A group of another account cannot be changed from here; it is fine when its owner has admitted the load balancer's subnets already.
/// </summary>
public static class SecurityGroupRule
{
    // "Amazon VPC quotas", inbound or outbound rules per security group. It can be raised, and only Service Quotas knows.
    private const int UsualRules = 60;

    public static ImmutableArray<string> Opened(FoundDatabase.Rds database, ImmutableArray<FoundSecurityGroup> groups, StackSettings stack)
    {
        var own = Of(database, groups).Where(group => group.OwnerId == stack.AccountId && MayOpen(stack, group)).Select(static group => group.GroupId).Order(StringComparer.Ordinal).Take(1);
        return [.. own];
    }

    public static IEnumerable<Finding> Of(
        string path,
        Exposure exposure,
        FoundDatabase.Rds database,
        ImmutableArray<FoundSecurityGroup> groups,
        ImmutableArray<string> sources,
        int newRules,
        StackSettings stack)
    {
        var found = Of(database, groups).OrderBy(static group => group.GroupId, StringComparer.Ordinal).ToImmutableArray();
        if (found.IsEmpty)
        {
            var kind = database.Arn.Contains(":cluster:", StringComparison.Ordinal) ? "cluster" : "instance";
            yield return new Finding.Refusal(RefusalCode.SecurityGroupNotFound, path,
                $"{exposure.Database} has no security group that could be read ({string.Join(", ", database.SecurityGroupIds)}).",
                $"Give it one of the VPC {stack.VpcId}, with: aws rds modify-db-{kind} --region {stack.Region} --vpc-security-group-ids …");
        }
        else if (exposure.SecurityGroupIds.IsEmpty)
        {
            var closed = sources.Where(cidr => !found.Any(group => Admits(group, cidr, exposure.Port))).ToImmutableArray();
            var own = found.FirstOrDefault(group => group.OwnerId == stack.AccountId);
            if (closed.IsEmpty)
            {
                var why = own is null ? $"is account {found[0].OwnerId}'s" : "is not among those that the stack may open";
                yield return new Finding.Warning($"{exposure.Database}: its security group {(own ?? found[0]).GroupId} {why} and admits the load balancer already; it is left as it is.");
            }
            else
            {
                yield return own is null ? OfOther(path, exposure, found[0], closed, stack) : Unlisted(path, exposure, own, stack);
            }
        }
        else if (found.First(group => group.GroupId == exposure.SecurityGroupIds[0]) is var opened && Rules(opened) + newRules > UsualRules)
        {
            yield return new Finding.Warning(string.Create(CultureInfo.InvariantCulture,
                $"{opened.GroupId} of {exposure.Database} has {Rules(opened)} inbound rules, and the quota is {UsualRules} unless AWS raised it; opening it may fail."));
        }
    }

    private static IEnumerable<FoundSecurityGroup> Of(FoundDatabase.Rds database, ImmutableArray<FoundSecurityGroup> groups) =>
        groups.Where(group => database.SecurityGroupIds.Contains(group.GroupId, StringComparer.Ordinal));

    private static int Rules(FoundSecurityGroup group) => group.Inbound.Sum(static rule => rule.Cidrs.Length + rule.OtherSources);

    private static bool Admits(FoundSecurityGroup group, string cidr, int port) => Ipv4Block.TryParse(cidr, out var subnet)
        && group.Inbound.Any(rule => rule.Admits(port) && rule.Cidrs.Any(text => Ipv4Block.TryParse(text, out var block) && block.Contains(subnet)));

    private static bool MayOpen(StackSettings stack, FoundSecurityGroup group) =>
        stack.DatabaseSecurityGroups.IsEmpty || stack.DatabaseSecurityGroups.Any(arn => arn.EndsWith($"/{group.GroupId}", StringComparison.Ordinal));

    private static Finding.Refusal Unlisted(string path, Exposure exposure, FoundSecurityGroup group, StackSettings stack)
    {
        var arn = $"arn:{stack.Partition}:ec2:{stack.Region}:{stack.AccountId}:security-group/{group.GroupId}";
        return new(RefusalCode.SecurityGroupNotListed, path,
            $"{exposure.Database}: the stack may open only the security groups that its parameter DatabaseSecurityGroups lists, and {group.GroupId} is not among them.",
            $"Update the stack {stack.Stack} with DatabaseSecurityGroups={string.Join(',', stack.DatabaseSecurityGroups.Add(arn))}");
    }

    private static Finding.Refusal OfOther(string path, Exposure exposure, FoundSecurityGroup group, ImmutableArray<string> closed, StackSettings stack)
    {
        var ranges = string.Join(',', closed.Select(static cidr => $"{{CidrIp={cidr}}}"));
        return new(RefusalCode.SecurityGroupOfOtherAccount, path,
            $"{exposure.Database}: its security group {group.GroupId} is account {group.OwnerId}'s, and cannot be opened from here.",
            string.Create(CultureInfo.InvariantCulture,
                $"Ask account {group.OwnerId} to run: aws ec2 authorize-security-group-ingress --region {stack.Region} --group-id {group.GroupId} ")
            + string.Create(CultureInfo.InvariantCulture, $"--ip-permissions 'IpProtocol=tcp,FromPort={exposure.Port},ToPort={exposure.Port},IpRanges=[{ranges}]'"));
    }
}
