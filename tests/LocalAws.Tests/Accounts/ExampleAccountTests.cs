using System.Net;
using System.Net.Sockets;
using Amazon.EC2.Model;
using Amazon.SecurityToken.Model;
using LocalAws.Accounts;
using Xunit;

namespace LocalAws.Tests.Accounts;

public sealed class ExampleAccountTests
{
    private readonly ExampleAccount account = new();

    [Fact]
    public void Account_and_region_come_from_the_files()
    {
        var identity = account.Run(() => account.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest()));

        Assert.Equal("111122223333", identity.Account);
        Assert.Equal("arn:aws:iam::111122223333:user/operator", identity.Arn);
        Assert.Equal("eu-central-1", account.Cloud.Options.Region);
    }

    [Fact]
    public void Subnets_are_found_by_vpc_and_zone_with_their_free_addresses()
    {
        var found = account.Run(() => account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest
        {
            Filters = [new Filter { Name = "vpc-id", Values = [ExampleAccount.Vpc] }, new Filter { Name = "availability-zone", Values = ["eu-central-1b"] }],
        }));

        Assert.Equal(["production-data-b", "production-private-b", "production-public-b"], found.Subnets.Select(subnet => subnet.Tags[0].Value).Order(StringComparer.Ordinal));
        Assert.Contains(found.Subnets, subnet => subnet.SubnetId == ExampleAccount.DataSubnets[1] && subnet.AvailableIpAddressCount == 243 && subnet.AvailabilityZoneId == "euc1-az3");
    }

    [Fact]
    public void A_database_answers_with_what_the_cli_printed()
    {
        var found = account.Run(() => account.Rds.DescribeDBInstancesAsync(new Amazon.RDS.Model.DescribeDBInstancesRequest { DBInstanceIdentifier = "ORDERS-PROD" }));

        var orders = Assert.Single(found.DBInstances);
        Assert.Equal("postgres", orders.Engine);
        Assert.Equal(5432, orders.Endpoint.Port);
        Assert.True(orders.MultiAZ);
        Assert.Equal(ExampleAccount.DataSubnets, orders.DBSubnetGroup.Subnets.Select(subnet => subnet.SubnetIdentifier));
        Assert.Equal(ExampleAccount.OrdersGroup, Assert.Single(orders.VpcSecurityGroups).VpcSecurityGroupId);
    }

    [Fact]
    public void Every_database_has_an_address_in_a_subnet_of_its_zone()
    {
        foreach (var (host, cidr) in new[]
        {
            ("orders-prod.c9xk2m4qz7ab.eu-central-1.rds.amazonaws.com", "10.20.64.0/24"),
            ("ledger.cluster-c9xk2m4qz7ab.eu-central-1.rds.amazonaws.com", "10.20.65.0/24"),
            ("ledger.cluster-ro-c9xk2m4qz7ab.eu-central-1.rds.amazonaws.com", "10.20.66.0/24"),
            ("reporting.c9xk2m4qz7ab.eu-central-1.rds.amazonaws.com", "10.20.130.0/24"),
        })
        {
            var address = Assert.Single(account.Run(() => account.Cloud.Dns.ResolveAsync(host, CancellationToken.None)));
            Assert.True(IPNetwork.Parse(cidr).Contains(address), $"{host}: {address}");
        }
    }

    [Fact]
    public void A_name_that_nothing_has_does_not_resolve()
    {
        var error = Assert.Throws<SocketException>(() => account.Run(() => account.Cloud.Dns.ResolveAsync("nobody.example", CancellationToken.None)));

        Assert.Equal(SocketError.HostNotFound, error.SocketErrorCode);
    }

    [Fact]
    public void Equal_seeds_draw_equal_addresses_and_others_do_not()
    {
        Assert.Equal(AddressOfOrders(seed: 7), AddressOfOrders(seed: 7));
        Assert.True(Enumerable.Range(1, 10).Select(AddressOfOrders).Distinct().Count() > 1);
    }

    [Fact]
    public void A_public_subnet_is_known_by_its_route_to_an_internet_gateway()
    {
        var tables = account.Run(() => account.Ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest
        {
            Filters = [new Filter { Name = "association.subnet-id", Values = ["subnet-0c30000000000000a"] }],
        }));

        Assert.Contains(Assert.Single(tables.RouteTables).Routes, route => route.DestinationCidrBlock == "0.0.0.0/0" && route.GatewayId.StartsWith("igw-", StringComparison.Ordinal));
    }

    private static IPAddress? AddressOfOrders(int seed) =>
        AccountDescription.Load(ExampleAccount.Directory).Open(seed, CloudOptions.Default.Start).Rds.FindInstance("orders-prod")!.Address;
}
