using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning;

public sealed record AuthorizeDatabaseIngressInput(
    string Link,
    Ingress Ingress,
    ImmutableArray<PlannedSubnet> Subnets,
    string SecurityGroupId,
    ImmutableArray<Exposure> Exposures,
    string MadeBy);

public sealed record AuthorizeDatabaseIngressOutput(ImmutableArray<LeftoverRule> Leftovers);

/// <summary>The one step that changes what others made: it adds tagged rules to the databases' own security groups.</summary>
public sealed partial class AuthorizeDatabaseIngress(
    IAmazonEC2 ec2,
    StackSettings settings,
    TimeProvider clock,
    ILogger<AuthorizeDatabaseIngress> log)
{
    [LambdaFunction]
    public async Task<AuthorizeDatabaseIngressOutput> Handle(AuthorizeDatabaseIngressInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var owner = new Owner(settings.Stack, input.Link);
        var wanted = IngressPlan.Wanted(input.Ingress, input.Exposures, input.SecurityGroupId, input.Subnets);
        var plan = IngressPlan.Between(owner, wanted, await ReadAsync(owner, wanted, deadline.Token));
        foreach (var rule in plan.Add) await AddAsync(owner, rule, input.MadeBy, deadline.Token);
        return new(plan.Leftovers);
    }

    private async Task<ImmutableArray<FoundRule>> ReadAsync(Owner owner, ImmutableArray<IngressRule> wanted, CancellationToken token)
    {
        var ours = await ec2.SecurityGroupRulesAsync(
            [Ec2Reads.Filter($"tag:{ResourceTags.Stack}", owner.Stack), Ec2Reads.Filter($"tag:{ResourceTags.Link}", owner.Link)],
            token);
        var groups = wanted.Select(static rule => rule.GroupId).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var standing = groups.IsEmpty ? [] : await ec2.SecurityGroupRulesAsync([Ec2Reads.Filter("group-id", groups)], token);
        return [.. ours.Concat(standing)
            .Where(static rule => rule.IsEgress is not true)
            .DistinctBy(static rule => rule.SecurityGroupRuleId, StringComparer.Ordinal)
            .Select(static rule => new FoundRule(
                rule.SecurityGroupRuleId,
                rule.GroupId,
                rule.IpProtocol,
                rule.FromPort ?? 0,
                rule.ToPort ?? 0,
                rule.ReferencedGroupInfo?.GroupId ?? rule.CidrIpv4 ?? "",
                rule.Tags.Read()))];
    }

    private async Task AddAsync(Owner owner, IngressRule rule, string madeBy, CancellationToken token)
    {
        var description = $"ServerlessPrivateLink link {owner.Link}";
        var permission = new IpPermission { IpProtocol = "tcp", FromPort = rule.Port, ToPort = rule.Port };
        if (rule.SourceIsGroup) permission.UserIdGroupPairs = [new() { GroupId = rule.Source, Description = description }];
        else permission.Ipv4Ranges = [new() { CidrIp = rule.Source, Description = description }];
        try
        {
            await ec2.AuthorizeSecurityGroupIngressAsync(
                new AuthorizeSecurityGroupIngressRequest
                {
                    GroupId = rule.GroupId,
                    IpPermissions = [permission],
                    TagSpecifications = owner.Tags((ResourceTags.Database, rule.Database)).Marked(madeBy).OnCreate(ResourceType.SecurityGroupRule),
                },
                token);
            LogAdded(log, rule.GroupId, rule.Port, rule.Source);
        }
        catch (AmazonEC2Exception answer) when (answer.ErrorCode == "InvalidPermission.Duplicate")
        {
            LogStanding(log, rule.GroupId, rule.Port, rule.Source);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Security group {GroupId} now admits {Source} on port {Port}")]
    private static partial void LogAdded(ILogger logger, string groupId, int port, string source);

    [LoggerMessage(Level = LogLevel.Information, Message = "Security group {GroupId} admits {Source} on port {Port} already")]
    private static partial void LogStanding(ILogger logger, string groupId, int port, string source);
}
