using System.Collections.Immutable;
using System.Net;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <param name="Number">The lowest that fits decides.</param>
/// <param name="Egress">Whether it is about what leaves.</param>
/// <param name="Allows">Or refuses.</param>
/// <param name="Protocol"><c>6</c> is TCP, <c>-1</c> all.</param>
/// <param name="Cidr">The other side; null: IPv6.</param>
/// <param name="FromPort">The first port; null: every.</param>
/// <param name="ToPort">The last port.</param>
public sealed record AclRule(int Number, bool Egress, bool Allows, string Protocol, string? Cidr, int? FromPort, int? ToPort)
{
    /// <summary>What no other rule is for is refused.</summary>
    public static AclRule Last(bool egress) => new(32_767, egress, Allows: false, "-1", "0.0.0.0/0", null, null);

    internal bool IsFor(bool egress, IPAddress peer) =>
        Egress == egress && Protocol is "-1" or "6" && Cidr is { } cidr && Ipv4Block.TryParse(cidr, out var block) && Ipv4Block.TryFrom(peer, out var number) && block.Contains(number);

    internal bool IsFor(int port) => FromPort is null || (FromPort <= port && port <= ToPort);
}

/// <summary>Decides what a network ACL lets pass (Amazon VPC User Guide, "Network ACL rules"): the rule with the lowest number that fits decides.</summary>
public static class AclRules
{
    public const int FirstEphemeral = 1024;
    public const int LastEphemeral = 65_535;

    /// <summary>
    /// The rule that refuses TCP to one of some ports; null: all pass. Of several it is the one with the lowest number: what comes before that
    /// comes before them all.
    /// </summary>
    /// <param name="rules">The rules of one ACL.</param>
    /// <param name="egress">Whether it leaves the subnet.</param>
    /// <param name="peer">The other side.</param>
    /// <param name="from">The first port.</param>
    /// <param name="to">The last port.</param>
    public static AclRule? Refusal(ImmutableArray<AclRule> rules, bool egress, IPAddress peer, int from, int to)
    {
        ImmutableArray<AclRule> fitting = [.. rules.Where(rule => rule.IsFor(egress, peer)).OrderBy(static rule => rule.Number), AclRule.Last(egress)];
        // Where one rule's range begins or ends, another may decide.
        return fitting.SelectMany(static rule => new[] { rule.FromPort ?? 0, (rule.ToPort ?? LastEphemeral) + 1 })
            .Append(from)
            .Where(port => from <= port && port <= to)
            .Select(port => fitting.First(rule => rule.IsFor(port)))
            .Where(static rule => !rule.Allows)
            .MinBy(static rule => rule.Number);
    }
}
