using System.Collections.Immutable;
using System.Net;
using Amazon.EC2.Model;
using LocalAws;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Rehearsal;

/// <summary>Where in the account the stack goes.</summary>
/// <param name="VpcId">The template's parameter.</param>
/// <param name="SubnetIds">The template's parameter.</param>
/// <param name="Notes">What had to be assumed.</param>
public sealed record StackPlace(string VpcId, ImmutableArray<string> SubnetIds, ImmutableArray<string> Notes);

/// <summary>Looks at an account as a person would before <c>sam deploy --guided</c>, and fills in what the account's files cannot hold.</summary>
/// <param name="cloud">The account.</param>
/// <param name="aws">The operator's clients.</param>
public sealed class RehearsalAccount(Cloud cloud, OperatorClients aws)
{
    private const int MostSubnets = 16;

    /// <summary>The VPC of the link's first database, without a link that of most databases, and subnets of it without a way to the internet, where there are any.</summary>
    /// <exception cref="BadInputException">The account has no VPC with subnets.</exception>
    public async Task<StackPlace> ChooseAsync(Link? link)
    {
        var subnets = await Pages.AllAsync(
            token => aws.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { NextToken = token }), page => page.Subnets, page => page.NextToken);
        if (subnets.IsEmpty)
            throw new BadInputException("The account has no subnets; describe-subnets.json lists none.");
        var (vpcId, note) = link is null ? (await new DatabaseInspection(aws.Rds).BusiestVpcAsync() ?? Largest(subnets), null) : await VpcAsync(link, subnets);
        var ofVpc = subnets.Where(subnet => subnet.VpcId == vpcId).OrderBy(subnet => subnet.SubnetId, StringComparer.Ordinal).ToImmutableArray();
        var open = await OpenSubnetsAsync(vpcId, ofVpc);
        var isolated = ofVpc.Where(subnet => !open.Contains(subnet.SubnetId)).ToImmutableArray();
        var chosen = (isolated.IsEmpty ? ofVpc : isolated).Take(MostSubnets).Select(subnet => subnet.SubnetId).ToImmutableArray();
        return new(vpcId, chosen, [.. note is null ? [] : (string[])[note], .. isolated.IsEmpty ? [$"No subnet of {vpcId} is without a route to the internet, so the resolver stands in public ones."] : (string[])[]]);
    }

    /// <summary>Gives each host of the document an address, since none of the account's files has it.</summary>
    /// <returns>What was assumed.</returns>
    public async Task<ImmutableArray<string>> NameHostsAsync(Link link, StackPlace place)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(place);
        var home = (await aws.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { SubnetIds = [place.SubnetIds[0]] })).Subnets[0];
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (var (host, index) in link.Databases.Where(database => database.Kind is DatabaseKind.Host).Select((host, index) => (host, index)))
        {
            var block = host.AllowedCidrs is [var first, ..] ? first : home.CidrBlock;
            var address = FromTheEnd(IPNetwork.Parse(block), index);
            cloud.Dns.Set(host.Name, address);
            notes.Add($"{host.Name} is taken to be at {address}, an address of {block}.");
        }

        return notes.ToImmutable();
    }

    private async Task<(string VpcId, string? Note)> VpcAsync(Link link, ImmutableArray<Subnet> subnets)
    {
        var rds = new DatabaseInspection(aws.Rds);
        foreach (var database in link.Databases)
        {
            if (await rds.VpcAsync(database) is not { } vpcId)
                continue;
            return database == link.Databases[0] ? (vpcId, null) : (vpcId, $"The stack is deployed into {vpcId}, the VPC of {database.Name}: the account does not say where {link.Databases[0].Name} is.");
        }

        var largest = Largest(subnets);
        return (largest, $"The stack is deployed into {largest}, the VPC with the most subnets: the account does not say where the link's databases are.");
    }

    private static string Largest(ImmutableArray<Subnet> subnets) =>
        subnets.GroupBy(subnet => subnet.VpcId, StringComparer.Ordinal).OrderByDescending(vpc => vpc.Count()).ThenBy(vpc => vpc.Key, StringComparer.Ordinal).First().Key;

    private async Task<ImmutableHashSet<string>> OpenSubnetsAsync(string vpcId, ImmutableArray<Subnet> subnets)
    {
        var tables = await Pages.AllAsync(
            token => aws.Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { Filters = [new() { Name = "vpc-id", Values = [vpcId] }], NextToken = token }),
            page => page.RouteTables,
            page => page.NextToken);
        var main = tables.FirstOrDefault(table => (table.Associations ?? []).Exists(association => association.Main is true));
        return subnets
            .Where(subnet => LeadsOut(tables.FirstOrDefault(table => (table.Associations ?? []).Exists(association => association.SubnetId == subnet.SubnetId)) ?? main) ?? subnet.MapPublicIpOnLaunch is true)
            .Select(subnet => subnet.SubnetId)
            .ToImmutableHashSet(StringComparer.Ordinal);
    }

    private static bool? LeadsOut(RouteTable? table) =>
        table is null ? null : (table.Routes ?? []).Exists(route => route.GatewayId?.StartsWith("igw-", StringComparison.Ordinal) is true);

    // Away from the low addresses, which databases and load balancers get.
    private static IPAddress FromTheEnd(IPNetwork block, int index)
    {
        var bytes = block.BaseAddress.GetAddressBytes();
        var size = 1L << (32 - block.PrefixLength);
        var number = ((long)bytes[0] << 24 | (long)bytes[1] << 16 | (long)bytes[2] << 8 | bytes[3]) + Math.Max(0, size - 6 - index);
        return new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
    }
}
