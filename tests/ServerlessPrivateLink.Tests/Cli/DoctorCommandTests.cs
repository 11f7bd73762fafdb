using System.Net;
using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using LocalAws.Access;
using LocalAws.Dns;
using ServerlessPrivateLink.Cli.Rehearsal;
using ServerlessPrivateLink.Tests.House;
using ServerlessPrivateLink.Tests.Provisioning;
using Xunit;

namespace ServerlessPrivateLink.Tests.Cli;

public sealed class DoctorCommandTests
{
    private const string Orders = """{ "instance": "orders-prod" }""";
    private const string Ledger = """{ "cluster": "ledger", "endpoint": "writer" }""";
    private const string Host = $$"""{ "host": "{{World.Warehouse}}", "port": 5439, "allowedCidrs": ["10.9.0.0/16"] }""";

    private static readonly IPAddress Warehouse = IPAddress.Parse("10.9.0.5");

    private static readonly Dictionary<string, Broken> Worlds = new(StringComparer.Ordinal)
    {
        ["load balancer lets nothing out"] = new(Orders, LetNothingOut, "load balancer's security group", "authorize-security-group-egress"),
        ["database lets the load balancer in no more"] = new(Orders, CloseDatabase, "database's security group", "privatelink repair orders"),
        ["inbound rules are enforced on PrivateLink traffic"] = new(Orders, Enforce, "enforcement", "privatelink repair orders"),
        ["network ACL refuses the way in"] = new(Orders, static world => Refuse(world, egress: false, 5432, 5432), "network ACL", "inbound, TCP, 5432"),
        ["network ACL refuses the answers"] = new(Orders, static world => Refuse(world, egress: true, 32_768, 65_535), "network ACL", "outbound, TCP, 1024-65535"),
        ["no route to a host"] = new(Host, static world => world.Cloud.Ec2.Ports.Close(Warehouse, null, world.Cloud.Time.GetUtcNow()), "route", "create-route --route-table-id rtb-"),
        ["target deregistered"] = new(Orders, static world => Deregister(world, AddressOf(world, "orders-prod"), 5432), "targets", "privatelink sync orders"),
        ["database stopped"] = new(Orders, static world => world.Cloud.Ec2.Ports.Close(AddressOf(world, "orders-prod"), 5432, world.Cloud.Time.GetUtcNow()), "health", "whether the database runs"),
        ["listener removed"] = new(Orders, DeleteListener, "listener", "privatelink repair orders"),
        ["listener at another port"] = new(Orders, MoveListener, "listener", "privatelink repair orders"),
        ["name leads elsewhere"] = new(Orders, MoveName, "name", "privatelink sync orders"),
        ["a reader is the writer's target"] = new(Ledger, SwapForReader, "writer", "privatelink sync orders"),
        ["nobody may ask"] = new(Orders, TakePrincipalsAway, "service", "privatelink repair orders"),
        ["every request is accepted"] = new(Orders, AcceptAll, "service", "privatelink repair orders"),
        ["something else answers"] = new(Orders, static world => world.Cloud.Traffic.Say(AddressOf(world, "orders-prod"), new("SSH-2.0-x"u8.ToArray(), static _ => ReadOnlyMemory<byte>.Empty)), "probe", "nothing else listens"),
    };

    public static TheoryData<string> Names => [.. Worlds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_world_that_is_broken_in_one_way_has_that_and_its_fix_named_and_nothing_else(string name)
    {
        var broken = Worlds[name];
        var world = Built(broken.Databases);
        broken.Break(world);
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(5));

        var run = Operator.Run(world.Cloud, "doctor", "orders", "--json");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var finding = Assert.Single(run.Json.GetProperty("findings").EnumerateArray().ToArray());
        Assert.Equal(broken.Check, finding.GetProperty("check").GetString());
        Assert.Contains(broken.Fix, finding.GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", finding.GetProperty("evidence").GetString());
        Assert.Empty(run.Json.GetProperty("skipped").EnumerateArray());
    }

    [Fact]
    public void A_consumer_without_a_zone_in_common_is_told_the_services_zones()
    {
        var world = Built(Orders);

        var apart = Operator.Run(world.Cloud, "doctor", "orders", "--zones", "euc1-az9,euc1-az8", "--json");
        var common = Operator.Run(world.Cloud, "doctor", "orders", "--zones", "euc1-az9,euc1-az1", "--json");

        var finding = Assert.Single(apart.Json.GetProperty("findings").EnumerateArray().ToArray());
        Assert.Equal(("zones", 1, 0), (finding.GetProperty("check").GetString(), apart.ExitCode, common.ExitCode));
        Assert.Contains("euc1-az1, euc1-az2, euc1-az3", finding.GetProperty("fix").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_is_well_has_no_finding_and_is_told_what_its_databases_said_and_what_to_mind()
    {
        var world = Built($"{Orders}, {Ledger}, {Host}");

        var run = Operator.Run(world.Cloud, "doctor", "orders");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("orders: nothing is broken", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  ! ", run.Output, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL answered through the load balancer", run.Output, StringComparison.Ordinal);
        Assert.Contains("MySQL 8.0.39 answered through the load balancer", run.Output, StringComparison.Ordinal);
        Assert.Contains("warehouse.corp.example at port 5439: a connection through the load balancer stands", run.Output, StringComparison.Ordinal);
        Assert.Contains("verify-full", run.Output, StringComparison.Ordinal);
        Assert.Contains("350 seconds", run.Output, StringComparison.Ordinal);
        Assert.Contains("euc1-az1, euc1-az2, euc1-az3", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_balancer_that_lets_no_probe_in_is_a_note_because_consumers_come_by_another_door()
    {
        var world = Built(Orders);
        Do(world, person => person.LoadBalancing.SetSecurityGroupsAsync(new SetSecurityGroupsRequest { LoadBalancerArn = world.Balancer.Arn, SecurityGroups = [world.OwnGroupId] }));

        var run = Operator.Run(world.Cloud, "doctor", "orders", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Json.GetProperty("findings").EnumerateArray());
        Assert.Contains(run.Json.GetProperty("notes").EnumerateArray(), static note => note.GetString()!.Contains("lets probes in", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_link_is_refused_with_those_that_are_there()
    {
        var run = Operator.Run(Built(Orders).Cloud, "doctor", "ordres");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("found ordres; allowed: a link of the stack prod: orders.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_needs_what_the_README_says_and_all_of_that_and_changes_nothing()
    {
        var cloud = Built($"{Orders}, {Ledger}").Cloud;
        var doctor = Operator.Limited(cloud, Readme("\"ec2:DescribeNetworkAcls\""));
        var place = cloud.Calls.Count;

        var run = Operator.RunAs(cloud, doctor, "doctor", "orders", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Empty(cloud.Access.Unused(doctor));
        Assert.Empty(run.Json.GetProperty("skipped").EnumerateArray());
        Assert.DoesNotContain(cloud.Calls.Since(place), call => call.Mutates && call.Caller == doctor.Name && call.Action != "lambda:Invoke");
    }

    [Fact]
    public void Without_the_right_to_invoke_it_says_what_it_left_out()
    {
        var cloud = Built(Orders).Cloud;
        var policy = ReadmeText("\"ec2:DescribeNetworkAcls\"");
        policy["Statement"]!.AsArray().RemoveAt(1);

        var run = Operator.RunAs(cloud, Operator.Limited(cloud, Policy.Read("readme", policy)), "doctor", "orders", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Collection(
            run.Json.GetProperty("skipped").EnumerateArray().Select(static one => one.GetString()!),
            static names => Assert.Contains("may not invoke ResolveAddresses", names, StringComparison.Ordinal),
            static probe => Assert.Contains("may not invoke ProbeDatabase", probe, StringComparison.Ordinal));
    }

    private static World Built(string databases)
    {
        var world = new World();
        world.Build(World.Document(databases));
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        return world;
    }

    private static IPAddress AddressOf(World world, string instance) => world.Cloud.Rds.FindInstance(instance)!.Address!;

    private static void Do(World world, Func<OperatorClients, Task> act)
    {
        using var person = OperatorClients.Of(world.Cloud);
#pragma warning disable CA2025 // The pump ends when the person has acted.
        world.Cloud.Time.Run(() => act(person));
#pragma warning restore CA2025
    }

    private static void LetNothingOut(World world)
    {
        foreach (var rule in world.Cloud.Ec2.All<LocalAws.Ec2.SecurityGroupRule>().Where(rule => rule.Egress && rule.GroupId == world.OwnGroupId).ToList())
            world.Cloud.Ec2.Remove(rule.Id);
    }

    private static void CloseDatabase(World world) => Do(world, async person =>
    {
        foreach (var rule in world.AddedRules.ToList())
            await person.Ec2.RevokeSecurityGroupIngressAsync(new RevokeSecurityGroupIngressRequest { GroupId = rule.GroupId, SecurityGroupRuleIds = [rule.Id] });
    });

    private static void Enforce(World world) => Do(world, person => person.LoadBalancing.SetSecurityGroupsAsync(new SetSecurityGroupsRequest
    {
        LoadBalancerArn = world.Balancer.Arn,
        SecurityGroups = [.. world.Balancer.GroupIds],
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum.On,
    }));

    private static void Refuse(World world, bool egress, int from, int to)
    {
        var acl = world.Cloud.Ec2.All<LocalAws.Ec2.NetworkAcl>().Single(static one => one.VpcId == World.Home);
        acl.Rules = acl.Rules.Add(new(90, egress, Allows: false, "6", "10.20.64.0/18", from, to));
    }

    private static void Deregister(World world, IPAddress address, int port) => Do(world, person => person.LoadBalancing.DeregisterTargetsAsync(new DeregisterTargetsRequest
    {
        TargetGroupArn = world.TargetGroups.First().Arn,
        Targets = [new() { Id = address.ToString(), Port = port }],
    }));

    private static void DeleteListener(World world) => Do(world, person => person.LoadBalancing.DeleteListenerAsync(new DeleteListenerRequest { ListenerArn = world.Listeners.First().Arn }));

    private static void MoveListener(World world) => Do(world, person => person.LoadBalancing.ModifyListenerAsync(new ModifyListenerRequest { ListenerArn = world.Listeners.First().Arn, Port = 6000 }));

    private static void MoveName(World world) =>
        world.Cloud.Dns.Disturb(world.Cloud.Rds.FindInstance("orders-prod")!.Host!, new DnsAnswer.Addresses([IPAddress.Parse("10.20.64.200")]), TimeSpan.Zero, TimeSpan.FromHours(1));

    private static void SwapForReader(World world)
    {
        Do(world, person => person.LoadBalancing.RegisterTargetsAsync(new RegisterTargetsRequest
        {
            TargetGroupArn = world.TargetGroups.First().Arn,
            Targets = [new() { Id = AddressOf(world, "ledger-2").ToString(), Port = 3306 }],
        }));
        Deregister(world, AddressOf(world, "ledger-1"), 3306);
    }

    private static void TakePrincipalsAway(World world) => Do(world, person => person.Ec2.ModifyVpcEndpointServicePermissionsAsync(new ModifyVpcEndpointServicePermissionsRequest
    {
        ServiceId = world.Service.Id,
        RemoveAllowedPrincipals = [.. world.Permissions.Select(static permission => permission.Principal)],
    }));

    private static void AcceptAll(World world) => Do(world, person => person.Ec2.ModifyVpcEndpointServiceConfigurationAsync(new ModifyVpcEndpointServiceConfigurationRequest { ServiceId = world.Service.Id, AcceptanceRequired = false }));

    private static Policy Readme(string word) => Policy.Read("readme", ReadmeText(word));

    private static JsonNode ReadmeText(string word) => JsonNode.Parse(File.ReadAllText(Repository.At("README.md"))
        .Split("```json").Select(static part => part.Split("```")[0]).Single(block => block.Contains(word, StringComparison.Ordinal))
        .Replace("STACK", World.StackName, StringComparison.Ordinal))!;

    private sealed record Broken(string Databases, Action<World> Break, string Check, string Fix);
}
