using System.Collections.Immutable;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using ServerlessPrivateLink.Cli.Doctor;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class AclRulesTests
{
    private static readonly IPAddress Peer = IPAddress.Parse("10.20.64.61");

    private static readonly AclRule All = new(100, Egress: false, Allows: true, "-1", "0.0.0.0/0", null, null);

    private static readonly string?[] Blocks = ["0.0.0.0/0", "10.20.64.0/18", "10.20.64.61/32", "10.20.128.0/18", "10.20.64.60/32", null];

    // Ports near one another, so that ranges touch, meet and part.
    private static Gen<AclRule> Rules => from number in Gen.Choose(1, 12)
                                         from egress in ArbMap.Default.GeneratorFor<bool>()
                                         from allows in ArbMap.Default.GeneratorFor<bool>()
                                         from protocol in Gen.Elements("-1", "6", "6", "6", "17")
                                         from cidr in Gen.Elements(Blocks)
                                         from ports in Gen.Two(Gen.Choose(0, 14))
                                         select protocol == "-1"
                                             ? new AclRule(number, egress, allows, protocol, cidr, null, null)
                                             : new AclRule(number, egress, allows, protocol, cidr, Math.Min(ports.Item1, ports.Item2), Math.Max(ports.Item1, ports.Item2));

    private static Gen<(ImmutableArray<AclRule> Rules, bool Egress, int From, int To)> Questions =>
        from rules in Rules.ListOf()
        from egress in ArbMap.Default.GeneratorFor<bool>()
        from ports in Gen.Two(Gen.Choose(0, 14))
        select (
            // No two rules of one direction have a number in common.
            rules.DistinctBy(static rule => (rule.Egress, rule.Number)).ToImmutableArray(),
            egress,
            Math.Min(ports.Item1, ports.Item2),
            Math.Max(ports.Item1, ports.Item2));

    [Fact]
    public void The_lowest_number_decides_in_whatever_order_the_rules_come()
    {
        var deny = All with { Number = 90, Allows = false };

        Assert.Equal(deny, Refusal([All, deny], 5432, 5432));
        Assert.Null(Refusal([deny with { Number = 110 }, All], 5432, 5432));
    }

    [Fact]
    public void What_no_rule_is_for_is_refused()
    {
        Assert.Equal(AclRule.Last(egress: false), Refusal([], 5432, 5432));
        Assert.Equal(AclRule.Last(egress: false), Refusal([All with { Egress = true }, All with { Cidr = null }, All with { Protocol = "17" }, All with { Cidr = "10.20.128.0/18" }], 5432, 5432));
        Assert.Null(Refusal([All with { Protocol = "6", FromPort = 5432, ToPort = 5432 }], 5432, 5432));
    }

    [Theory]
    [InlineData(AclRules.FirstEphemeral, AclRules.FirstEphemeral, true)]
    [InlineData(AclRules.LastEphemeral, AclRules.LastEphemeral, true)]
    [InlineData(40_000, 40_000, true)]
    [InlineData(0, AclRules.FirstEphemeral - 1, false)]
    public void An_answer_may_go_to_any_ephemeral_port(int from, int to, bool refuses)
    {
        var deny = new AclRule(90, Egress: false, Allows: false, "6", "10.20.64.0/18", from, to);

        Assert.Equal(refuses ? deny : null, Refusal([All, deny], AclRules.FirstEphemeral, AclRules.LastEphemeral));
    }

    [Fact]
    public void Of_several_refusals_the_first_is_told_so_that_a_rule_before_it_is_before_all()
    {
        ImmutableArray<AclRule> rules = [new(50, false, true, "6", "0.0.0.0/0", 1024, 5000), new(60, false, false, "6", "0.0.0.0/0", 6000, 7000)];

        Assert.Equal(60, Refusal(rules, AclRules.FirstEphemeral, AclRules.LastEphemeral)?.Number);
    }

    [Fact]
    public void It_is_the_first_refusal_that_asking_for_every_port_finds() => Prop.ForAll(Questions.ToArbitrary(), static question =>
        AclRules.Refusal(question.Rules, question.Egress, Peer, question.From, question.To) == PortByPort(question.Rules, question.Egress, question.From, question.To)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_before_the_refusal_that_allows_the_ports_lets_all_of_them_pass() => Prop.ForAll(Questions.ToArbitrary(), static question =>
        AclRules.Refusal(question.Rules, question.Egress, Peer, question.From, question.To) is not { } refusal
        || AclRules.Refusal([.. question.Rules, new(refusal.Number - 1, question.Egress, true, "6", "10.20.64.61/32", question.From, question.To)], question.Egress, Peer, question.From, question.To) is null
        || question.Rules.Any(rule => rule.Egress == question.Egress && rule.Number == refusal.Number - 1)).QuickCheckThrowOnFailure();

    private static AclRule? Refusal(ImmutableArray<AclRule> rules, int from, int to) => AclRules.Refusal(rules, egress: false, Peer, from, to);

    /// <summary>Slow, and plain: each port for itself goes down the list, as the User Guide says.</summary>
    private static AclRule? PortByPort(ImmutableArray<AclRule> rules, bool egress, int from, int to)
    {
        AclRule? first = null;
        for (var port = from; port <= to; port++)
        {
            var verdict = AclRule.Last(egress);
            foreach (var rule in rules)
            {
                if (rule.Egress != egress || rule.Number >= verdict.Number) continue;
                if (rule.Protocol is not ("-1" or "6") || rule.Cidr is null or "10.20.128.0/18" or "10.20.64.60/32") continue;
                if (rule.Protocol == "6" && (port < rule.FromPort || port > rule.ToPort)) continue;
                verdict = rule;
            }

            if (!verdict.Allows && (first is null || verdict.Number < first.Number)) first = verdict;
        }

        return first;
    }
}
