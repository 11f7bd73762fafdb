using System.Collections.Immutable;
using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Links;

namespace ServerlessPrivateLink.Cli.Doctor;

/// <summary>Reads what the network lets pass.</summary>
internal sealed class NetworkSurvey(IAmazonEC2 ec2, CancellationToken stop)
{
    public async Task<NetworkFacts> ReadAsync(string vpcId, ImmutableArray<SubnetFact> subnets, ImmutableArray<string> groupIds)
    {
        var vpc = (await ec2.DescribeVpcsAsync(new DescribeVpcsRequest { Filters = [Filter("vpc-id", vpcId)] }, stop)).Vpcs?.FirstOrDefault();
        return new(
            [.. (vpc?.CidrBlockAssociationSet ?? []).Select(static block => block.CidrBlock)],
            [.. subnets.Where(subnet => subnet.VpcId == vpcId)],
            groupIds.IsEmpty ? [] : await RulesAsync(groupIds),
            await AclsAsync(vpcId),
            await TablesAsync(vpcId));
    }

    /// <summary>The addresses of a load balancer.</summary>
    public async Task<ImmutableArray<Place>> NodesAsync(string loadBalancerArn, ImmutableArray<SubnetFact> subnets)
    {
        // Elastic Load Balancing describes its interfaces so (User Guide for Network Load Balancers, "Target security groups").
        var name = "ELB " + loadBalancerArn[(loadBalancerArn.IndexOf(":loadbalancer/", StringComparison.Ordinal) + ":loadbalancer/".Length)..];
        var faces = await Pages.AllAsync(
            token => ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { Filters = [Filter("description", name)], NextToken = token }, stop), page => page.NetworkInterfaces, page => page.NextToken);
        return [.. faces.Select(face => PlaceOf(IPAddress.Parse(face.PrivateIpAddress), subnets))];
    }

    /// <summary>The subnet that an address is in.</summary>
    public static Place PlaceOf(IPAddress address, ImmutableArray<SubnetFact> subnets) => new(
        address,
        Ipv4Block.TryFrom(address, out var number) ? subnets.FirstOrDefault(subnet => Ipv4Block.TryParse(subnet.Cidr, out var block) && block.Contains(number))?.SubnetId : null);

    private static Filter Filter(string name, params IEnumerable<string> values) => new() { Name = name, Values = [.. values] };

    private async Task<ImmutableArray<GroupRule>> RulesAsync(ImmutableArray<string> groupIds)
    {
        var rules = await Pages.AllAsync(
            token => ec2.DescribeSecurityGroupRulesAsync(new() { Filters = [Filter("group-id", groupIds)], NextToken = token }, stop), page => page.SecurityGroupRules, page => page.NextToken);
        return
        [
            .. rules.Select(static rule => new GroupRule(
                rule.GroupId,
                rule.IsEgress == true,
                rule.IpProtocol,
                rule.FromPort ?? 0,
                rule.ToPort ?? 0,
                rule.ReferencedGroupInfo?.GroupId ?? rule.CidrIpv4 ?? rule.PrefixListId ?? "")),
        ];
    }

    private async Task<ImmutableArray<AclFact>> AclsAsync(string vpcId)
    {
        var acls = await Pages.AllAsync(
            token => ec2.DescribeNetworkAclsAsync(new() { Filters = [Filter("vpc-id", vpcId)], NextToken = token }, stop), page => page.NetworkAcls, page => page.NextToken);
        return
        [
            .. acls.Select(static acl => new AclFact(
                acl.NetworkAclId,
                [.. (acl.Associations ?? []).Select(static use => use.SubnetId)],
                [.. (acl.Entries ?? []).Select(static rule => new AclRule(rule.RuleNumber ?? 0, rule.Egress == true, rule.RuleAction == RuleAction.Allow, rule.Protocol, rule.CidrBlock, rule.PortRange?.From, rule.PortRange?.To))])),
        ];
    }

    private async Task<ImmutableArray<TableFact>> TablesAsync(string vpcId)
    {
        var tables = await Pages.AllAsync(
            token => ec2.DescribeRouteTablesAsync(new() { Filters = [Filter("vpc-id", vpcId)], NextToken = token }, stop), page => page.RouteTables, page => page.NextToken);
        return
        [
            .. tables.Select(static table => new TableFact(
                table.RouteTableId,
                (table.Associations ?? []).Exists(static use => use.Main == true),
                [.. (table.Associations ?? []).Select(static use => use.SubnetId).OfType<string>()],
                [.. (table.Routes ?? []).Where(static route => route.DestinationIpv6CidrBlock is null).Select(static route => new RouteFact(route.DestinationCidrBlock, route.State == RouteState.Active))])),
        ];
    }
}
