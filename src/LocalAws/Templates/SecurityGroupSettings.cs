using System.Collections.Immutable;

namespace LocalAws.Templates;

/// <summary>A security group as the template describes it.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="GroupId">Its id.</param>
/// <param name="GroupName">Its name.</param>
/// <param name="Description">Its description.</param>
/// <param name="VpcId">Its VPC.</param>
/// <param name="Ingress">What it lets in.</param>
/// <param name="Egress">What it lets out; null: AWS's default, everything.</param>
/// <param name="Tags">Its tags.</param>
public sealed record SecurityGroupSettings(
    string LogicalId,
    string GroupId,
    string GroupName,
    string Description,
    string VpcId,
    ImmutableArray<SecurityRuleSettings> Ingress,
    ImmutableArray<SecurityRuleSettings>? Egress,
    Tags Tags);

/// <summary>One rule of a security group; exactly one of the four sources is given.</summary>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c>, <c>icmp</c>, … or <c>-1</c> for all.</param>
/// <param name="FromPort">The first port; null where ports mean nothing.</param>
/// <param name="ToPort">The last port.</param>
/// <param name="CidrIp">IPv4 addresses.</param>
/// <param name="CidrIpv6">IPv6 addresses.</param>
/// <param name="GroupId">Another group.</param>
/// <param name="PrefixListId">A prefix list.</param>
/// <param name="Description">Its description.</param>
public sealed record SecurityRuleSettings(
    string Protocol,
    int? FromPort,
    int? ToPort,
    string? CidrIp,
    string? CidrIpv6,
    string? GroupId,
    string? PrefixListId,
    string? Description);
