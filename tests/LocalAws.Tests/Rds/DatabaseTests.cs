using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.RDS.Model;
using LocalAws.Rds;
using LocalAws.Tests.Accounts;
using LocalAws.Tests.LoadBalancing;
using Xunit;

namespace LocalAws.Tests.Rds;

public sealed class DatabaseTests
{
    private const string Domain = "c9xk2m4qz7ab.eu-central-1.rds.amazonaws.com";

    private readonly ExampleAccount account = new();

    [Fact]
    public void What_does_not_exist_is_refused_with_its_own_code()
    {
        Assert.Equal("DBInstanceNotFound", account.ErrorOf(() => account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = "nobody" })));
        Assert.Equal("DBClusterNotFoundFault", account.ErrorOf(() => account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = "nobody" })));
        Assert.Equal("DBSubnetGroupNotFoundFault", account.ErrorOf(() => account.Rds.DescribeDBSubnetGroupsAsync(new DescribeDBSubnetGroupsRequest { DBSubnetGroupName = "nobody" })));
        Assert.Equal("DBParameterGroupNotFound", account.ErrorOf(() => account.Rds.DescribeDBParametersAsync(new DescribeDBParametersRequest { DBParameterGroupName = "nobody" })));
    }

    [Fact]
    public void Filters_find_the_instances_of_a_cluster_and_unknown_ones_are_refused()
    {
        var found = account.Run(() => account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = [new() { Name = "db-cluster-id", Values = ["ledger"] }] }));

        Assert.Equal(["ledger-1", "ledger-2"], found.DBInstances.Select(instance => instance.DBInstanceIdentifier));
        Assert.Equal("InvalidParameterValue", account.ErrorOf(() => account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { Filters = [new() { Name = "colour", Values = ["red"] }] })));
    }

    [Fact]
    public void A_cluster_says_which_instance_writes_and_its_names_follow_a_failover()
    {
        var before = AddressOf("ledger.cluster-" + Domain);
        Assert.Equal(account.Cloud.Rds.FindInstance("ledger-1")!.Address!.ToString(), before);

        RdsState.FailOver(account.Cloud.Rds.FindCluster("ledger")!, "ledger-2");

        var cluster = Assert.Single(account.Run(() => account.Rds.DescribeDBClustersAsync(new DescribeDBClustersRequest { DBClusterIdentifier = "ledger" })).DBClusters);
        Assert.Equal("ledger-2", Assert.Single(cluster.DBClusterMembers, member => member.IsClusterWriter is true).DBInstanceIdentifier);
        Assert.Equal(account.Cloud.Rds.FindInstance("ledger-2")!.Address!.ToString(), AddressOf("ledger.cluster-" + Domain));
        Assert.Equal(before, AddressOf("ledger.cluster-ro-" + Domain));
    }

    [Fact]
    public void A_failover_of_an_instance_changes_zone_and_address_and_name()
    {
        var before = account.AddressOfOrders();

        account.Cloud.Rds.FailOver(account.Cloud.Rds.FindInstance("orders-prod")!);

        Assert.StartsWith("10.20.65.", account.AddressOfOrders(), StringComparison.Ordinal);
        Assert.NotEqual(before, account.AddressOfOrders());
        Assert.Equal(account.AddressOfOrders(), AddressOf("orders-prod." + Domain));
        var orders = account.Run(() => account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = "orders-prod" })).DBInstances[0];
        Assert.Equal(("eu-central-1b", "eu-central-1a"), (orders.AvailabilityZone, orders.SecondaryAvailabilityZone));
    }

    [Fact]
    public void Parameters_come_from_the_file_of_the_group_and_otherwise_are_the_engine_s()
    {
        Assert.Equal("1000000000", ParameterOf("ledger-mysql8"));
        Assert.Equal("100", ParameterOf("default.mysql8.0"));
        var cluster = account.Run(() => account.Rds.DescribeDBClusterParametersAsync(new DescribeDBClusterParametersRequest { DBClusterParameterGroupName = "ledger-cluster-mysql8" }));
        Assert.Equal("1000000000", cluster.Parameters.Single(parameter => parameter.ParameterName == "max_connect_errors").ParameterValue);
    }

    [Fact]
    public void Parameters_come_in_pages_of_a_hundred()
    {
        account.Cloud.Rds.InstanceParameters.Set("big", [.. Enumerable.Range(0, 250).Select(number => new JsonObject { ["ParameterName"] = number.ToString("000", CultureInfo.InvariantCulture) })]);

        var found = new List<string>();
        string? marker = null;
        do
        {
            var page = account.Run(() => account.Rds.DescribeDBParametersAsync(new DescribeDBParametersRequest { DBParameterGroupName = "big", Marker = marker }));
            Assert.True(page.Parameters.Count <= 100);
            found.AddRange(page.Parameters.Select(parameter => parameter.ParameterName));
            marker = page.Marker;
        }
        while (marker is not null);
        Assert.Equal(250, found.Distinct().Count());
        Assert.Equal("InvalidParameterValue", account.ErrorOf(() => account.Rds.DescribeDBParametersAsync(new DescribeDBParametersRequest { DBParameterGroupName = "big", MaxRecords = 101 })));
    }

    private string AddressOf(string host) => Assert.Single(account.Run(() => account.Cloud.Dns.ResolveAsync(host, CancellationToken.None))).ToString();

    private string? ParameterOf(string group) => account.Run(() => account.Rds.DescribeDBParametersAsync(new DescribeDBParametersRequest { DBParameterGroupName = group }))
        .Parameters.Single(parameter => parameter.ParameterName == "max_connect_errors").ParameterValue;
}
