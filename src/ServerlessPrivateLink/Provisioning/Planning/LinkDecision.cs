using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Probing;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>The plan of a link, or everything that speaks against it.</summary>
public sealed record LinkDecision(LinkPlan? Plan, ImmutableArray<Finding.Refusal> Refusals)
{
    public static LinkDecision Of(Link link, AccountFacts facts, StackSettings stack)
    {
        if (facts.Vpc is not { } vpc)
        {
            return new(null, [new(RefusalCode.VpcNotFound, "$", $"The stack's VPC {stack.VpcId} is not in {stack.Region} of account {stack.AccountId}.",
                "Update the stack with the parameter VpcId set to a VPC that is.")]);
        }

        var choice = SubnetRule.Choose(link, facts, stack);
        var exposed = Exposed(link, facts, stack);
        var exposures = exposed.Select(static one => one.Exposure).ToImmutableArray();
        ImmutableArray<Finding> findings =
        [
            .. link.Databases.SelectMany((database, index) => DatabaseRule.Of(database, Entry(index), facts.Databases[index], stack)),
            .. ListenerPortRule.Of([.. exposed.Select(static one => (one.Entry, one.Exposure))]),
            .. choice.Findings,
            .. exposed.SelectMany(one => OfSecurityGroup(one, link.Ingress, facts, choice.Subnets, vpc, stack)),
            .. StandingRule.Of(link.Name, exposures, facts.Standing, facts.Quotas, stack),
            .. ConsumerRule.Of(link.Consumers, facts.KnownRegions),
        ];

        ImmutableArray<Finding.Refusal> refusals = [.. findings.OfType<Finding.Refusal>()];
        return refusals.IsEmpty
            ? new(new LinkPlan(link.Name, vpc.VpcId, vpc.Cidrs, choice.Subnets, exposures, link.Consumers, ForeignRegions(link, stack), link.Ingress, link.OnRemoval, "", (int)link.AwaitConnection.TotalSeconds,
                [.. findings.OfType<Finding.Warning>().Select(static warning => warning.Text)], stack.ProbedGroupId), [])
            : new(null, refusals);
    }

    // A database whose port is not known is refused anyway, and has no part in what is judged together.
    private static ImmutableArray<ExposedDatabase> Exposed(Link link, AccountFacts facts, StackSettings stack) =>
        [.. link.Databases.SelectMany((database, index) => ExposureOf(database, facts.Databases[index], facts, stack) is { } exposure
            ? (ExposedDatabase[])[new(Entry(index), exposure, facts.Databases[index])]
            : [])];

    private static Exposure? ExposureOf(Database database, FoundDatabase found, AccountFacts facts, StackSettings stack)
    {
        var rds = found as FoundDatabase.Rds;
        return (database.Port ?? rds?.Port) is { } port
            ? new Exposure(DatabaseRule.NameOf(database), database.Kind, DatabaseRule.HostsOf(database, found), port, database.ListenerPort ?? port,
                rds is null ? [] : SecurityGroupRule.Opened(rds, facts.SecurityGroups, stack), database.AllowedCidrs, database.KeepsStandby,
                rds is null ? DatabaseProtocols.OfPort(port) : DatabaseProtocols.OfEngine(rds.Engine))
            : null;
    }

    private static IEnumerable<Finding> OfSecurityGroup(ExposedDatabase exposed, Ingress ingress, AccountFacts facts, ImmutableArray<PlannedSubnet> subnets, FoundVpc vpc, StackSettings stack) =>
        exposed.Found is FoundDatabase.Rds rds && rds.VpcId == stack.VpcId
            ? SecurityGroupRule.Of(
                $"{exposed.Entry}.{DatabaseRule.FieldOf(exposed.Exposure.Kind)}",
                exposed.Exposure,
                rds,
                facts.SecurityGroups,
                subnets.IsEmpty ? vpc.Cidrs : [.. subnets.Select(static subnet => subnet.Cidr)],
                ingress is Ingress.SubnetCidrs ? subnets.Length : 1,
                stack)
            : [];

    private static ImmutableArray<string> ForeignRegions(Link link, StackSettings stack) =>
        [.. link.Consumers.SelectMany(static consumer => consumer.Rule.Regions).Where(region => region != stack.Region).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Entry(int index) => string.Create(CultureInfo.InvariantCulture, $"$.databases[{index}]");

    private sealed record ExposedDatabase(string Entry, Exposure Exposure, FoundDatabase Found);
}
