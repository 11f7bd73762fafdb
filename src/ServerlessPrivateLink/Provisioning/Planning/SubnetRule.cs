using System.Collections.Immutable;
using System.Globalization;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>The load balancer's subnets, and what is to be said about them.</summary>
public sealed record SubnetChoice(ImmutableArray<PlannedSubnet> Subnets, ImmutableArray<Finding> Findings);

/// <summary>
/// One subnet in every zone where a database may live, not only where it is now: a target in a zone that the load balancer does not have is never used,
/// with cross-zone load balancing too. A zone that the load balancer has keeps its subnet, since consumers' endpoints hang on the network interface there.
/// </summary>
public static class SubnetRule
{
    // "Availability Zones for your Network Load Balancer", considerations.
    public const int FreeAddresses = 8;

    public static SubnetChoice Choose(Link link, AccountFacts facts, StackSettings stack)
    {
        var needs = Needs(link, facts, stack);
        return link.SubnetIds.IsEmpty ? ChooseFreely(needs, facts, stack) : TakeNamed(link, needs, facts, stack);
    }

    private sealed record Need(string Zone, string Path, string Database, ImmutableArray<string> SubnetIds);

    private static ImmutableArray<Need> Needs(Link link, AccountFacts facts, StackSettings stack) =>
    [
        .. link.Databases.Zip(facts.Databases).SelectMany((pair, index) => pair.Second is FoundDatabase.Rds rds && rds.VpcId == stack.VpcId
                ? rds.Places.Select(place => (place, path: Path(index, pair.First), name: pair.First.Name))
                : [])
            .GroupBy(static entry => entry.place.Zone, StringComparer.Ordinal)
            .OrderBy(static zone => zone.Key, StringComparer.Ordinal)
            .Select(static zone => new Need(zone.Key, zone.First().path, zone.First().name, [.. zone.Select(static entry => entry.place.SubnetId).Distinct(StringComparer.Ordinal)])),
    ];

    private static string Path(int index, Database database) => string.Create(CultureInfo.InvariantCulture, $"$.databases[{index}].{DatabaseRule.FieldOf(database.Kind)}");

    private static SubnetChoice ChooseFreely(ImmutableArray<Need> needs, AccountFacts facts, StackSettings stack)
    {
        var (chosen, findings) = (Standing(facts).ToDictionary(static subnet => subnet.Zone, StringComparer.Ordinal), new List<Finding>());
        foreach (var need in needs.Where(need => !chosen.ContainsKey(need.Zone)))
        {
            if (facts.OtherZones.Contains(need.Zone))
            {
                findings.Add(new Finding.Warning(
                    $"{need.Database} may live in {need.Zone}, where no network load balancer can stand; the zone is left out, and the link does not reach a database there."));
                continue;
            }

            var candidates = facts.Subnets.Where(subnet => subnet.Zone == need.Zone && (Names(need.SubnetIds, subnet) || Names(stack.SubnetIds, subnet))).ToImmutableArray();
            var best = candidates.Where(subnet => Obstacle(subnet, facts, stack) is null)
                .OrderByDescending(subnet => Names(need.SubnetIds, subnet))
                .ThenByDescending(static subnet => subnet.FreeAddresses)
                .ThenBy(static subnet => subnet.SubnetId, StringComparer.Ordinal)
                .FirstOrDefault();
            if (best is not null) chosen.Add(need.Zone, best);
            else findings.Add(WithoutSubnet(need, candidates, facts, stack));
        }

        AddForHosts(chosen, facts, stack);
        if (chosen.Count == 0 && findings.Count == 0 && facts.Databases.All(database => database is FoundDatabase.Host || (database is FoundDatabase.Rds rds && rds.VpcId == stack.VpcId)))
        {
            findings.Add(new Finding.Refusal(RefusalCode.ZoneWithoutSubnet, "$.subnetIds",
                "No subnet for the load balancer is known: none comes from an RDS database, and none of the stack's can be used.",
                $"Name one subnet of {stack.VpcId} per zone in \"subnetIds\", each with {FreeAddresses} free addresses."));
        }

        return Chosen(chosen.Values, findings);
    }

    // A host may live in any zone; the stack's own subnets are the best guess there is.
    private static void AddForHosts(Dictionary<string, FoundSubnet> chosen, AccountFacts facts, StackSettings stack)
    {
        if (!facts.Databases.Any(static database => database is FoundDatabase.Host)) return;

        foreach (var subnet in facts.Subnets.Where(subnet => Names(stack.SubnetIds, subnet) && Obstacle(subnet, facts, stack) is null)
            .OrderByDescending(static subnet => subnet.FreeAddresses).ThenBy(static subnet => subnet.SubnetId, StringComparer.Ordinal))
        {
            chosen.TryAdd(subnet.Zone, subnet);
        }
    }

    private static SubnetChoice TakeNamed(Link link, ImmutableArray<Need> needs, AccountFacts facts, StackSettings stack)
    {
        var (ids, chosen, findings) = (link.SubnetIds, new Dictionary<string, FoundSubnet>(StringComparer.Ordinal), new List<Finding>());
        foreach (var (index, id) in ids.Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$.subnetIds[{index}]");
            if (facts.Subnets.FirstOrDefault(one => one.SubnetId == id) is not { } subnet)
            {
                findings.Add(new Finding.Refusal(RefusalCode.SubnetNotFound, path, $"There is no subnet {id} in {stack.Region} of account {stack.AccountId}.",
                    $"Name one of {stack.VpcId}: aws ec2 describe-subnets --region {stack.Region} --filters Name=vpc-id,Values={stack.VpcId}"));
            }
            else if (Obstacle(subnet, facts, stack) is { } obstacle)
            {
                findings.Add(Refuse(path, subnet, obstacle, stack));
            }
            else if (!chosen.TryAdd(subnet.Zone, subnet))
            {
                findings.Add(new Finding.Refusal(RefusalCode.ZoneTwice, path,
                    $"{id} is in {subnet.Zone}, as {chosen[subnet.Zone].SubnetId} is, and a load balancer takes one subnet per zone.", "Take one of the two out."));
            }
        }

        var named = facts.Subnets.Where(subnet => Names(ids, subnet)).Select(static subnet => subnet.Zone).Concat(facts.OtherZones).ToHashSet(StringComparer.Ordinal);
        findings.AddRange(needs.Where(need => !named.Contains(need.Zone)).Select(static need => new Finding.Refusal(RefusalCode.ZoneWithoutSubnet, "$.subnetIds",
            $"{need.Database} may live in {need.Zone}, and \"subnetIds\" names no subnet there.", $"Add a subnet of {need.Zone}, or leave \"subnetIds\" out.")));
        findings.AddRange(Standing(facts).Where(kept => !Names(ids, kept)).Select(kept => InUse(link, kept)));
        return Chosen(chosen.Values, findings);
    }

    private static bool Names(ImmutableArray<string> ids, FoundSubnet subnet) => ids.Contains(subnet.SubnetId, StringComparer.Ordinal);

    // "Update the Availability Zones for your Network Load Balancer": no subnet goes while an endpoint service uses the load balancer, and none is swapped in one change.
    private static Finding.Refusal InUse(Link link, FoundSubnet subnet) => new(RefusalCode.SubnetInUse, "$.subnetIds",
        $"The link's load balancer stands in {subnet.SubnetId} ({subnet.Zone}), and \"subnetIds\" leaves it out. A zone may be added, but none swapped or taken away.",
        $"Name {subnet.SubnetId} again. To leave it, {StandingRule.BuildAnew(link.Name)}");

    private static SubnetChoice Chosen(IEnumerable<FoundSubnet> chosen, List<Finding> findings)
    {
        var subnets = chosen.OrderBy(static subnet => subnet.Zone, StringComparer.Ordinal).ToImmutableArray();
        var open = subnets.Where(static subnet => subnet.InternetGatewayId is not null)
            .Select(static subnet => new Finding.Warning($"The route table of {subnet.SubnetId} ({subnet.Zone}) leads to the internet gateway {subnet.InternetGatewayId}. "
                + "The load balancer is internal and has no public address, but a private subnet would leave no doubt."));
        return new([.. subnets.Select(static subnet => new PlannedSubnet(subnet.SubnetId, subnet.Zone, subnet.ZoneId, subnet.Cidr))], [.. findings, .. open]);
    }

    private static IEnumerable<FoundSubnet> Standing(AccountFacts facts) => facts.Standing.Balancer is { IsOurs: true } balancer
        ? facts.Subnets.Where(subnet => Names(balancer.SubnetIds, subnet))
        : [];

    private static (RefusalCode Code, string Text)? Obstacle(FoundSubnet subnet, AccountFacts facts, StackSettings stack) => subnet switch
    {
        _ when subnet.VpcId != stack.VpcId => (RefusalCode.SubnetInOtherVpc, $"is in {subnet.VpcId}, and the stack serves {stack.VpcId}"),
        _ when subnet.OwnerId != stack.AccountId => (RefusalCode.SubnetOfOtherAccount, $"is account {subnet.OwnerId}'s, shared with this one"),
        _ when facts.OtherZones.Contains(subnet.Zone) => (RefusalCode.SubnetNotUsable, $"is in {subnet.Zone}, where no network load balancer can stand"),
        { Cidr: "" } => (RefusalCode.SubnetNotUsable, "has no IPv4 block, and links are IPv4"),
        { FreeAddresses: < FreeAddresses } when !Standing(facts).Contains(subnet) => (RefusalCode.SubnetNotUsable,
            string.Create(CultureInfo.InvariantCulture, $"has {subnet.FreeAddresses} free addresses, and a load balancer needs {FreeAddresses}")),
        _ => null,
    };

    private static Finding.Refusal Refuse(string path, FoundSubnet subnet, (RefusalCode Code, string Text) obstacle, StackSettings stack) => new(obstacle.Code, path,
        $"{subnet.SubnetId} {obstacle.Text}.",
        obstacle.Code is RefusalCode.SubnetOfOtherAccount ? ForOwner(subnet.OwnerId, [subnet], stack) : $"Name another subnet of {subnet.Zone} in {stack.VpcId}.");

    private static Finding.Refusal WithoutSubnet(Need need, ImmutableArray<FoundSubnet> candidates, AccountFacts facts, StackSettings stack)
    {
        var obstacles = candidates.Select(subnet => (subnet, obstacle: Obstacle(subnet, facts, stack)!.Value)).ToImmutableArray();
        var shared = obstacles.Where(static one => one.obstacle.Code is RefusalCode.SubnetOfOtherAccount).Select(static one => one.subnet).ToImmutableArray();
        var reason = $"{need.Database} may live in {need.Zone}, where no subnet can take the load balancer: "
            + (obstacles.IsEmpty ? "none is known." : $"{string.Join("; ", obstacles.Select(static one => $"{one.subnet.SubnetId} {one.obstacle.Text}"))}.");
        return !shared.IsEmpty && shared.Length == obstacles.Length
            ? new(RefusalCode.SubnetOfOtherAccount, need.Path, reason, ForOwner(shared[0].OwnerId, shared, stack))
            : new(RefusalCode.ZoneWithoutSubnet, need.Path, reason,
                $"Free addresses there, or make a subnet in {need.Zone} of {stack.VpcId} and name one subnet per zone in \"subnetIds\".");
    }

    // In a shared VPC the load balancer and its endpoint service belong to who owns the subnets.
    private static string ForOwner(string owner, ImmutableArray<FoundSubnet> subnets, StackSettings stack) =>
        $"Ask account {owner}, which owns the VPC's subnets, to install the stack there and to link the database as a \"host\": sam deploy --region {stack.Region} --stack-name {stack.Stack} "
        + $"--parameter-overrides VpcId={stack.VpcId} SubnetIds={string.Join(',', subnets.Select(static subnet => subnet.SubnetId))}";
}
