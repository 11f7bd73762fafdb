using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Release;

public sealed record RevokeDatabaseIngressInput(string Link, string MadeBy);

public sealed record RevokeDatabaseIngressOutput(int Revoked);

/// <summary>Closes the databases' security groups again: by rule id, and only rules that carry the link's tags.</summary>
public sealed partial class RevokeDatabaseIngress(IAmazonEC2 ec2, StackSettings settings, TimeProvider clock, ILogger<RevokeDatabaseIngress> log)
{
    [LambdaFunction]
    public async Task<RevokeDatabaseIngressOutput> Handle(RevokeDatabaseIngressInput input, ILambdaContext context)
    {
        using var deadline = context.Deadline(clock);
        var rules = await ec2.IngressRulesOfAsync(new(settings.Stack, input.Link, input.MadeBy), deadline.Token);
        foreach (var rule in rules) await RevokeAsync(rule, deadline.Token);
        return new(rules.Length);
    }

    private async Task RevokeAsync(SecurityGroupRule rule, CancellationToken token)
    {
        try
        {
            await ec2.RevokeSecurityGroupIngressAsync(new RevokeSecurityGroupIngressRequest { GroupId = rule.GroupId, SecurityGroupRuleIds = [rule.SecurityGroupRuleId] }, token);
            LogRevoked(log, rule.SecurityGroupRuleId, rule.GroupId);
        }
        catch (AmazonEC2Exception answer) when (answer.ErrorCode is "InvalidSecurityGroupRuleId.NotFound" or "InvalidPermission.NotFound")
        {
            LogGone(log, rule.SecurityGroupRuleId, rule.GroupId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Revoked the rule {RuleId} of {GroupId}")]
    private static partial void LogRevoked(ILogger logger, string ruleId, string groupId);

    [LoggerMessage(Level = LogLevel.Information, Message = "The rule {RuleId} of {GroupId} is gone already")]
    private static partial void LogGone(ILogger logger, string ruleId, string groupId);
}
