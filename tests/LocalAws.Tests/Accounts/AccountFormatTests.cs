using System.Text.Json.Nodes;
using LocalAws.Accounts;
using Xunit;

namespace LocalAws.Tests.Accounts;

/// <summary>Copies of the example account with one thing changed.</summary>
public sealed class AccountFormatTests : IDisposable
{
    private const string Instances = "describe-db-instances.json";
    private const string Subnets = "describe-subnets.json";

    private static readonly string[] Optional = ["VpcSecurityGroups", "MultiAZ", "TagList", "StorageType", "CertificateDetails"];
    private static readonly string[] LaterKnown = ["Endpoint", "AvailabilityZone", "DBSubnetGroup", "InstanceCreateTime"];

    private readonly string directory = System.IO.Directory.CreateTempSubdirectory().FullName;

    public AccountFormatTests()
    {
        foreach (var file in System.IO.Directory.GetFiles(ExampleAccount.Directory))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
    }

    public void Dispose() => System.IO.Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData(Instances, "aws rds describe-db-instances")]
    [InlineData("describe-db-clusters.json", "aws rds describe-db-clusters")]
    [InlineData(Subnets, "aws ec2 describe-subnets")]
    [InlineData("describe-vpcs.json", "aws ec2 describe-vpcs")]
    [InlineData("describe-security-groups.json", "aws ec2 describe-security-groups")]
    public void A_missing_file_is_named_with_the_command_that_makes_it(string file, string command)
    {
        File.Delete(Path.Combine(directory, file));

        var message = Refused();
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains(command, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_named()
    {
        var message = Assert.Throws<AccountFormatException>(() => AccountDescription.Load("no/such/directory")).Message;

        Assert.Contains("no/such/directory", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"DBInstances\": 7}")]
    [InlineData("{\"DBInstances\": [7]}")]
    [InlineData("{\"DBInstances\": [{}]}")]
    [InlineData("{\"DBInstances\": [{\"DBInstanceIdentifier\": 7}]}")]
    [InlineData("{\"DBInstances\": [")]
    [InlineData("An error occurred (ExpiredToken) when calling the DescribeDBInstances operation")]
    public void What_is_no_answer_of_the_cli_is_refused_by_the_file_s_name(string text)
    {
        File.WriteAllText(Path.Combine(directory, Instances), text);

        Assert.StartsWith(Instances, Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SubnetId", null, "$.Subnets[2].SubnetId")]
    [InlineData("CidrBlock", "10.20.0.0", "$.Subnets[2].CidrBlock")]
    [InlineData("AvailabilityZone", null, "$.Subnets[2].AvailabilityZone")]
    [InlineData("VpcId", "vpc-0123456789abcdef0", "$.Subnets[2].VpcId")]
    [InlineData("SubnetId", "subnet-0a10000000000000a", "$.Subnets[2].SubnetId")]
    public void A_field_that_is_needed_is_named_by_its_place(string field, string? value, string place)
    {
        Change(Subnets, file => file["Subnets"]![2]![field] = value);

        Assert.StartsWith($"{Subnets}: {place}: found", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Databases_of_two_regions_are_refused()
    {
        Change(Instances, file => file["DBInstances"]![3]!["DBInstanceArn"] = "arn:aws:rds:eu-west-1:111122223333:db:reporting");

        Assert.Contains("eu-west-1", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_whose_zone_has_no_subnet_is_refused()
    {
        Change(Instances, file => file["DBInstances"]![0]!["AvailabilityZone"] = "eu-central-1z");

        Assert.Contains("eu-central-1z", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Null_and_missing_and_unknown_fields_and_engines_do_no_harm()
    {
        Change(Instances, file =>
        {
            file["Marker"] = null;
            var reporting = file["DBInstances"]![3]!.AsObject();
            reporting["Engine"] = "custom-oracle-ee-cdb";
            reporting["NewInTheYear2030"] = new JsonObject { ["Deep"] = new JsonArray(1, "two", null) };
            reporting["DBParameterGroups"] = null;
            foreach (var field in Optional)
                reporting.Remove(field);
            var starting = (JsonObject)reporting.DeepClone();
            starting["DBInstanceIdentifier"] = "starting";
            foreach (var field in LaterKnown)
                starting.Remove(field);
            file["DBInstances"]!.AsArray().Add(starting);
        });

        var cloud = AccountDescription.Load(directory).Open(1, CloudOptions.Default.Start);

        Assert.Equal(5, cloud.Rds.Instances.Count);
        Assert.NotNull(cloud.Rds.FindInstance("reporting")!.Address);
        Assert.Null(cloud.Rds.FindInstance("starting")!.Address);
    }

    [Fact]
    public void Without_route_tables_each_vpc_has_a_main_one_that_keeps_traffic_inside()
    {
        File.Delete(Path.Combine(directory, "describe-route-tables.json"));

        var cloud = AccountDescription.Load(directory).Open(1, CloudOptions.Default.Start);

        var tables = cloud.Ec2.All<LocalAws.Ec2.RouteTable>().ToList();
        Assert.Equal([ExampleAccount.Vpc, ExampleAccount.OtherVpc], tables.Select(table => table.VpcId));
        Assert.All(tables, table => Assert.True(Assert.Single(table.Associations).Main));
        Assert.All(tables.SelectMany(table => table.Routes), route => Assert.Equal("local", route.Fields["GatewayId"]));
    }

    [Fact]
    public void Another_account_and_region_and_partition_come_from_the_files()
    {
        foreach (var file in System.IO.Directory.GetFiles(directory))
            File.WriteAllText(file, File.ReadAllText(file).Replace("arn:aws:", "arn:aws-cn:", StringComparison.Ordinal).Replace("eu-central-1", "cn-north-1", StringComparison.Ordinal).Replace("111122223333", "444455556666", StringComparison.Ordinal));

        var options = AccountDescription.Load(directory).Open(1, CloudOptions.Default.Start).Options;

        Assert.Equal(("aws-cn", "cn-north-1", "444455556666"), (options.Partition, options.Region, options.AccountId));
    }

    private string Refused() => Assert.Throws<AccountFormatException>(() => AccountDescription.Load(directory).Open(1, CloudOptions.Default.Start)).Message;

    private void Change(string file, Action<JsonNode> change)
    {
        var path = Path.Combine(directory, file);
        var node = JsonNode.Parse(File.ReadAllText(path))!;
        change(node);
        File.WriteAllText(path, node.ToJsonString());
    }
}
