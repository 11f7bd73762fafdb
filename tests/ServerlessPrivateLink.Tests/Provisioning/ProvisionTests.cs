using LocalAws.States.Running;
using ServerlessPrivateLink.Tests.House;
using Xunit;

namespace ServerlessPrivateLink.Tests.Provisioning;

/// <summary>The whole machine over the real clients, with the template's permissions enforced.</summary>
public sealed class ProvisionTests
{
    private static readonly string Several = File.ReadAllText(Repository.At("examples/several.json"));

    [Fact]
    public void A_document_goes_in_and_a_working_service_comes_out()
    {
        var world = new World();

        var output = world.Build(World.Document(consumers: """{ "principal": "133737826969", "accept": "ask", "maxConnections": 2 }"""));

        Assert.Equal(world.Service.Name, output.GetProperty("ServiceName").GetString());
        Assert.Equal(5432, output.GetProperty("Listeners")[0].GetProperty("Port").GetInt32());
        Assert.Equal(3, output.GetProperty("Zones").GetArrayLength());
        Assert.True(world.Service.AcceptanceRequired);
        Assert.Equal([world.Balancer.Arn], world.Service.LoadBalancerArns.AsEnumerable());
        Assert.False(world.Balancer.EnforcesOnPrivateLink);
        Assert.Equal("true", world.Balancer.Attributes["load_balancing.cross_zone.enabled"]);
        Assert.Equal("0", Assert.Single(world.TargetGroups).Attributes["deregistration_delay.timeout_seconds"]);
        Assert.Equal(world.OwnGroupId, Assert.Single(world.AddedRules).Spec.Peer);
        Assert.Equal("ask", Assert.Single(world.Permissions).Tags[ResourceTags.Accept]);
        Assert.Equal("2", Assert.Single(world.Permissions).Tags[ResourceTags.MaxConnections]);
        Assert.Equal("[info] link.ready orders", Assert.Single(world.Alerts).Subject);
        Assert.Contains(world.Service.Name, Assert.Single(world.Alerts).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_says_whose_it_is()
    {
        var world = new World();

        world.Build(World.Document());

        var tags = world.TargetGroups.Select(static one => one.Tags)
            .Concat(world.Listeners.Select(static one => one.Tags))
            .Concat(world.AddedRules.Select(static one => one.Tags))
            .Concat(world.Permissions.Select(static one => one.Tags))
            .Append(world.Balancer.Tags)
            .Append(world.Service.Tags)
            .ToList();
        Assert.Equal(6, tags.Count);
        Assert.All(tags, static one => Assert.Equal((World.StackName, "orders"), (one[ResourceTags.Stack], one[ResourceTags.Link])));
    }

    [Fact]
    public void A_second_run_changes_nothing()
    {
        var world = new World();
        world.Build(Several);

        Assert.Empty(world.Changes(Several));
        Assert.Single(world.Alerts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_waits_in_line_that_could_run_side_by_side(int seed)
    {
        var world = new World(seed);

        var run = world.Provision(World.Document());

        var untilActive = world.Balancer.ActiveAt - world.Balancer.CreatedAt;
        var untilHealthy = Assert.Single(world.TargetGroups).TargetsAt(run.StopDate!.Value).Max(static target => target.InitialFor);
        Assert.True(run.StopDate - run.StartDate <= untilActive + untilHealthy + TimeSpan.FromSeconds(30), $"{run.StopDate - run.StartDate} after {untilActive} and {untilHealthy}");
    }

    [Fact]
    public void A_changed_document_changes_only_what_differs()
    {
        var world = new World();
        world.Cloud.Visibility.Longest = TimeSpan.Zero;
        world.Build(World.Document());

        Assert.Equal(
            ["ec2:ModifyVpcEndpointServicePermissions", "ec2:CreateTags", "sns:Publish", "ec2:CreateTags"],
            world.Changes(World.Document(consumers: "\"133737826969\", \"210987654321\"")).AsEnumerable());
        Assert.Equal(
            ["ec2:CreateTags"],
            world.Changes(World.Document(consumers: """{ "principal": "133737826969", "accept": "never" }, "210987654321" """)).AsEnumerable());
        Assert.Equal("never", world.Permissions.Single(static one => one.Principal.Contains("133737826969", StringComparison.Ordinal)).Tags[ResourceTags.Accept]);
        Assert.Equal(
            ["ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
            world.Changes(World.Document(consumers: """{ "principal": "133737826969", "accept": "never" }, "210987654321" """, more: ", \"ingress\": \"subnetCidrs\"")).AsEnumerable());
    }

    [Fact]
    public void A_consumer_that_leaves_the_document_is_rejected_and_loses_its_permission()
    {
        var world = new World();
        world.Build(World.Document(consumers: "\"133737826969\", \"210987654321\""));
        var stays = world.Cloud.Ec2.Services.Connect(world.Service.Name, "133737826969");
        var goes = world.Cloud.Ec2.Services.Connect(world.Service.Name, "210987654321");
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(2));

        var changes = world.Changes(World.Document());

        Assert.Equal(["ec2:CreateTags", "ec2:RejectVpcEndpointConnections", "ec2:ModifyVpcEndpointServicePermissions", "sns:Publish", "ec2:CreateTags"], changes.AsEnumerable());
        Assert.Equal("rejected", goes.StateAt(world.Cloud.Time.GetUtcNow()));
        Assert.Equal("available", stays.StateAt(world.Cloud.Time.GetUtcNow()));
        Assert.Single(world.Permissions);
    }

    [Fact]
    public void Regions_of_consumers_are_opened_and_closed()
    {
        var world = new World();
        world.Build(World.Document());

        Assert.Contains("ec2:ModifyVpcEndpointServiceConfiguration", world.Changes(World.Document(consumers: """{ "principal": "133737826969", "regions": ["eu-west-1"] }""")));
        Assert.Equal(["eu-west-1"], world.Service.ForeignRegions);
        Assert.Contains("ec2:ModifyVpcEndpointServiceConfiguration", world.Changes(World.Document()));
        Assert.Empty(world.Service.ForeignRegions);
    }

    [Fact]
    public void A_database_in_a_new_zone_adds_the_zone_to_load_balancer_and_service()
    {
        var world = new World();
        var host = $$"""{ "host": "{{World.Warehouse}}", "port": 5439, "allowedCidrs": ["10.9.0.0/16"] }""";
        world.Build(World.Document(host));
        Assert.Equal(2, world.Service.Zones.Count);

        var changes = world.Changes(World.Document($$"""{{host}}, { "instance": "orders-prod" }"""));

        Assert.Contains("elasticloadbalancing:SetSubnets", changes);
        Assert.Contains("ec2:ModifyVpcEndpointServiceConfiguration", changes);
        Assert.Equal(3, world.Balancer.Nodes.Length);
        Assert.Equal(3, world.Service.Zones.Count);
        Assert.Empty(world.Changes(World.Document($$"""{{host}}, { "instance": "orders-prod" }""")));
    }

    [Fact]
    public void Ports_that_change_places_are_turned_and_nothing_is_removed()
    {
        var world = new World();
        string Ports(int orders, int ledger) => World.Document(
            $$"""{ "instance": "orders-prod", "listenerPort": {{orders}} }, { "cluster": "ledger", "endpoint": "writer", "listenerPort": {{ledger}} }""");
        world.Build(Ports(7001, 7002));

        Assert.Equal(2, world.Changes(Ports(7002, 7001)).Count(static action => action == "elasticloadbalancing:ModifyListener"));
        Assert.Equal(2, world.Listeners.Count());
    }

    [Fact]
    public void Two_links_of_one_stack_stand_side_by_side()
    {
        var world = new World();
        world.Build(World.Document());

        world.Build(Several);

        Assert.Equal(2, world.Cloud.Ec2.All<LocalAws.Ec2.EndpointService>().Count());
        Assert.Empty(world.Changes(World.Document()));
    }

    [Fact]
    public void The_answer_of_a_refused_document_is_an_alert_with_step_reason_and_remedy()
    {
        var world = new World();

        var run = world.Provision(World.Document("""{ "instance": "orders-prdo" }"""));

        Assert.Equal((ExecutionStatus.Failed, "LinkRefusedException"), (run.Status, run.Error));
        Assert.StartsWith("PlanLink: ", run.Cause, StringComparison.Ordinal);
        var alert = Assert.Single(world.Alerts);
        Assert.Equal("[critical] link.failed orders", alert.Subject);
        Assert.Contains("step: PlanLink", alert.Message, StringComparison.Ordinal);
        Assert.Contains("orders-prod", alert.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", alert.Message, StringComparison.Ordinal);
        Assert.Empty(world.ChangesSince(0).Except(["sns:Publish"], StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"orders\"")]
    [InlineData("{}")]
    public void Whatever_the_input_is_it_ends_in_an_alert(string input)
    {
        var world = new World();

        var run = world.Provision(input);

        Assert.Equal("LinkDocumentInvalidException", run.Error);
        Assert.Single(world.Alerts);
    }

    [Fact]
    public void A_database_that_does_not_listen_ends_the_wait_with_the_reason_and_heals_in_the_next_run()
    {
        var world = new World();
        var now = world.Cloud.Time.GetUtcNow();
        var address = System.Net.IPAddress.Parse("10.9.0.5");
        world.Cloud.Ec2.Ports.Close(address, null, now);
        var document = World.Document($$"""{ "host": "{{World.Warehouse}}", "port": 5439, "allowedCidrs": ["10.9.0.0/16"] }""");

        var run = world.Provision(document);

        Assert.Equal("TargetsNotHealthyException", run.Error);
        Assert.Contains("10.9.0.5 port 5439 is unhealthy", run.Cause, StringComparison.Ordinal);
        world.Cloud.Ec2.Ports.Open(address, null, [], world.Cloud.Time.GetUtcNow());
        world.Cloud.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["sns:Publish", "ec2:CreateTags"], world.Changes(document).AsEnumerable());
    }

    [Fact]
    public void A_name_that_resolves_to_a_stranger_is_refused_before_anything_is_created()
    {
        var world = new World();
        world.Cloud.Dns.Set(World.Warehouse, System.Net.IPAddress.Parse("52.1.2.3"));

        var run = world.Provision(World.Document($$"""{ "host": "{{World.Warehouse}}", "port": 5439, "allowedCidrs": ["10.9.0.0/16"] }"""));

        Assert.Equal("AddressesRefusedException", run.Error);
        Assert.StartsWith("ResolveAddresses: ", run.Cause, StringComparison.Ordinal);
        Assert.Equal(["sns:Publish"], world.ChangesSince(0).AsEnumerable());
    }
}
