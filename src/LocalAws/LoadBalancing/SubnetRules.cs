using System.Collections.Immutable;
using LocalAws.Ec2;
using LocalAws.Wire;

namespace LocalAws.LoadBalancing;

/// <summary>What a load balancer asks of its subnets (Elastic Load Balancing API Reference: CreateLoadBalancer, SetSubnets).</summary>
internal sealed class SubnetRules(Cloud cloud)
{
    private const int FreeAddressesNeeded = 8;

    /// <summary>Zones in which no load balancer can be made (docs.aws.amazon.com: "Troubleshoot your Network Load Balancer", constrained zones).</summary>
    private static readonly ImmutableHashSet<string> ConstrainedZoneIds = ["use1-az3", "usw1-az2", "apne1-az3", "cac1-az3"];

    /// <summary>The subnets, when together they will do.</summary>
    public ImmutableArray<Subnet> Check(IEnumerable<string> ids, string scheme, IEnumerable<string>? present = null)
    {
        ImmutableArray<Subnet> subnets = [.. ids.Select(id => cloud.Ec2.Find<Subnet>(id) ?? throw new AwsErrorException("SubnetNotFound", $"The subnet ID '{id}' does not exist"))];
        if (subnets.Select(subnet => subnet.VpcId).Distinct(StringComparer.Ordinal).Skip(1).Any())
            throw new AwsErrorException("InvalidConfigurationRequest", "All subnets must belong to the same VPC");
        if (subnets.GroupBy(subnet => subnet.Zone, StringComparer.Ordinal).Any(zone => zone.Skip(1).Any()))
            throw new AwsErrorException("InvalidConfigurationRequest", "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
        if (subnets.Where(subnet => ConstrainedZoneIds.Contains(subnet.ZoneId)).Select(subnet => subnet.Zone).ToImmutableArray() is { IsEmpty: false } zones)
            throw ElbErrors.Invalid($"The following Availability Zones {string.Join(", ", zones)} cannot be associated with a load balancer. Please try a different Availability Zone.");
        foreach (var subnet in subnets.Where(subnet => !(present ?? []).Contains(subnet.Id, StringComparer.Ordinal)))
            CheckOne(subnet, scheme);
        return subnets;
    }

    private void CheckOne(Subnet subnet, string scheme)
    {
        if (subnet.FreeAddresses < FreeAddressesNeeded)
            throw new AwsErrorException("InvalidSubnet", $"Not enough IP space available in {subnet.Id}. ELB requires at least {FreeAddressesNeeded} free IP addresses in each subnet.");
        if (scheme == "internet-facing" && !HasInternetGateway(subnet.VpcId))
            throw new AwsErrorException("InvalidSubnet", $"VPC {subnet.VpcId} has no internet gateway");
    }

    private bool HasInternetGateway(string vpcId) => cloud.Ec2.All<RouteTable>()
        .Where(table => table.VpcId == vpcId)
        .SelectMany(table => table.Routes)
        .Any(route => route.Fields.GetValueOrDefault("GatewayId")?.StartsWith("igw-", StringComparison.Ordinal) ?? false);
}
