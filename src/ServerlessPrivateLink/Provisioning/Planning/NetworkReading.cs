using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using ServerlessPrivateLink.Calls;

namespace ServerlessPrivateLink.Provisioning.Planning;

/// <summary>Asks EC2 for the network that a link would live in. All by filter: an id that does not exist is an empty answer, and not an error that hides the others.</summary>
internal sealed class NetworkReading(IAmazonEC2 ec2, CancellationToken token)
{
    // "DescribeSubnets" and its like take up to 200 values for a filter.
    private const int ValuesPerFilter = 200;
    private const string InternetGateway = "igw-";

    public async Task<FoundVpc?> VpcAsync(string vpcId)
    {
        var answer = await ec2.DescribeVpcsAsync(new DescribeVpcsRequest { Filters = [Ec2Reads.Filter("vpc-id", vpcId)] }, token);
        return answer.Vpcs?.FirstOrDefault() is { } vpc ? new FoundVpc(vpc.VpcId, CidrsOf(vpc)) : null;
    }

    public async Task<ImmutableArray<FoundSubnet>> SubnetsAsync(string vpcId, IEnumerable<string> ids)
    {
        var subnets = await ChunkedAsync(ids, some => Pages.ReadAsync(
            next => ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = [Ec2Reads.Filter("subnet-id", some)], NextToken = next }, token),
            static answer => answer.Subnets,
            static answer => answer.NextToken));
        var tables = await Pages.ReadAsync(
            next => ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { Filters = [Ec2Reads.Filter("vpc-id", vpcId)], NextToken = next }, token),
            static answer => answer.RouteTables,
            static answer => answer.NextToken);
        return [.. subnets.Select(subnet => new FoundSubnet(subnet.SubnetId, subnet.VpcId, subnet.OwnerId, subnet.AvailabilityZone, subnet.AvailabilityZoneId ?? "",
            subnet.Ipv6Native == true ? "" : subnet.CidrBlock ?? "", subnet.AvailableIpAddressCount ?? 0, InternetGatewayOf(subnet.SubnetId, tables)))];
    }

    /// <summary>Local and Wavelength Zones: neither takes a network load balancer.</summary>
    public async Task<ImmutableHashSet<string>> OtherZonesAsync()
    {
        var answer = await ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest(), token);
        return [.. (answer.AvailabilityZones ?? []).Where(static zone => zone.ZoneType is { Length: > 0 } and not "availability-zone").Select(static zone => zone.ZoneName)];
    }

    public async Task<ImmutableArray<FoundSecurityGroup>> SecurityGroupsAsync(IEnumerable<string> ids)
    {
        var groups = await ChunkedAsync(ids, some => ec2.SecurityGroupsAsync([Ec2Reads.Filter("group-id", some)], token));
        return [.. groups.Select(static group => new FoundSecurityGroup(group.GroupId, group.OwnerId, [.. (group.IpPermissions ?? []).Select(RuleOf)]))];
    }

    private static InboundRule RuleOf(IpPermission permission) => new(
        permission.IpProtocol,
        permission.FromPort,
        permission.ToPort,
        [.. (permission.Ipv4Ranges ?? []).Select(static range => range.CidrIp)],
        (permission.Ipv6Ranges?.Count ?? 0) + (permission.PrefixListIds?.Count ?? 0) + (permission.UserIdGroupPairs?.Count ?? 0));

    private static ImmutableArray<string> CidrsOf(Vpc vpc)
    {
        var associated = (vpc.CidrBlockAssociationSet ?? []).Where(static block => block.CidrBlockState?.State is null || block.CidrBlockState.State == VpcCidrBlockStateCode.Associated)
            .Select(static block => block.CidrBlock).ToImmutableArray();
        return associated.IsEmpty ? [vpc.CidrBlock] : associated;
    }

    // A subnet without a route table of its own takes the VPC's main one.
    private static string? InternetGatewayOf(string subnetId, ImmutableArray<RouteTable> tables)
    {
        var table = tables.FirstOrDefault(one => (one.Associations ?? []).Exists(association => association.SubnetId == subnetId))
            ?? tables.FirstOrDefault(static one => (one.Associations ?? []).Exists(static association => association.Main == true));
        return table?.Routes?.Find(static route => route.GatewayId?.StartsWith(InternetGateway, StringComparison.Ordinal) == true)?.GatewayId;
    }

    private static async Task<ImmutableArray<T>> ChunkedAsync<T>(IEnumerable<string> ids, Func<string[], Task<ImmutableArray<T>>> read)
    {
        var all = ImmutableArray.CreateBuilder<T>();
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(ValuesPerFilter)) all.AddRange(await read(some));
        return all.ToImmutable();
    }
}
