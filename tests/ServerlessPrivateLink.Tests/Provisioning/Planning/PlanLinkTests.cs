using System.Text.Json.Nodes;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using ServerlessPrivateLink.Links;
using ServerlessPrivateLink.Provisioning;
using ServerlessPrivateLink.Provisioning.Planning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning.Planning;

/// <summary>The step itself, with the real clients, in the example account.</summary>
public sealed class PlanLinkTests : IDisposable
{
    private const string Orders = """{"name":"orders","databases":[{"instance":"orders-prod"}],"consumers":["133737826969"]}""";
    private const string Ledger = """{"name":"ledger","databases":[{"cluster":"ledger"},{"cluster":"ledger","endpoint":"reader","listenerPort":3307}],"consumers":["133737826969"]}""";
    private const string OwnGroup = "describe-db-parameters.ledger-mysql8.json";
    private const string ClusterGroup = "describe-db-cluster-parameters.ledger-cluster-mysql8.json";

    private readonly Lab lab = new();

    public void Dispose() => lab.Dispose();

    [Fact]
    public void An_instance_is_planned_in_every_zone_of_its_subnet_group()
    {
        var plan = lab.Plan(Orders);

        Assert.Equal(["subnet-0d20000000000000a", "subnet-0d20000000000000b", "subnet-0d20000000000000c"], plan.Subnets.Select(subnet => subnet.SubnetId));
        Assert.All(plan.Subnets, subnet => Assert.StartsWith("euc1-az", subnet.ZoneId, StringComparison.Ordinal));
        var exposure = Assert.Single(plan.Exposures);
        Assert.Equal(("orders-prod", 5432, "sg-0b6c7d8e9f0123456"), (exposure.Database, exposure.ListenerPort, Assert.Single(exposure.SecurityGroupIds)));
        Assert.StartsWith("orders-prod.", Assert.Single(exposure.Hosts), StringComparison.Ordinal);
        Assert.NotEmpty(plan.VpcCidrs);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void A_plan_reads_only_and_only_what_is_named()
    {
        lab.Plan(Orders);

        var calls = lab.Cloud.Calls.Since(0);
        Assert.DoesNotContain(calls, call => call.Mutates);
        Assert.Single(calls, call => call.Action == "rds:DescribeDBInstances");
        Assert.DoesNotContain(calls, call => call.Action.StartsWith("rds:DescribeDBCluster", StringComparison.Ordinal) || call.Action == "rds:DescribeDBParameters");
        Assert.InRange(calls.Length, 1, 15);
    }

    [Fact]
    public void Two_plans_of_one_account_are_equal() =>
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(lab.Plan(Ledger)), System.Text.Json.JsonSerializer.Serialize(lab.Plan(Ledger)));

    [Fact]
    public void A_clusters_writer_and_reader_are_reached_by_their_own_names()
    {
        var plan = lab.Plan(Ledger);

        Assert.Equal(["ledger/writer", "ledger/reader"], plan.Exposures.Select(exposure => exposure.Database));
        Assert.StartsWith("ledger-1.", Assert.Single(plan.Exposures[0].Hosts), StringComparison.Ordinal);
        Assert.StartsWith("ledger-2.", Assert.Single(plan.Exposures[1].Hosts), StringComparison.Ordinal);
        Assert.Equal([3306, 3307], plan.Exposures.Select(exposure => exposure.ListenerPort));
    }

    [Fact]
    public void Too_few_connect_errors_are_refused_with_the_command_and_taken_when_the_document_says_so()
    {
        lab.With(OwnGroup, group => Forget(group)).With(ClusterGroup, group => Forget(group));

        var refusal = lab.Refusal(Ledger);

        Assert.Contains("max_connect_errors 100", refusal.Reason, StringComparison.Ordinal);
        Assert.Contains("aws rds modify-db-cluster-parameter-group --region eu-central-1 --db-cluster-parameter-group-name ledger-cluster-mysql8", refusal.Remedy, StringComparison.Ordinal);
        Assert.NotNull(lab.Plan(Ledger.Replace("\"cluster\":\"ledger\"", "\"cluster\":\"ledger\",\"ignoreConnectErrors\":true", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"instance":"order-prod"}""", "\"orders-prod\"")]
    [InlineData("""{"instance":"ledger"}""", "\"cluster\": \"ledger\"")]
    [InlineData("""{"cluster":"orders-prod"}""", "\"instance\": \"orders-prod\"")]
    [InlineData("""{"cluster":"zzzzzzzzzz"}""", "aws rds describe-db-clusters --region eu-central-1")]
    public void A_name_that_is_not_there_is_refused_with_what_was_meant(string database, string meant) =>
        Assert.Contains(meant, lab.Refusal(Orders.Replace("""{"instance":"orders-prod"}""", database, StringComparison.Ordinal)).Remedy, StringComparison.Ordinal);

    [Fact]
    public void An_instance_that_is_being_created_is_refused()
    {
        lab.With("describe-db-instances.json", document =>
        {
            var instance = Instance(document, "orders-prod");
            instance["DBInstanceStatus"] = "creating";
            instance.Remove("Endpoint");
        });

        Assert.Contains("\"creating\"", lab.Refusal(Orders).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_database_in_public_subnets_is_planned_with_warnings()
    {
        var plan = lab.Plan(Orders.Replace("orders-prod", "reporting", StringComparison.Ordinal));

        Assert.Contains(plan.Warnings, warning => warning.Contains("publicly accessible", StringComparison.Ordinal));
        Assert.Equal(3, plan.Warnings.Count(warning => warning.Contains("igw-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_database_of_another_vpc_is_refused()
    {
        using var elsewhere = new Lab { Vpc = "vpc-0f9e8d7c6b5a49382" };

        Assert.Contains($"orders-prod is in {Lab.VpcId}, and the stack serves vpc-0f9e8d7c6b5a49382", elsewhere.Refusal(Orders).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Subnets_and_groups_of_a_shared_vpc_are_refused_all_at_once()
    {
        lab.With("describe-subnets.json", document => Share(document["Subnets"]!.AsArray())).With("describe-security-groups.json", document => Share(document["SecurityGroups"]!.AsArray()));

        var refusal = lab.Refusal(Orders);

        Assert.Equal(4, refusal.Refusals.Length);
        Assert.Contains("aws ec2 authorize-security-group-ingress --region eu-central-1 --group-id sg-0b6c7d8e9f0123456", refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subnet_that_is_full_gives_way_to_the_stacks_own()
    {
        lab.With("describe-subnets.json", document => Subnet(document, "subnet-0d20000000000000a")["AvailableIpAddressCount"] = 5);

        Assert.Equal("subnet-0a10000000000000a", lab.Plan(Orders).Subnets[0].SubnetId);
    }

    [Fact]
    public void A_load_balancer_of_the_same_name_is_taken_by_its_tags_alone()
    {
        CreateBalancer("sg-0b6c7d8e9f0123456");
        Assert.Contains(ResourceName.LoadBalancer("data", "orders"), lab.Refusal(Orders).Reason, StringComparison.Ordinal);

        Tag(new Owner("data", "orders"));
        Assert.Equal("subnet-0a10000000000000a", lab.Plan(Orders).Subnets[0].SubnetId);
    }

    [Fact]
    public void A_load_balancer_of_the_link_that_was_made_without_a_security_group_is_refused()
    {
        CreateBalancer();
        Tag(new Owner("data", "orders"));

        Assert.Equal(RefusalCode.LoadBalancerWithoutSecurityGroup, Assert.Single(lab.Refusal(Orders).Refusals).Code);
    }

    [Fact]
    public void A_document_that_is_no_valid_one_is_refused_before_any_call()
    {
        Assert.Equal(2, Assert.Throws<LinkDocumentInvalidException>(() => lab.Plan("""{"name":"Orders","databases":[],"consumers":["133737826969"]}""")).Errors.Length);
        Assert.Empty(lab.Cloud.Calls.Since(0));
    }

    private static JsonObject Instance(JsonNode document, string name) =>
        document["DBInstances"]!.AsArray().Select(node => node!.AsObject()).Single(node => (string?)node["DBInstanceIdentifier"] == name);

    private static JsonObject Subnet(JsonNode document, string id) =>
        document["Subnets"]!.AsArray().Select(node => node!.AsObject()).Single(node => (string?)node["SubnetId"] == id);

    private static void Forget(JsonNode group)
    {
        foreach (var parameter in group["Parameters"]!.AsArray().Where(node => (string?)node!["ParameterName"] is "max_connect_errors" or "host_cache_size")) parameter!.AsObject().Remove("ParameterValue");
    }

    private static void Share(JsonArray things)
    {
        foreach (var thing in things) thing!["OwnerId"] = "999988887777";
    }

    private void CreateBalancer(params string[] groups) => lab.Cloud.Time.Run(() => lab.Elb.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
    {
        Name = ResourceName.LoadBalancer("data", "orders"),
        Type = LoadBalancerTypeEnum.Network,
        Scheme = LoadBalancerSchemeEnum.Internal,
        Subnets = ["subnet-0a10000000000000a"],
        SecurityGroups = [.. groups],
    }));

    private void Tag(Owner owner) => lab.Cloud.Time.Run(async () =>
    {
        var found = await lab.Elb.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = [ResourceName.LoadBalancer("data", "orders")] });
        await lab.Elb.AddTagsAsync(new AddTagsRequest
        {
            ResourceArns = [found.LoadBalancers[0].LoadBalancerArn],
            Tags = [.. owner.Tags().Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
        });
    });
}
